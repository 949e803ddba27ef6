"""An account is closed only when Stripe has confirmed that nothing of it costs money any more."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import audit, jobs
from privacy_center.erasure import person
from privacy_center.erasure.erased import Erasure
from privacy_center.feed.ingest import ingest
from privacy_center.subscription import synchronising
from privacy_center.subscription.asking import Gone
from privacy_center.subscription.closing import Cancelled, CannotCancel, NothingToCancel, cancel_for_closure, paid_elsewhere
from privacy_center.subscription.models import StripeCustomer, Subscription, Synchronisation
from privacy_center.subscription.shown import state_of
from tests.conftest import ISSUER
from tests.erasure.doing import finish
from tests.makers import line, lines
from tests.subscription.double import Double
from tests.subscription.double_door import say


def living(stripe: Double) -> list[str]:
    """The subscriptions that are not over at Stripe."""
    return [number for number, each in stripe.subscriptions.items() if each["status"] not in ("canceled", "incomplete_expired")]


def test_without_stripe_there_is_nothing_to_cancel(app: Flask, mei: User) -> None:
    assert cancel_for_closure(mei) == NothingToCancel()


def test_whoever_is_no_customer_has_nothing_to_cancel(stripe: Double, mei: User) -> None:
    assert cancel_for_closure(mei) == NothingToCancel()


def test_everything_that_lives_is_cancelled_and_what_is_over_is_left_alone(stripe: Double, mei: User) -> None:
    first, second = stripe.customer(), stripe.customer()
    live = [stripe.subscription(customer, status=status) for customer, status in ((first, "active"), (first, "past_due"), (second, "trialing"))]
    over = stripe.subscription(second, status="incomplete_expired")

    assert cancel_for_closure(mei) == Cancelled(tuple(live))
    assert living(stripe) == [] and stripe.subscriptions[over]["status"] == "incomplete_expired"
    assert [each.action for each in audit.about(mei.id)] == ["subscription cancelled"] * 3


def test_twice_is_as_good_as_once(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())

    assert isinstance(cancel_for_closure(mei), Cancelled)
    assert cancel_for_closure(mei) == NothingToCancel()


def test_a_subscription_nobody_told_us_of_is_found_and_cancelled(stripe: Double, mei: User) -> None:
    stripe.unsearchable.add(customer := stripe.customer())
    stripe.subscription(customer)
    stripe.subscription(stripe.customer())

    assert isinstance(cancel_for_closure(mei), Cancelled) and living(stripe) == []


def test_a_subscription_that_is_only_planned_is_stopped(stripe: Double, mei: User) -> None:
    stripe.schedules["sub_sched_1"] = {"id": "sub_sched_1", "object": "subscription_schedule", "customer": stripe.customer(), "status": "not_started"}

    assert cancel_for_closure(mei) == Cancelled(("sub_sched_1",))
    assert stripe.schedules["sub_sched_1"]["status"] == "canceled"


def test_somebody_elses_subscription_is_never_touched(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer("zai-mallory", email=mei.email))

    assert cancel_for_closure(mei) == NothingToCancel()
    assert len(living(stripe)) == 1


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [(503, b"{}", "down"), (429, b'{"error":{}}', "busy"), (401, b'{"error":{}}', "key"), (200, b"<html>", "strange"), (302, b"", "strange")],
)
def test_whenever_stripe_can_not_be_heard_the_answer_is_no(stripe: Double, mei: User, status: int, body: bytes, reason: str) -> None:
    stripe.subscription(stripe.customer())
    stripe.behave = lambda door, _call, _said: say(door, status, body)

    answer = cancel_for_closure(mei)

    assert answer == CannotCancel.because(reason) and answer.reason.endswith(".")
    assert len(living(stripe)) == 1


def test_an_error_after_stripe_has_cancelled_is_found_out_by_reading_back(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    stripe.after = lambda call: 500 if call.startswith("DELETE") else None

    assert isinstance(cancel_for_closure(mei), Cancelled) and living(stripe) == []


def test_an_error_before_stripe_has_cancelled_is_a_no(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    stripe.behave = lambda door, call, _said: call.startswith("DELETE") and say(door, 500)

    assert cancel_for_closure(mei) == CannotCancel.because("down") and len(living(stripe)) == 1


def test_if_stripe_breaks_down_before_it_can_confirm_the_answer_is_no(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    stripe.behave = lambda door, call, _said: any(each.startswith("DELETE") for each in stripe.calls[:-1]) and say(door, 503)

    assert cancel_for_closure(mei) == CannotCancel.because("down")


def test_a_status_that_nobody_knows_is_cancelled_or_a_no(stripe: Double, mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    stripe.subscription(stripe.customer(), status="frozen_by_the_future")
    monkeypatch.setattr(stripe, "_end", lambda _subscription: None)  # Stripe says yes, and it lives on

    assert cancel_for_closure(mei) == CannotCancel.because("state")


def test_one_that_can_not_be_cancelled_does_not_keep_the_other_from_it(stripe: Double, mei: User) -> None:
    stubborn, other = (stripe.subscription(stripe.customer()) for _ in range(2))
    refusal = b'{"error":{"type":"invalid_request_error"}}'
    stripe.behave = lambda door, call, _said: call == f"DELETE /v1/subscriptions/{stubborn}" and say(door, 400, refusal)

    assert cancel_for_closure(mei) == CannotCancel.because("refused")
    assert living(stripe) == [stubborn] and stripe.subscriptions[other]["status"] == "canceled"


def test_with_the_key_of_another_account_nothing_is_said_to_be_cancelled(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    synchronising.synchronise(mei)
    stripe.customers.clear()  # this account has never had them

    assert cancel_for_closure(mei) == CannotCancel.because("gone")
    with pytest.raises(Gone):
        synchronising.synchronise(mei)
    assert [each.status for each in state_of(mei).live] == ["active"], "what was known stays"


def test_an_erasure_that_officers_decided_ends_the_subscription_first(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    synchronising.synchronise(mei)
    stripe.behave = lambda door, _call, _said: say(door, 503)
    erasure = person.begin(mei, cause="guardian", by="staff:1")
    jobs.run_due()
    assert Erasure.get_by_id(erasure.id).removed_at is None and len(living(stripe)) == 1, "what is needed to cancel is still there"

    stripe.behave = None
    finish()

    assert living(stripe) == [] and Erasure.get_by_id(erasure.id).state == "purged"


def test_what_stripe_says_after_an_erasure_was_decided_is_not_stored(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    person.begin(mei, cause="request", by=f"user:{mei.id}")

    synchronising.synchronise(mei)

    assert not synchronising.want(mei)
    assert [model.select().count() for model in (StripeCustomer, Subscription, Synchronisation)] == [0, 0, 0]


def test_what_is_paid_elsewhere_is_named(app: Flask, mei: User) -> None:
    orders: list[Any] = [
        line("order", provider="alipay", subscription_status="VALID"),
        line("order", provider="paypal", subscription_status="ENDED"),
        line("order", provider="stripe", subscription_status="VALID"),
    ]
    assert not ingest(lines(orders), issuer=ISSUER).refused

    assert paid_elsewhere(mei) == ("Alipay", "Stripe"), "no customer at Stripe names them, so that nobody can end it for them"


def test_what_is_paid_through_stripe_is_not_elsewhere_for_whoever_is_a_customer(stripe: Double, mei: User) -> None:
    stripe.customer()
    synchronising.synchronise(mei)
    assert not ingest(lines([line("order", provider="stripe", subscription_status="VALID")]), issuer=ISSUER).refused

    assert paid_elsewhere(mei) == ()
