"""Renewal off and on, one's page at Stripe, and asking again: each says what came of it, whatever Stripe does."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.subscription import synchronising
from privacy_center.subscription.models import RenewalDecision, StripeCustomer, Subscription, Synchronisation
from tests.conftest import Visitor
from tests.know.rows import shown
from tests.subscription import paying
from tests.subscription.double import Double
from tests.subscription.test_page_plan import page


@pytest.fixture
def plan(stripe: Double, mei: User) -> Subscription:
    """A plan of Mei's, as Stripe has it."""
    stripe.subscription(stripe.customer())
    synchronising.synchronise(mei)
    return Subscription.owned_by(mei).get()  # type: ignore[no-any-return]


def turn(visitor: Visitor, plan: Subscription, renewal: str) -> Any:
    """Press the button on the page that says what it means."""
    return visitor.submit("/subscription/renewal", {"subscription": plan.id, "renewal": renewal}, page=f"/subscription/renewal?subscription={plan.id}")


def after(visitor: Visitor, plan: Subscription, renewal: str) -> str:
    """The page that follows."""
    answer = turn(visitor, plan, renewal)
    assert (answer.status_code, answer.location) == (303, "/subscription")
    return page(visitor)


def test_the_page_before_says_what_stops_and_when(as_mei: Visitor, plan: Subscription) -> None:
    text = page(as_mei, f"/subscription/renewal?subscription={plan.id}")
    ends = f"{plan.period_end.day} {plan.period_end:%B %Y}"

    assert "Stop renewing GLM Coding Pro?" in text and f"You keep it until {ends}. Then it ends." in text
    assert "US$ 0.00" in text and "Keep renewing" in text


def test_off_and_on_take_the_same_steps(as_mei: Visitor, plan: Subscription) -> None:
    off = after(as_mei, plan, "off")
    before_on = page(as_mei, f"/subscription/renewal?subscription={plan.id}")
    on = after(as_mei, plan, "on")

    assert "Renewal is off" in off and "nothing more is collected" in off and "Renew again…" in off
    assert "Renew GLM Coding Pro again?" in before_on and "US$ 72.00 a month" in before_on
    assert "Renewal is on" in on and "Stop renewing…" in on


def test_when_stripe_does_not_answer_the_page_says_so_and_the_decision_is_kept(stripe: Double, as_mei: Visitor, plan: Subscription) -> None:
    stripe.stop()
    text = after(as_mei, plan, "off")

    assert "Stripe has not yet confirmed that renewal is off" in text
    assert "Your decision is kept, and we go on telling Stripe until it is confirmed." in text
    assert "Renewal is off</h2>" not in text
    assert RenewalDecision.get().state == "waiting" and jobs.unfinished("subscription.renewal", RenewalDecision.get().id)
    assert "Stripe has not yet confirmed what you decided about renewal" in page(as_mei, "/")


def test_an_error_after_stripe_has_acted_is_told_as_done(stripe: Double, as_mei: Visitor, plan: Subscription) -> None:
    stripe.after = lambda method: 500 if method == "POST" else None

    assert "Renewal is off" in after(as_mei, plan, "off")


def test_a_plan_that_has_ended_meanwhile_can_not_be_turned_off(as_mei: Visitor, plan: Subscription) -> None:
    Subscription.update(status="canceled").execute()
    answer = as_mei.submit("/subscription/renewal", {"subscription": plan.id, "renewal": "off"}, page="/subscription")

    assert answer.status_code == 303 and "That subscription has ended" in page(as_mei)
    assert as_mei.get(f"/subscription/renewal?subscription={plan.id}").status_code == 410


@pytest.mark.parametrize("renewal", ["", "maybe", "true"])
def test_only_off_and_on_are_answers(as_mei: Visitor, plan: Subscription, renewal: str) -> None:
    assert turn(as_mei, plan, renewal).status_code == 422
    assert RenewalDecision.select().count() == 0


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "9" * 40, "1.0", "²"])
def test_a_number_that_is_none_is_nobodys_plan(stripe: Double, as_mei: Visitor, mei: User, number: str) -> None:
    assert as_mei.get("/subscription/renewal", query_string={"subscription": number}).status_code == 404
    assert as_mei.submit("/subscription/renewal", {"subscription": number, "renewal": "off"}, page="/subscription").status_code == 404


def test_somebody_elses_plan_and_page_at_stripe_are_not_there(as_mallory: Visitor, mei: User, plan: Subscription) -> None:
    sent = {"subscription": plan.id, "renewal": "off"}
    number = StripeCustomer.get(StripeCustomer.user == mei).id

    assert as_mallory.get(f"/subscription/renewal?subscription={plan.id}").status_code == 404
    assert as_mallory.submit("/subscription/renewal", sent, page="/subscription").status_code == 404
    assert as_mallory.submit("/subscription/portal", {"customer": number}, page="/subscription").status_code == 404
    assert RenewalDecision.select().count() == 0


def test_no_button_is_taken_without_the_token_of_its_form(as_mei: Visitor, plan: Subscription) -> None:
    for path in ("/subscription/renewal", "/subscription/portal", "/subscription/refresh"):
        assert as_mei.post(path, data={"subscription": plan.id, "renewal": "off"}).status_code == 400


def test_ones_page_at_stripe_opens_and_leads_back(stripe: Double, as_mei: Visitor, mei: User, plan: Subscription) -> None:
    number = StripeCustomer.get(StripeCustomer.user == mei).id
    answer = as_mei.submit("/subscription/portal", {"customer": number}, page="/subscription")

    assert answer.status_code == 303 and answer.location.startswith(f"{stripe.url}/p/session/")
    assert stripe.sent[-1]["return_url"].endswith("/subscription?from=stripe")


def test_whoever_comes_back_from_stripe_sees_what_changed_there(as_mei: Visitor, mei: User, plan: Subscription) -> None:
    paying.known(mei, tried_at=clock.ago(seconds=20))
    text = page(as_mei, "/subscription?from=stripe")

    assert "We are asking again; this page shows the answer by itself." in text
    jobs.run_due()
    assert "We are asking" not in page(as_mei)


def test_a_page_at_stripe_that_does_not_open_is_said(stripe: Double, as_mei: Visitor, plan: Subscription) -> None:
    stripe.stop()
    answer = as_mei.submit("/subscription/portal", page="/subscription")

    assert (answer.status_code, answer.location) == (303, "/subscription")
    text = page(as_mei)
    assert "Your page at Stripe could not be opened" in text and "Stripe could not be reached. Nothing was changed." in text


def test_asking_again_is_a_button_and_the_page_waits_by_itself(as_mei: Visitor, mei: User, plan: Subscription) -> None:
    answer = as_mei.submit("/subscription/refresh", page="/subscription")
    waiting = as_mei.get("/subscription")
    jobs.run_due()
    done = as_mei.get("/subscription", headers={"HX-Request": "true", "HX-Request-Type": "partial"})

    assert answer.status_code == 303
    assert 'data-hx-trigger="every 2s"' in waiting.text and "<noscript>" in waiting.text and "htmx.min.js" in waiting.text
    assert "data-hx-get" not in done.text and "<html" not in done.text and 'id="payments"' in done.text


def test_what_is_old_is_asked_for_while_the_page_is_read_but_not_by_a_piece_of_it(as_mei: Visitor, mei: User, plan: Subscription) -> None:
    Synchronisation.update(seen_at=clock.ago(hours=1), tried_at=clock.ago(hours=1)).execute()
    as_mei.get("/subscription", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert not jobs.unfinished(synchronising.SYNCHRONISE, mei.id)

    as_mei.get("/subscription")
    assert jobs.unfinished(synchronising.SYNCHRONISE, mei.id)


def test_with_stripe_down_the_page_shows_what_was_known_and_since_when(stripe: Double, as_mei: Visitor, mei: User, plan: Subscription) -> None:
    stripe.stop()
    as_mei.submit("/subscription/refresh", page="/subscription")
    jobs.run_due()
    text = shown(as_mei.get("/subscription"))

    assert "Stripe could not be reached when we last asked" in text and "As Stripe said on" in text
    assert "What is below is what we knew before." in text and "Visa ending in 4242" in text


def test_a_customer_that_was_deleted_is_said(stripe: Double, as_mei: Visitor, mei: User, plan: Subscription) -> None:
    stripe.delete(StripeCustomer.get(StripeCustomer.user == mei).external_id)
    synchronising.synchronise(mei)
    text = page(as_mei)

    assert "Stripe has deleted you as a customer." in text and "Open your page at Stripe" not in text


@pytest.mark.parametrize(
    ("state", "words"),
    [("refused", "Try it again here, or on your page at Stripe."), ("failed", "Stripe never confirmed it, and we have stopped trying.")],
)
def test_a_decision_that_came_to_nothing_is_said_until_it_is_so(as_mei: Visitor, mei: User, plan: Subscription, state: str, words: str) -> None:
    RenewalDecision.create(user=mei, subscription=plan, wanted=False, key="1", state=state)
    text = page(as_mei)
    assert "Stripe did not turn renewal off" in text and words in text

    Subscription.update(cancel_at_period_end=True).execute()
    assert "Stripe did not turn renewal off" not in page(as_mei)
