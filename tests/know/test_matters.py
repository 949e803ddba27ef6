"""What needs the person: said once, with a way to it, and gone when it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import Session, User
from privacy_center.core import clock, matters
from privacy_center.correspondence.models import Correspondence
from privacy_center.subscription.models import Order
from tests import cast
from tests.conftest import Visitor
from tests.know.rows import filled, shown

FAILED = "Your last payment did not go through"
WROTE = "We wrote to you"
SIGNED_IN = "Somebody signed in with Chrome on Windows; was that you?"


def order(user: User, number: int, status: str, days: float) -> Any:
    """An order of so many days ago."""
    return filled(Order, user, number, payment_status=status, payment_created_at=clock.ago(days=days))


def letter(user: User, number: int, direction: str, days: float) -> Any:
    """A letter of so many days ago."""
    return filled(Correspondence, user, number, direction=direction, sent_at=clock.ago(days=days))


def test_when_nothing_needs_the_person_the_page_says_so(as_mei: Visitor) -> None:
    assert "We have no question for you, and nothing is late." in shown(as_mei.get("/"))


@pytest.mark.parametrize("status", ["FAIL", "fail", "FAILED"])
def test_a_failed_payment_stands_above_all_and_leads_to_the_subscription(as_mei: Visitor, mei: User, status: str) -> None:
    order(mei, 1, status, 2)

    page = shown(as_mei.get("/"))

    assert f'<h2 id="pressing">{FAILED}</h2>' in page
    assert 'href="/subscription"' in page.split(FAILED)[1].split("</section>")[0]


@pytest.mark.parametrize("status", ["SUCCESS", "CANCELLED", "CLOSED", "something new"])
def test_other_payments_need_nobody(as_mei: Visitor, mei: User, status: str) -> None:
    order(mei, 1, status, 2)

    assert "Your last payment" not in shown(as_mei.get("/"))


def test_a_payment_that_went_through_ends_the_matter(as_mei: Visitor, mei: User) -> None:
    order(mei, 1, "FAIL", 3)
    order(mei, 2, "SUCCESS", 1)

    assert FAILED not in shown(as_mei.get("/"))


def test_a_payment_under_way_is_named_without_alarm(as_mei: Visitor, mei: User) -> None:
    order(mei, 1, "WAIT_PAY", 1)

    page = shown(as_mei.get("/"))

    assert "Your last payment is not finished" in page and 'id="pressing"' not in page


def test_a_letter_of_ours_waits_to_be_read(as_mei: Visitor, mei: User) -> None:
    letter(mei, 1, "from_user", 5)
    row = letter(mei, 2, "to_user", 2)

    page = shown(as_mei.get("/"))

    assert f'<a href="/know/communication/correspondence/{row.id}">{WROTE}</a>' in page and "subject-2" in page


@pytest.mark.parametrize(("direction", "days"), [("from_user", 1), ("to_user", 40)])
def test_a_letter_answered_or_old_waits_no_more(as_mei: Visitor, mei: User, direction: str, days: float) -> None:
    letter(mei, 1, "to_user", 41)
    letter(mei, 2, direction, days)

    assert WROTE not in shown(as_mei.get("/"))


def test_a_sign_in_elsewhere_is_asked_about(as_mei: Visitor, mei: User) -> None:
    Session.begin(mei, browser="Chrome on Windows", address="203.0.113.9")

    page = shown(as_mei.get("/"))

    assert f'<a href="/account/sessions">{SIGNED_IN}</a>' in page and "203.0.113.9" in page


def test_ones_own_browser_and_other_peoples_are_not_asked_about(as_mei: Visitor, mallory: User) -> None:
    Session.begin(mallory, browser="Chrome on Windows", address="203.0.113.9")

    assert "Somebody signed in" not in shown(as_mei.get("/"))


def test_an_account_without_an_address_is_told_of(app: Flask) -> None:
    page = shown(app.test_client().sign_in(cast.olga()).get("/"))  # type: ignore[attr-defined]

    assert '<a href="/account">Your account has no e-mail address</a>' in page


def test_a_later_room_adds_its_own_matters(as_mei: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matters, "_sources", list(matters._sources))
    matters.source(lambda user: [matters.Matter(f"A copy is ready for {user.name}", "/know", "Fetch it", at=clock.now() - timedelta(days=1))])

    assert '<a href="/know">A copy is ready for Mei Hartmann</a>' in shown(as_mei.get("/"))


def test_matters_of_another_person_stay_theirs(as_mallory: Visitor, mei: User) -> None:
    order(mei, 1, "FAIL", 1)
    letter(mei, 2, "to_user", 1)

    page = shown(as_mallory.get("/"))

    assert FAILED not in page and WROTE not in page
