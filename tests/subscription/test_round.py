"""What no event told of is found out in the night; what was told of is forgotten after a month."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.jobs import Job
from privacy_center.feed.ingest import ingest
from privacy_center.subscription import synchronising
from privacy_center.subscription.jobs import begin_round, forget_events, go_on
from privacy_center.subscription.models import RenewalDecision, StripeEvent, Subscription, Synchronisation
from tests.conftest import ISSUER
from tests.makers import line, lines
from tests.subscription.double import Double


def all_night() -> None:
    """Let the night pass."""
    for minutes in range(1, 12):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            jobs.run_due()


def test_the_night_brings_what_no_event_told_of(stripe: Double, mei: User) -> None:
    number = stripe.subscription(stripe.customer())
    synchronising.synchronise(mei)
    stripe.subscriptions[number]["status"] = "past_due"

    assert begin_round() == 1
    all_night()

    assert Subscription.get().status == "past_due"


def test_whoever_ordered_through_stripe_is_asked_about_and_nobody_else(stripe: Double, mei: User, mallory: User) -> None:
    assert not ingest(lines([line("order", provider="stripe"), line("order", user="zai-mallory", provider="alipay")]), issuer=ISSUER).refused

    begin_round()
    all_night()

    assert [each.user_id for each in Synchronisation.select()] == [mei.id]


def test_a_round_of_many_goes_on_from_where_it_was(stripe: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synchronising, "AT_A_TIME", 2)
    users = [User.open(ISSUER, f"zai-{number}") for number in range(5)]
    for user in users:
        stripe.subscription(stripe.customer(user.subject, email=None))
        synchronising.synchronise(user)
    tickets = {each.user_id: each.begun for each in Synchronisation.select()}

    begin_round()
    assert begin_round() == 0, "one at a time"
    all_night()

    assert {each.user_id: each.begun for each in Synchronisation.select()} == {number: ticket + 1 for number, ticket in tickets.items()}
    assert not Job.select().where(Job.state != "done").exists()


def test_without_stripe_no_round_begins(app: Flask) -> None:
    assert begin_round() == 0 and not synchronising.want(User.open(ISSUER, "zai-olga"))


def test_an_account_of_another_z_ai_is_not_asked_about(stripe: Double) -> None:
    stranger = User.open("https://elsewhere.example", "zai-mei")

    assert not synchronising.want(stranger)


def test_a_decision_whose_job_is_lost_is_carried_out_all_the_same(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    synchronising.synchronise(mei)
    RenewalDecision.create(user=mei, subscription=Subscription.get(), wanted=False, key="k")

    assert go_on() == 1
    jobs.run_due()

    assert RenewalDecision.get().state == "done" and go_on() == 0


def test_events_are_forgotten_after_a_month(app: Flask) -> None:
    StripeEvent.create(event_id="evt_old", kind="customer.updated", received_at=clock.ago(days=31))
    StripeEvent.create(event_id="evt_new", kind="customer.updated", received_at=clock.ago(days=29))

    assert forget_events() == 1
    assert StripeEvent.get().event_id == "evt_new"
