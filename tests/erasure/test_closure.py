"""Closing the account: consequences first, the subscription first, seven days in which all else is switched off, or at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import Session, User
from privacy_center.core import clock, jobs
from privacy_center.core.outbox import RESTRICTION
from privacy_center.core.outbox import Order as OutboxOrder
from privacy_center.erasure import closure as closing
from privacy_center.erasure.erased import Closure, Erasure
from privacy_center.subscription.closing import CannotCancel
from tests import makers
from tests.erasure.doing import feed, finish, talk

CONFIRM = "/account/closure/confirmation"


def close(browser: Any, when: str = "later", typed: str = "mei@example.com") -> Any:
    return browser.submit("/account/closure", {"when": when, "typed": typed}, page=CONFIRM, follow_redirects=True)


def test_the_first_page_says_what_goes_and_what_stays_until_when(as_mei: Any, mei: User) -> None:
    feed(*talk("bread", "How long?"), makers.line("order"))
    page = as_mei.get("/account/closure").text
    assert "Conversations" in page and "Orders" in page
    assert "the last until 1 November 2033" in page
    assert "Take a copy" in page


def test_closing_asks_to_confirm_that_it_is_you(as_mei: Any) -> None:
    assert as_mei.get(CONFIRM).headers["Location"].startswith("/confirm")
    assert as_mei.submit("/account/closure", {"when": "now", "typed": "mei@example.com"}, page="/account").headers["Location"].startswith("/confirm")
    assert not Closure.select().exists() and not Erasure.select().exists()


@pytest.mark.parametrize("typed", ["", "mallory@example.com", "mei"])
def test_the_address_must_be_typed(confirmed: Any, typed: str) -> None:
    answer = close(confirmed, typed=typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert not Closure.select().exists()


def test_whoever_has_no_address_types_the_user_id(app: Any) -> None:
    olga = User.open("https://z.example", "zai-olga")
    browser = app.test_client().sign_in(olga, confirmed=True)
    assert "zai-olga" in browser.get(CONFIRM).text
    assert "Your account is closing" in close(browser, typed=" ZAI-olga ").text


def test_closing_gives_seven_days_and_tells_the_product_at_once(confirmed: Any, mei: User) -> None:
    page = close(confirmed)
    assert "Your account is closing" in page.text
    closure = Closure.get()
    assert closure.ends_at - closure.begun_at >= timedelta(days=6, hours=23)
    order = OutboxOrder.get(OutboxOrder.kind == RESTRICTION)
    assert (order.scope["purpose"], order.scope["allowed"]) == ("closing", False)


def test_the_account_can_be_kept_and_everything_is_as_before(confirmed: Any, mei: User) -> None:
    close(confirmed)
    page = confirmed.submit("/account/closure/cancellation", page="/account/closure", follow_redirects=True)
    assert "Your account stays" in page.text
    assert confirmed.get("/history").status_code == 200
    with clock.at(clock.now() + timedelta(days=8)):
        jobs.run_sweeps(only_due=False)
        jobs.run_due()
    assert not Erasure.select().exists()
    assert [order.scope["allowed"] for order in OutboxOrder.select().order_by(OutboxOrder.id)] == [False, True]


def test_after_seven_days_the_account_is_gone(confirmed: Any, mei: User, visitor: Any) -> None:
    close(confirmed)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        finish()
    erasure = Erasure.get()
    assert (erasure.state, erasure.cause, erasure.decided_by) == ("purged", "closure", "system")
    assert "Erasure receipt" in visitor.get(f"/receipts/{erasure.code}").text
    assert not Closure.select().exists()


def test_at_once_means_at_once_and_leads_to_where_the_receipt_will_be(confirmed: Any, mei: User) -> None:
    page = close(confirmed, "now")
    erasure = Erasure.get()
    assert page.request.path == f"/receipts/{erasure.code}"
    assert "The account is closed" in page.text
    assert not Session.select().exists()
    finish()
    assert "This receipt is genuine" in confirmed.get(f"/receipts/{erasure.code}").text


def test_who_is_closing_can_close_at_once(confirmed: Any) -> None:
    close(confirmed)
    assert "There is no way back" not in confirmed.get(f"{CONFIRM}?when=now").text
    assert "The account is closed" in close(confirmed, "now").text


def test_a_subscription_that_cannot_be_cancelled_stops_it_and_says_so(confirmed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "cancel_for_closure", lambda user: CannotCancel("Stripe does not answer."))
    for when in ("later", "now"):
        answer = close(confirmed, when)
        assert answer.status_code == 409
        assert "nothing was closed" in answer.text and "Stripe does not answer." in answer.text
    assert not Closure.select().exists() and not Erasure.select().exists()
    assert confirmed.get("/history").status_code == 200


def test_what_only_the_person_can_end_is_named_before(as_mei: Any, mei: User) -> None:
    assert "A plan that we can’t end" not in as_mei.get("/account/closure").text
    feed(makers.line("order", provider="alipay", subscription_status="ACTIVE"))
    assert "It seems that you pay for a plan through Alipay." in as_mei.get("/account/closure").text


def test_mails_say_that_it_has_begun_and_that_it_is_done_and_carry_nothing(confirmed: Any, outbox: Any) -> None:
    close(confirmed)
    jobs.run_due()
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        finish()
    begun, done = outbox
    assert "is closing" in begun.subject and "/account/closure" in begun.body
    assert "is closed" in done.subject and f"/receipts/{Erasure.get().code}" in done.body
    assert not any(word in mail.body for mail in outbox for word in ("Mei", "zai-mei"))


def test_a_mail_server_that_is_away_does_not_hold_the_erasure_up_for_long(confirmed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_given: Any, **_named: Any) -> None:
        raise OSError

    monkeypatch.setattr("privacy_center.core.mail.send", away)
    close(confirmed, "now")
    jobs.run_due()
    assert Erasure.get().removed_at is None
    for hours in range(3):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.run_due()
    assert Erasure.get().removed_at is not None
