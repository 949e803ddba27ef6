"""The answer about cookies: given, forged, too old, carried from one browser to the next, and withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.consent import choice, declared, merging
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.recording import record_cookies
from privacy_center.core import clock, tokens
from privacy_center.core.db import microseconds
from tests.conftest import Visitor
from tests.consent.conftest import cookie_of

BANNER = 'class="cookie-banner"'
ALL = sorted(declared.OPTIONAL)
WAYS = {"/sign-in?next=%2Fknow": "/sign-in?next=%2Fknow", "//evil.example": "/cookies", "https://evil.example": "/cookies", "/\\evil": "/cookies"}
NOBODYS = "00000000-0000-4000-8000-000000000000"


def carry(browser: Visitor, value: str) -> Visitor:
    """Let the browser carry this as its answer."""
    browser.set_cookie(declared.CHOICE, value, domain="127.0.0.1", secure=True)
    return browser


def signed(*, at: Any = None, edition: Any = declared.EDITION, allowed: Any = ALL, purpose: str = choice.SIGNED_FOR) -> str:
    """An answer as it would be signed."""
    return tokens.sign(purpose, [microseconds(at or clock.now()) if not isinstance(at, str) else at, edition, NOBODYS, allowed])


def test_whoever_has_not_answered_is_asked(visitor: Visitor) -> None:
    page = visitor.get("/").text

    assert BANNER in page
    assert page.index('value="accept">Accept</button>') < page.index('value="reject">Reject</button>')


@pytest.mark.parametrize("answer", ["accept", "reject", "save"])
def test_whoever_has_answered_is_not_asked_again(visitor: Visitor, answer: str) -> None:
    assert visitor.submit("/cookies", {"choice": answer}).status_code == 303

    assert BANNER not in visitor.get("/").text


def test_the_answer_lasts_six_months_in_a_cookie_that_no_script_reads(visitor: Visitor) -> None:
    line = cookie_of(visitor.submit("/cookies", {"choice": "reject"}), declared.CHOICE)

    assert line and "Secure" in line and "HttpOnly" in line and "SameSite=Lax" in line and "Domain" not in line
    assert 180 * 86400 <= int(line.split("Max-Age=")[1].split(";")[0]) <= 184 * 86400


def test_what_is_not_said_yes_to_is_refused(visitor: Visitor) -> None:
    visitor.submit("/cookies", {"choice": "save", "analytics": "yes", "preferences": "perhaps", "everything": "yes"})

    assert ConsentRecord.get().scope == {"preferences": False, "analytics": True, "beacons": False}


@pytest.mark.parametrize("answer", ["", "ACCEPT", "yes", "x" * 5000])
def test_an_answer_that_is_none_is_refused_in_words(visitor: Visitor, answer: str) -> None:
    response = visitor.submit("/cookies", {"choice": answer})

    assert response.status_code == 422
    assert "Say which cookies you allow" in response.text
    assert not ConsentRecord.select().exists()


@pytest.mark.parametrize(("wanted", "led_to"), WAYS.items())
def test_the_banner_leads_back_to_where_one_was_and_nowhere_else(visitor: Visitor, wanted: str, led_to: str) -> None:
    assert visitor.submit("/cookies", {"choice": "reject", "next": wanted}).location == led_to


def test_what_is_forged_old_too_long_or_about_other_categories_is_as_if_there_were_none(app: Flask, visitor: Visitor) -> None:
    good = signed()
    bad = [
        *("", "x", "x" * 1500, good[:-9] + ("A" if good[-9] != "A" else "B") + good[-8:], f"{good}.{good}"),
        signed(purpose="unsubscribe"),
        signed(at=clock.ago(days=190)),
        signed(at=clock.now() + timedelta(days=1)),
        signed(edition="00000000"),
        signed(edition=1),
        signed(allowed=[*ALL, "everything"]),
        signed(allowed="analytics"),
        signed(allowed=[1]),
        signed(allowed=[["analytics"]]),
        signed(at="yesterday"),
        tokens.sign(choice.SIGNED_FOR, {"allowed": ALL}),
    ]

    assert BANNER not in carry(visitor, good).get("/").text
    assert [each for each in bad if BANNER not in carry(visitor, each).get("/").text] == []


def test_who_answered_before_a_category_was_added_is_asked_again(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.submit("/cookies", {"choice": "accept"})
    monkeypatch.setattr(choice, "EDITION", "another")

    assert BANNER in visitor.get("/").text


def test_an_answer_is_asked_for_again_after_six_months(visitor: Visitor) -> None:
    visitor.submit("/cookies", {"choice": "reject"})
    with clock.at(clock.now() + timedelta(days=185)):
        assert BANNER in visitor.get("/").text


def test_the_newer_answer_of_this_browser_becomes_the_accounts_at_sign_in(app: Flask, mei: User) -> None:
    record_cookies(mei, frozenset(), method="cookies", language="en")
    here = signed(allowed=["analytics"])
    with app.test_request_context(headers={"Cookie": f"{declared.CHOICE}={here}"}):
        merging.merge(mei)

    account = choice.of_account(mei)
    assert account and account.allowed == {"analytics"}
    assert ConsentRecord.newest(mei, "cookies").method == "sign-in"  # type: ignore[union-attr]


def test_the_newer_answer_of_the_account_becomes_this_browsers_at_sign_in(app: Flask, mei: User) -> None:
    here = signed(at=clock.ago(days=3))
    record = record_cookies(mei, frozenset(), method="cookies", language="en")
    with app.test_request_context(headers={"Cookie": f"{declared.CHOICE}={here}"}):
        merging.merge(mei)
        found = choice.current()

    assert found and found.record == record.record_id and not found.allowed
    assert ConsentRecord.owned_by(mei).count() == 1


def test_a_no_given_in_another_browser_holds_here_with_the_next_page(as_mei: Visitor, mei: User) -> None:
    as_mei.submit("/cookies", {"choice": "accept"})
    as_mei.get("/")
    record_cookies(mei, frozenset(), method="cookies", language="en")

    answer = as_mei.get("/")

    assert "Max-Age=0" in str(cookie_of(answer, declared.VISITS))
    assert cookie_of(answer, declared.CHOICE)
    assert "Stop optional cookies" not in answer.text


def test_withdrawing_is_one_click_on_every_page_and_takes_the_cookies_away(visitor: Visitor) -> None:
    visitor.submit("/cookies", {"choice": "accept"})
    assert "Stop optional cookies" in visitor.get("/?lang=en").text

    answer = visitor.submit("/cookies", {"choice": "reject"})

    for name in (declared.VISITS, declared.LIKINGS):
        assert "Max-Age=0" in str(cookie_of(answer, name)) and "Secure" in str(cookie_of(answer, name))
    assert "Only needed cookies are set" in visitor.get("/cookies").text


def test_a_stale_tab_is_told_that_there_was_another_answer(visitor: Visitor) -> None:
    visitor.submit("/cookies", {"choice": "accept"})
    visitor.submit("/cookies", {"choice": "reject", "seen": ""})

    assert "You had answered in another tab meanwhile" in visitor.get("/cookies").text


def test_language_and_colours_hold_for_the_visit_and_are_kept_only_with_a_yes(visitor: Visitor) -> None:
    visitor.submit("/cookies/colours", {"theme": "dark"}, page="/cookies")
    assert 'data-theme="dark"' in visitor.get("/?lang=zh").text
    assert visitor.get_cookie(declared.LIKINGS, domain="127.0.0.1") is None

    visitor.submit("/cookies", {"choice": "save", "preferences": "yes"})
    visitor.delete_cookie("__Host-visit", domain="127.0.0.1")

    page = visitor.get("/").text
    assert 'data-theme="dark"' in page and 'lang="zh-Hans"' in page


@pytest.mark.parametrize("value", ["", "fr.blue", "en", "en.dark.x", "x" * 3000, "<b>.dark"])
def test_preferences_that_are_none_of_ours_change_nothing(visitor: Visitor, value: str) -> None:
    visitor.submit("/cookies", {"choice": "accept"})
    visitor.set_cookie(declared.LIKINGS, value, domain="127.0.0.1", secure=True)

    assert 'lang="en"' in visitor.get("/").text
    assert "blue" not in visitor.get("/").text
