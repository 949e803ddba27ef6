"""An event that arrives in a bad moment: fifty times at once, while the database is locked, while the disk is full."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import db, jobs
from privacy_center.core.db import database
from privacy_center.core.jobs import Job
from privacy_center.subscription.models import StripeCustomer, StripeEvent, Subscription
from tests.conftest import Visitor
from tests.erasure.test_database_faults import disk_full, impatient, somebody_writing
from tests.subscription.double import Double
from tests.subscription.news import deliver, event
from tests.together import at_once


def test_fifty_deliveries_at_once_are_kept_once_and_end_in_one_state(app: Flask, stripe: Double, mei: User) -> None:
    thing = stripe.subscriptions[stripe.subscription(stripe.customer())]
    body = event("customer.subscription.updated", thing)

    def twice() -> set[int]:  # the servers of the tests take 40 connections
        return {deliver(app.test_client(), body).status_code for _ in range(2)}

    answers = at_once(*[twice] * 25)
    jobs.run_due()

    assert answers == [{200}] * 25
    assert (StripeEvent.select().count(), Subscription.select().count(), stripe.calls.count("GET /v1/subscriptions")) == (1, 1, 1)


def test_jobs_of_many_events_at_once_bring_each_thing_once(app: Flask, stripe: Double, visitor: Visitor, mei: User) -> None:
    thing = stripe.subscriptions[stripe.subscription(stripe.customer())]
    stripe.invoice(thing["customer"])
    for _ in range(6):
        deliver(visitor, event("customer.subscription.updated", thing))

    at_once(*[jobs.run_due] * 3)
    jobs.run_due()

    assert (StripeCustomer.select().count(), Subscription.select().count()) == (1, 1)
    assert not Job.select().where(Job.state != "done").exists()


@pytest.mark.engine("sqlite")  # on PostgreSQL nobody stands in the way of a new row
def test_while_the_database_is_locked_nothing_is_acknowledged(stripe: Double, visitor: Visitor, mei: User) -> None:
    body = event("customer.updated", {"id": stripe.customer(), "object": "customer"})
    with somebody_writing(mei), impatient():
        assert deliver(visitor, body).status_code == 503

    assert deliver(visitor, body).status_code == 200
    assert StripeEvent.select().count() == 1


@contextlib.contextmanager
def table_locked() -> Iterator[None]:
    """Another connection that lets nobody near the events."""
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        db.connect()
        with database.atomic():
            database.execute_sql("LOCK TABLE stripe_event IN ACCESS EXCLUSIVE MODE")
            locked.set()
            done.wait(30)
        database.close()

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait(30)
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.engine("postgresql")
def test_while_the_table_is_locked_nothing_is_acknowledged(stripe: Double, visitor: Visitor) -> None:
    body = event("customer.updated", {"id": stripe.customer(), "object": "customer"})

    with table_locked(), impatient():
        assert deliver(visitor, body).status_code == 503

    assert deliver(visitor, body).status_code == 200
    assert (StripeEvent.select().count(), Job.select().count()) == (1, 1)


@pytest.mark.engine("sqlite")  # PostgreSQL's server writes its files, and not this process
def test_while_the_disk_is_full_nothing_is_acknowledged(stripe: Double, visitor: Visitor) -> None:
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    bodies = [event("customer.updated", {"id": f"cus_{number}", "object": "customer"}) for number in range(3)]

    with disk_full():
        assert [deliver(visitor, body).status_code for body in bodies] == [503] * 3

    assert [deliver(visitor, body).status_code for body in bodies] == [200] * 3
    assert (StripeEvent.select().count(), Job.select().count()) == (3, 3)
