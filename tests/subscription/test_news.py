"""Stripe's news is taken from Stripe alone, kept before it is acknowledged, once, and brings what is true now, in whichever order it comes."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from peewee import OperationalError

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.jobs import Job
from privacy_center.subscription import events, synchronising
from privacy_center.subscription.models import StripeEvent, Subscription
from tests.conftest import Visitor
from tests.subscription.double import Double
from tests.subscription.double_door import say
from tests.subscription.news import deliver, event


def test_news_of_a_new_subscription_brings_it(stripe: Double, visitor: Visitor, mei: User) -> None:
    number = stripe.subscription(stripe.customer())

    assert deliver(visitor, event("customer.subscription.created", stripe.subscriptions[number])).status_code == 200
    jobs.run_due()

    assert Subscription.get().external_id == number
    assert (StripeEvent.get().user_id, StripeEvent.get().done_at is None) == (mei.id, False)


def test_what_an_event_says_is_not_believed_but_asked(stripe: Double, visitor: Visitor, mei: User) -> None:
    number = stripe.subscription(stripe.customer(), status="active")

    deliver(visitor, event("customer.subscription.updated", {**stripe.subscriptions[number], "status": "canceled"}))
    jobs.run_due()

    assert Subscription.get().status == "active"


def test_in_whichever_order_it_comes_the_state_is_the_present_one(stripe: Double, visitor: Visitor, mei: User) -> None:
    thing = stripe.subscriptions[stripe.subscription(stripe.customer())]
    bodies = [event("customer.subscription.updated", {**thing, "status": status}) for status in ("incomplete", "active", "past_due", "active")]
    thing["status"] = "past_due"
    random.Random(7).shuffle(bodies)

    for body in bodies:
        deliver(visitor, body)
    jobs.run_due()

    assert Subscription.get().status == "past_due"


def test_the_same_event_many_times_is_one(stripe: Double, visitor: Visitor, mei: User) -> None:
    body = event("customer.subscription.updated", stripe.subscriptions[stripe.subscription(stripe.customer())])

    answers = [deliver(visitor, body).status_code for _ in range(10)]

    assert answers == [200] * 10
    assert (StripeEvent.select().count(), Job.select().where(Job.kind == events.LOOK).count()) == (1, 1)


def test_many_events_about_one_customer_are_one_round_of_questions(stripe: Double, visitor: Visitor, mei: User) -> None:
    thing = stripe.subscriptions[stripe.subscription(stripe.customer())]
    for _ in range(20):
        deliver(visitor, event("customer.subscription.updated", thing))

    jobs.run_due()

    assert stripe.calls.count("GET /v1/subscriptions") == 1
    assert not StripeEvent.select().where(StripeEvent.done_at.is_null()).exists()


def test_news_that_comes_while_stripe_is_asked_is_looked_at_afterwards(stripe: Double, visitor: Visitor, mei: User) -> None:
    thing = stripe.subscriptions[stripe.subscription(stripe.customer())]
    deliver(visitor, event("customer.subscription.updated", thing))
    waiting = events.unseen(thing["customer"])

    synchronising.synchronise(mei, also=thing["customer"])
    thing["status"] = "past_due"
    deliver(visitor, event("customer.subscription.updated", thing))
    events.note_seen(waiting, mei)
    jobs.run_due()

    assert Subscription.get().status == "past_due"


def test_what_nobody_listens_to_is_acknowledged_and_forgotten(stripe: Double, visitor: Visitor) -> None:
    for body in (event("charge.refunded", {"id": "ch_1"}), event("v9.future", {}), b'{"object":"v2.core.event","id":"evt_1","type":"v1.billing.meter"}'):
        assert deliver(visitor, body).status_code == 200

    assert not StripeEvent.select().exists() and not Job.select().exists()


@pytest.mark.parametrize("user", ["zai-nobody-we-know", None])
def test_news_of_a_customer_that_is_nobody_of_ours_makes_nobody_known(stripe: Double, visitor: Visitor, mei: User, user: str | None) -> None:
    number = stripe.subscription(stripe.customer(user, email=mei.email))

    deliver(visitor, event("customer.subscription.updated", stripe.subscriptions[number]))
    jobs.run_due()

    assert (User.select().count(), Subscription.select().count()) == (1, 0)
    assert StripeEvent.get().done_at is not None and StripeEvent.get().customer is None


def test_news_of_a_customer_that_stripe_has_no_more_is_looked_at_and_done(stripe: Double, visitor: Visitor) -> None:
    deliver(visitor, event("customer.deleted", {"id": "cus_gone", "object": "customer"}))
    jobs.run_due()

    assert StripeEvent.get().done_at is not None


def test_a_customer_that_changes_hands_brings_its_subscription_along(stripe: Double, visitor: Visitor, mei: User, mallory: User) -> None:
    stripe.subscription(customer := stripe.customer())
    synchronising.synchronise(mei)
    stripe.customers[customer]["metadata"]["zai_user_id"] = mallory.subject

    deliver(visitor, event("customer.updated", stripe.customers[customer]))
    jobs.run_due()

    assert [each.user_id for each in Subscription.select()] == [mallory.id]


def test_news_while_stripe_is_busy_waits_and_is_not_lost(stripe: Double, visitor: Visitor, mei: User) -> None:
    number = stripe.subscription(stripe.customer())
    stripe.behave = lambda door, _call, _said: say(door, 429, b'{"error":{"type":"rate_limit_error","message":"slow down"}}')
    deliver(visitor, event("customer.subscription.updated", stripe.subscriptions[number]))
    jobs.run_due()
    assert not Subscription.select().exists()

    stripe.behave = None
    with clock.at(clock.now() + timedelta(minutes=1)):
        jobs.run_due()
    assert Subscription.get().external_id == number


@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), OperationalError("database or disk is full"), OSError(28, "No space left on device")]
)
def test_what_can_not_be_kept_is_not_acknowledged(stripe: Double, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(jobs, "start", fails)
    body = event("customer.updated", {"id": "cus_1", "object": "customer"})
    assert deliver(visitor, body).status_code == 503
    assert not StripeEvent.select().exists(), "no half rows"

    monkeypatch.undo()
    assert deliver(visitor, body).status_code == 200
    assert (StripeEvent.select().count(), Job.select().count()) == (1, 1)
