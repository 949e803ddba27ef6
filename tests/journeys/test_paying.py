"""What one pays, until when, and how to stop: active, overdue, ending, nothing; to Stripe and back; Stripe down, and its news in a storm."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from privacy_center.subscription.models import StripeEvent
from tests.journeys.payments import Paying, StripeThere
from tests.journeys.site import Site
from tests.journeys.test_accessibility import FOLDED, UNFOLDED, look
from tests.journeys.watch import layout_shift
from tests.sandbox.stripes import EMPTY


@pytest.fixture
def stripe(site: Site) -> StripeThere:
    """The site's Stripe."""
    return StripeThere(site)


@pytest.fixture
def plan(stripe: StripeThere, who: str) -> str:
    """A plan that the person pays for, with a discount; its number at Stripe."""
    coupon = stripe.shop.client.v1.coupons.create({"percent_off": 10, "duration": "forever", "name": "Invited by a friend"})
    return stripe.shop.subscribe(stripe.shop.customer(who, email=f"{who}@example.com"), discounts=[{"coupon": coupon.id}])


@pytest.fixture
def overdue(stripe: StripeThere, plan: str) -> str:
    """The same, whose card has become empty before the second payment."""
    stripe.shop.give_card(str(stripe.shop.client.v1.subscriptions.retrieve(plan).customer), EMPTY)
    stripe.let_period_end(plan)
    return plan


@pytest.fixture
def tab(window: Any, who: str, script: bool) -> Tab:
    """A tab of that person's, who signs in after having paid."""
    return window(who, script=script, fresh=True)  # type: ignore[no-any-return]


def test_who_pays_sees_what_when_and_with_which_card(plan: str, tab: Tab) -> None:
    way = Paying(tab).open().wait_for("Visa ending in 4242")

    expect(way.fact("State")).to_contain_text("Active")
    expect(way.fact("Price")).to_contain_text("less 10 %: Invited by a friend")
    expect(way.fact("Next payment")).to_contain_text("US$\N{NO-BREAK SPACE}64.80")
    invoice = way.main.get_by_role("link", name=re.compile("^Page of invoice"))
    expect(invoice).to_have_attribute("rel", "external noopener noreferrer")
    invoice.click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Invoice ZCODE-")


def test_renewal_is_turned_off_and_on_again_in_the_same_steps(plan: str, tab: Tab, stripe: StripeThere) -> None:
    way = Paying(tab).open().wait_for("Visa ending in 4242").turn("Stop renewing")
    expect(tab.get_by_role("status").filter(has_text="Renewal is off")).to_contain_text("Stripe has confirmed it.")
    expect(way.fact("Renews by itself")).to_contain_text("No, it ends on")
    assert stripe.shop.client.v1.subscriptions.retrieve(plan).cancel_at_period_end

    way.turn("Renew again")
    expect(tab.get_by_role("status").filter(has_text="Renewal is on")).to_be_visible()
    expect(way.fact("Renews by itself")).to_contain_text("Yes, every month")
    assert not stripe.shop.client.v1.subscriptions.retrieve(plan).cancel_at_period_end


def test_an_overdue_payment_leads_to_stripe_and_a_good_card_settles_it(overdue: str, tab: Tab) -> None:
    way = Paying(tab).open().wait_for("There was not enough money on the account.")
    expect(way.fact("State")).to_contain_text("Payment overdue")

    way.main.get_by_role("button", name="Change the card").click()
    tab.get_by_label("Another card").select_option("4444")
    tab.get_by_role("button", name="Use this card").click()
    tab.get_by_role("link", name="Return to ZCode").click()

    way.wait_for("Mastercard ending in 4444")
    expect(way.fact("State")).to_contain_text("Active")


def test_the_overview_says_that_a_payment_failed_and_leads_there(overdue: str, tab: Tab) -> None:
    Paying(tab).open().wait_for("There was not enough money on the account.")
    tab.goto("/")
    tab.get_by_role("link", name="See what to do").click()

    expect(tab.get_by_role("button", name="Change the card")).to_be_visible()


def test_what_was_cancelled_at_stripe_is_shown_as_ending_and_then_as_over(plan: str, tab: Tab, stripe: StripeThere) -> None:
    stripe.shop.client.v1.subscriptions.update(plan, {"cancel_at_period_end": True})
    way = Paying(tab).open().wait_for("No, it ends on")
    expect(way.main.get_by_role("link", name="Renew again…")).to_be_visible()

    stripe.let_period_end(plan)
    way.ask_again().wait_for("Subscriptions that are over")
    expect(way.main).to_contain_text("You have no subscription that goes on.")


def test_who_has_no_subscription_is_told_so(tab: Tab) -> None:
    way = Paying(tab).open().wait_for("You have no subscription through Stripe.")

    expect(way.main.get_by_role("button", name="Open your page at Stripe")).to_have_count(0)


def test_with_stripe_down_what_is_known_stays_and_a_decision_is_kept(plan: str, tab: Tab, stripe: StripeThere) -> None:
    way = Paying(tab).open().wait_for("Visa ending in 4242")
    with stripe.told(way="down"):
        way.turn("Stop renewing")
        expect(way.main).to_contain_text("Stripe has not yet confirmed that renewal is off")
        expect(way.main).to_contain_text("Visa ending in 4242")
        way.main.get_by_role("button", name="Open your page at Stripe").click()
        expect(way.main).to_contain_text("Your page at Stripe could not be opened")
    way.turn("Stop renewing")

    expect(tab.get_by_role("status").filter(has_text="Renewal is off")).to_be_visible()


def test_news_in_a_storm_are_one_and_the_page_follows_them(plan: str, tab: Tab, stripe: StripeThere, site: Site) -> None:
    way = Paying(tab).open().wait_for("Visa ending in 4242")
    stripe.shop.client.v1.subscriptions.update(plan, {"cancel_at_period_end": True})
    number, answered = stripe.storm()

    assert answered.count("200") >= 50 and "500" not in answered
    with site.database():
        assert StripeEvent.select().where(StripeEvent.event_id == number).count() == 1
    for _try in range(20):
        way.open()
        if way.main.get_by_text("No, it ends on").is_visible():
            break
        tab.wait_for_timeout(500)
    expect(way.fact("Renews by itself")).to_contain_text("No, it ends on")


@pytest.mark.parametrize("delivery", ["thrice", "reversed"])
def test_news_that_come_often_or_in_the_wrong_order_lead_to_what_is(plan: str, window: Any, who: str, stripe: StripeThere, delivery: str) -> None:
    way = Paying(window(who, fresh=True)).open().wait_for("Visa ending in 4242")
    with stripe.told(delivery=delivery):
        for stop in (True, False, True):
            stripe.shop.client.v1.subscriptions.update(plan, {"cancel_at_period_end": stop})
        way.tab.wait_for_timeout(4_000)

    expect(way.open().fact("Renews by itself")).to_contain_text("No, it ends on")


def test_nothing_is_wrong_with_the_pages_of_what_one_pays(overdue: str, window: Any, who: str) -> None:
    tab = window(who, fresh=True)
    way = Paying(tab).open().wait_for("There was not enough money on the account.")
    found = []
    for _page in ("the plan", "its renewal"):
        tab.evaluate(Axe().axe_script)
        found += [words for how in (FOLDED, *UNFOLDED) for words in look(tab, how)]
        tab.set_viewport_size({"width": 1280, "height": 900})
        way.main.get_by_role("link", name="Stop renewing…").or_(way.main.get_by_role("link", name="Keep renewing")).click()

    assert not found, "\n".join(found)


def test_the_page_asks_by_itself_and_nothing_jumps_when_the_answer_comes(plan: str, window: Any, who: str) -> None:
    tab = window(who, fresh=True)
    way = Paying(tab).open().wait_for("Visa ending in 4242").ask_again()
    heading = tab.get_by_role("heading", level=1).element_handle()
    expect(way.main.get_by_role("button", name="Ask Stripe again")).to_be_visible()

    assert heading.evaluate("heading => heading.isConnected"), "A screen reader would read it all anew."
    assert layout_shift(tab) < 0.1
