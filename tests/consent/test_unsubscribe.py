"""Unsubscribing by the link in a mail: one click for mail programs, a page with a button for people (RFC 8058)."""

from __future__ import annotations

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.consent import unsubscribing
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.purposes import allowed
from privacy_center.consent.recording import record
from privacy_center.core import mail, tokens
from tests.conftest import BASE_URL, Visitor

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(app: Flask, mei: User) -> str:
    """The link in a mail to Mei, who allows the mails."""
    record(mei, "marketing", "agree", method="choices", language="en")
    return unsubscribing.address_for(mei).removeprefix(BASE_URL)


def test_looking_changes_nothing_and_shows_a_button(visitor: Visitor, mei: User, link: str) -> None:
    assert "Stop the mails</button>" in visitor.get(link).text
    assert allowed(mei, "marketing")


def test_the_one_click_of_a_mail_program_stops_the_mails_without_sending_it_on(visitor: Visitor, mei: User, link: str) -> None:
    answer = visitor.post(link, data=ONE_CLICK)

    assert (answer.status_code, answer.text) == (200, "Unsubscribed.\n")
    assert not answer.headers.getlist("Set-Cookie")
    assert not allowed(mei, "marketing")
    assert ConsentRecord.newest(mei, "marketing").method == "unsubscribe"  # type: ignore[union-attr]


def test_the_button_stops_them_and_the_page_says_so(visitor: Visitor, mei: User, link: str) -> None:
    page = visitor.submit(link, follow_redirects=True).text

    assert "You get no news by e-mail" in page
    assert not allowed(mei, "marketing")


def test_twice_is_as_good_as_once(visitor: Visitor, mei: User, link: str) -> None:
    visitor.post(link, data=ONE_CLICK)

    assert visitor.post(link, data=ONE_CLICK).status_code == 200
    assert ConsentRecord.owned_by(mei).count() == 2


@pytest.mark.parametrize("token", ["x", "x" * 5000, "WzFd.AAAA"])
def test_a_link_that_is_not_ours_is_none(visitor: Visitor, mei: User, token: str) -> None:
    assert visitor.get(f"/unsubscribe/{token}").status_code == 404
    assert visitor.post(f"/unsubscribe/{token}", data=ONE_CLICK).status_code == 404


def test_what_was_signed_for_something_else_or_for_nobody_is_none(app: Flask, visitor: Visitor, mei: User) -> None:
    for token in (tokens.sign("cursor x", [mei.id]), tokens.sign(unsubscribing.SIGNED_FOR, [mei.id + 99]), tokens.sign(unsubscribing.SIGNED_FOR, "1")):
        assert visitor.post(f"/unsubscribe/{token}", data=ONE_CLICK).status_code == 404


def test_a_mail_names_the_link_to_mail_programs(app: Flask, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    post = app.extensions["mailman"]
    monkeypatch.setattr(post, "backend", "locmem")
    monkeypatch.setattr(post, "outbox", [], raising=False)

    mail.send("mei@example.com", "export", unsubscribe=f"{BASE_URL}{link}", ready=True, page=f"{BASE_URL}/exports/1")

    headers = post.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{BASE_URL}{link}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
