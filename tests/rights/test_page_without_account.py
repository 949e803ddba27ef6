"""The same without an account: an address is proved, a secret link opens how far it is, and nothing is told to anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import audit, jobs, tokens
from privacy_center.rights.jobs import close_unverified
from privacy_center.rights.models import Letter, Request
from privacy_center.rights.words import RIGHTS
from privacy_center.verification.jobs import remind_who_left_half_way
from privacy_center.verification.models import Proof
from tests.conftest import Visitor
from tests.rights.asking import ANSWERS, asked_by_nadia, fill, mailed_code, newest, prove, send


@pytest.mark.parametrize("right", RIGHTS)
def test_every_right_can_be_asked_for_without_an_account(visitor: Visitor, outbox: list[Any], right: str) -> None:
    page = asked_by_nadia(visitor, outbox, right)

    assert (newest().state, newest().right, newest().email, newest().user) == ("open", right, "nadia@example.org", None)
    assert newest().reference in visitor.get(page).text and "Germany" in visitor.get(page).text


def test_until_the_code_is_typed_nothing_is_shown_and_nothing_counts(visitor: Visitor, outbox: list[Any]) -> None:
    page = send(visitor, "correction").location

    shown = visitor.get(page).text

    assert "nothing happens" in shown or "We are sending a code to nadia@example.org" in shown
    assert newest().reference not in shown and "Hartman" not in shown
    assert newest().state == "needs_verification" and newest().verified_at is None


@pytest.mark.parametrize("path", ["messages", "withdrawal", "home", "account"])
def test_an_unverified_request_takes_nothing(visitor: Visitor, outbox: list[Any], path: str) -> None:
    page = send(visitor, "complaint").location

    answer = visitor.submit(f"{page}/{path}", {"words": "More"}, page=page)

    assert (answer.status_code, answer.location) == (303, f"{page}#prove")
    assert Letter.select().count() == 1 and newest().state == "needs_verification"


def test_an_unverified_request_hands_out_nothing(visitor: Visitor, outbox: list[Any]) -> None:
    page = send(visitor, "access").location

    for path in ("copy", "correspondence.json", "correspondence.html", "files/1", "withdrawal", "home"):
        assert visitor.get(f"{page}/{path}").location == f"{page}#prove"


def test_whether_there_is_an_account_is_never_told(app: Flask, mei: User, outbox: list[Any]) -> None:
    pages = []
    for address in ("mei@example.com", "nadia@example.org"):
        browser: Any = app.test_client()
        page = send(browser, "deletion", address=address, **ANSWERS["deletion"]).location
        pages.append(browser.get(page).text.replace(address, "ADDRESS"))
    jobs.run_due()

    assert without_tokens(pages[0]) == without_tokens(pages[1])
    assert [mail.subject for mail in outbox] == [outbox[0].subject] * 2


def without_tokens(html: str) -> str:
    import re

    return re.sub(r'(value|action|href)="[^"]*"', "", html)


def test_an_unverified_request_blocks_nothing_of_the_account(as_mei: Visitor, visitor: Visitor, mei: User, outbox: list[Any]) -> None:
    send(visitor, "deletion", address="mei@example.com", **ANSWERS["deletion"])

    assert "You have asked for nothing yet" in as_mei.get("/requests").text
    answer = send(as_mei, "complaint")

    assert newest().user == mei and as_mei.get(answer.location).status_code == 200
    assert not list(audit.about(mei.id).where(audit.AuditEntry.action == "request made", audit.AuditEntry.subject == "request:1"))


def test_the_mail_of_the_code_carries_no_data(visitor: Visitor, outbox: list[Any]) -> None:
    page = send(visitor, "correction").location
    jobs.run_due()

    assert len(outbox) == 1 and outbox[0].to == ["nadia@example.org"]
    assert "Hartman" not in outbox[0].body and page not in outbox[0].body and newest().reference not in outbox[0].body


def test_a_guessed_code_opens_nothing(visitor: Visitor, outbox: list[Any]) -> None:
    page = send(visitor, "complaint").location
    code = mailed_code(outbox)
    guess = f"{(int(code) + 1) % 10**8:08d}"

    assert "4 tries are left" in visitor.submit(f"{page}/code", {"code": guess}, page=page).text
    for _ in range(4):
        visitor.submit(f"{page}/code", {"code": guess}, page=page)

    assert "This code is used up" in visitor.get(page).text
    assert visitor.submit(f"{page}/code", {"code": code}, page=page).status_code == 422
    assert newest().state == "needs_verification"


def test_another_code_can_be_sent(later: Callable[..., None], visitor: Visitor, outbox: list[Any]) -> None:
    page = send(visitor, "complaint").location
    mailed_code(outbox)
    assert visitor.submit(f"{page}/codes", page=page).status_code == 429
    later(minutes=11)
    assert "This code has run out" in visitor.get(page).text

    assert visitor.submit(f"{page}/codes", page=page).status_code == 303
    assert prove(visitor, page, outbox).status_code == 303 and newest().state == "open"


def test_too_many_codes_keep_what_was_typed(later: Callable[..., None], visitor: Visitor, outbox: list[Any]) -> None:
    for _ in range(5):
        send(visitor, "complaint")
    answer = send(visitor, "complaint")

    assert answer.status_code == 429 and "Nothing is lost" in answer.text and "Nobody answered my letter" in answer.text
    assert Request.select().count() == 5


def test_the_link_in_mails_leads_to_the_request(visitor: Visitor, outbox: list[Any]) -> None:
    page = asked_by_nadia(visitor, outbox)
    jobs.run_due()

    assert f"http://127.0.0.1:8000{page}" in outbox[-1].body
    assert newest().link_hash == tokens.at_rest(page.rpartition("/")[2])


def test_who_left_half_way_is_reminded_and_can_go_on(visitor: Visitor, elsewhere: Visitor, outbox: list[Any], later: Callable[..., None]) -> None:
    page = send(visitor, "complaint").location
    jobs.run_due()
    later(days=1)
    remind_who_left_half_way()
    jobs.run_due()
    assert f"http://127.0.0.1:8000{page}" in outbox[-1].body

    elsewhere.submit(f"{page}/codes", page=page)
    prove(elsewhere, page, outbox)

    assert newest().state == "open"
    assert "Nobody answered" not in visitor.get(page).text


def test_what_nobody_confirmed_is_forgotten_after_a_week(visitor: Visitor, outbox: list[Any], later: Callable[..., None]) -> None:
    page = send(visitor, "complaint").location
    later(days=7, seconds=1)
    close_unverified()

    assert (newest().state, newest().email, Letter.select().count()) == ("expired", None, 0)
    assert visitor.get(page).status_code == 200
    assert visitor.submit(f"{page}/codes", page=page).status_code == 303 and Proof.select().count() == 1


@pytest.mark.parametrize("address", ["", "nadia", "nadia@", "a@b@c", "nadia@example.org\nBcc: x@example.org", "x" * 400 + "@example.org"])
def test_what_is_no_address_is_refused(visitor: Visitor, address: str) -> None:
    fill(visitor, "/requests/new/complaint", ANSWERS["complaint"])
    answer = fill(visitor, "/requests/new/complaint/home", {"place": "DE", "address": address})

    assert (answer.status_code, "Type an e-mail address" in answer.text) == (422, True)
