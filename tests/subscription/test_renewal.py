"""Renewal is off or on when Stripe says so, whatever it answered on the way; the later decision counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs
from privacy_center.subscription import renewal, synchronising
from privacy_center.subscription.models import RenewalDecision, Subscription
from privacy_center.subscription.renewal import NotPossible, set_renewal
from tests.subscription.double import Double
from tests.subscription.double_door import say
from tests.together import at_once


@pytest.fixture
def plan(stripe: Double, mei: User) -> Subscription:
    """Mei's subscription, as it is known."""
    stripe.subscription(stripe.customer())
    synchronising.synchronise(mei)
    return Subscription.get()


def at_stripe(stripe: Double) -> bool:
    """Whether the subscription ends with its period, at Stripe."""
    return bool(next(iter(stripe.subscriptions.values()))["cancel_at_period_end"])


def later(**parts: float) -> None:
    """Let the work be done that is due by then."""
    with clock.at(clock.now() + timedelta(**parts)):
        jobs.run_due()


def acts(user: User) -> list[str]:
    """What the audit log says was done, oldest first."""
    return [each.action for each in audit.about(user.id)][::-1]


def test_renewal_is_turned_off_and_on_again(stripe: Double, mei: User, plan: Subscription) -> None:
    assert set_renewal(mei, plan, False).state == "done"
    known = Subscription.get()
    assert at_stripe(stripe) and known.cancel_at_period_end and not known.renews and known.ends_at == known.period_end

    assert set_renewal(mei, known, True).state == "done"
    assert not at_stripe(stripe) and Subscription.get().renews
    assert acts(mei) == ["renewal turned off", "renewal confirmed by Stripe", "renewal turned on", "renewal confirmed by Stripe"]


def test_a_subscription_that_was_to_end_on_a_day_of_its_own_renews_again(stripe: Double, mei: User, plan: Subscription) -> None:
    stripe.subscriptions[plan.external_id]["cancel_at"] = 1_900_000_000
    synchronising.synchronise(mei)

    assert set_renewal(mei, Subscription.get(), True).state == "done"
    assert stripe.subscriptions[plan.external_id]["cancel_at"] is None


def test_each_decision_has_a_key_of_its_own_and_a_repeated_request_the_same(stripe: Double, mei: User, plan: Subscription) -> None:
    failures = iter([True])
    stripe.behave = lambda door, call, _said: call.startswith("POST /v1/subscriptions/") and next(failures, False) and say(door, 503)

    set_renewal(mei, plan, False)
    set_renewal(mei, Subscription.get(), True)

    keys = [each["key"] for each in stripe.sent if each["call"].startswith("POST /v1/subscriptions/")]
    assert len(keys) == 3 and keys[0] == keys[1] != keys[2]


def test_an_error_after_stripe_has_acted_is_told_as_what_it_is(stripe: Double, mei: User, plan: Subscription) -> None:
    stripe.after = lambda call: 500 if call.startswith("POST /v1/subscriptions/") else None

    decision = set_renewal(mei, plan, False)

    assert (decision.state, decision.trouble) == ("done", None)
    assert Subscription.get().cancel_at_period_end


def test_an_error_before_stripe_has_acted_is_not_told_as_done_and_tried_again_with_a_new_key(stripe: Double, mei: User, plan: Subscription) -> None:
    stripe.behave = lambda door, call, _said: (
        call.startswith("POST /v1/subscriptions/") and say(door, 500, b'{"error":{"type":"api_error"}}', **{"Stripe-Should-Retry": "false"})
    )
    decision = set_renewal(mei, plan, False)
    assert (decision.state, decision.trouble, at_stripe(stripe)) == ("waiting", "down", False)
    assert not Subscription.get().cancel_at_period_end

    stripe.behave = None
    later(minutes=1)

    assert RenewalDecision.get().state == "done" and at_stripe(stripe)
    keys = [each["key"] for each in stripe.sent if each["call"].startswith("POST /v1/subscriptions/")]
    assert len(set(keys)) == len(keys) == 2, "with the first key Stripe would repeat its error for a day"


def test_while_stripe_is_down_the_decision_waits_and_is_carried_out_later(stripe: Double, mei: User, plan: Subscription) -> None:
    stripe.behave = lambda door, _call, _said: say(door, 503)

    assert set_renewal(mei, plan, False).state == "waiting"
    assert RenewalDecision.get().trouble == "down"
    stripe.behave = None
    later(minutes=1)

    assert RenewalDecision.get().state == "done" and at_stripe(stripe)


def test_a_worker_that_dies_before_it_tells_stripe_is_followed_by_another(stripe: Double, mei: User, plan: Subscription) -> None:
    decision = renewal._decide(mei, plan, False)
    renewal._claim(decision.id)

    later(minutes=1)
    assert not at_stripe(stripe), "somebody may still be telling Stripe"
    later(minutes=3)

    assert at_stripe(stripe) and RenewalDecision.get().state == "done"


def test_whoever_dies_after_stripe_has_acted_leaves_no_doubt_behind(stripe: Double, mei: User, plan: Subscription, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(renewal, "_read_back", dies)
    with pytest.raises(SystemExit):
        set_renewal(mei, plan, False)
    assert at_stripe(stripe) and RenewalDecision.get().state == "waiting"

    monkeypatch.undo()
    later(minutes=3)
    assert RenewalDecision.get().state == "done" and Subscription.get().cancel_at_period_end


def test_stripe_refusing_is_told_as_refused(stripe: Double, mei: User, plan: Subscription) -> None:
    refusal = b'{"error":{"type":"invalid_request_error","message":"managed by a schedule"}}'
    stripe.behave = lambda door, call, _said: call.startswith("POST /v1/subscriptions/") and say(door, 400, refusal)

    assert (set_renewal(mei, plan, False).state, RenewalDecision.get().trouble) == ("refused", "refused")
    assert not Subscription.get().cancel_at_period_end


def test_with_the_key_of_another_account_nothing_is_said_to_be_done(stripe: Double, mei: User, plan: Subscription) -> None:
    stripe.subscriptions.clear()

    decision = set_renewal(mei, plan, False)

    assert (decision.state, decision.trouble) == ("refused", "gone")
    assert Subscription.get().renews


def test_a_subscription_that_ended_in_the_meantime_does_not_renew_and_can_not(stripe: Double, mei: User, plan: Subscription) -> None:
    stripe._end(stripe.subscriptions[plan.external_id])

    assert set_renewal(mei, plan, True).state == "refused"
    assert Subscription.get().status == "canceled"
    with pytest.raises(NotPossible):
        set_renewal(mei, Subscription.get(), True)


def test_nobody_turns_off_what_is_somebody_elses(stripe: Double, mallory: User, plan: Subscription) -> None:
    with pytest.raises(NotPossible):
        set_renewal(mallory, plan, False)

    assert not at_stripe(stripe)


def test_a_button_pressed_many_times_at_once_is_one_decision(app: Flask, stripe: Double, mei: User, plan: Subscription) -> None:
    answers = at_once(*[lambda: set_renewal(mei, plan, False).state] * 6)
    later(minutes=1)

    assert set(answers) <= {"done", "waiting"} and at_stripe(stripe)
    assert {each.state for each in RenewalDecision.select()} == {"done"}


def test_of_two_decisions_the_later_one_counts_even_if_the_first_is_still_under_way(stripe: Double, mei: User, plan: Subscription) -> None:
    first = renewal._decide(mei, plan, False)
    renewal._claim(first.id)  # somebody is telling Stripe of it
    second = set_renewal(mei, plan, True)
    assert second.state == "waiting"

    stripe.subscriptions[plan.external_id]["cancel_at_period_end"] = True  # the first arrives late
    renewal._leave(first, "done", None)
    later(seconds=1)

    states: Any = [each.state for each in RenewalDecision.select().order_by(RenewalDecision.id)]
    assert states == ["superseded", "done"] and not at_stripe(stripe)


def test_an_older_round_under_way_does_not_bring_the_old_renewal_back(stripe: Double, mei: User, plan: Subscription) -> None:
    from privacy_center.subscription import asking, fetching, storing

    ticket, then = storing.draw(mei), clock.now()
    old = fetching.fetch(asking.client(), mei)
    set_renewal(mei, plan, False)

    assert not storing.store(mei, ticket, then, old)
    assert Subscription.get().cancel_at_period_end
