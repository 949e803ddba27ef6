"""The secret link of a request: what it opens, to whom, and that nobody else learns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import audit, jobs, tokens
from privacy_center.rights import links
from privacy_center.rights.models import Request
from privacy_center.verification.models import Proof
from tests.conftest import Visitor
from tests.rights.asking import ANSWERS, asked_by_nadia, newest, prove, send


def test_a_link_that_was_passed_on_shows_how_far_it_is_and_no_more(visitor: Visitor, elsewhere: Visitor, outbox: list[Any]) -> None:
    page = asked_by_nadia(visitor, outbox)

    shown = elsewhere.get(page).text

    assert newest().reference in shown and "We answer by" in shown and "Who acts next" in shown
    assert "Hartman" not in shown and "nadia" not in shown and "n…@e….org" in shown
    assert elsewhere.get(f"{page}/correspondence.json").status_code == 303
    assert elsewhere.submit(f"{page}/withdrawal", page=page).status_code == 303 and newest().state == "open"


def test_a_code_from_the_mailbox_opens_it_in_another_browser(visitor: Visitor, elsewhere: Visitor, outbox: list[Any], later: Callable[..., None]) -> None:
    page = asked_by_nadia(visitor, outbox)
    later(minutes=1)
    elsewhere.submit(f"{page}/codes", page=page)

    prove(elsewhere, page, outbox)

    assert "Hartman" in elsewhere.get(page).text
    later(minutes=61)
    assert "Hartman" not in elsewhere.get(page).text


def test_a_link_that_never_was_leads_nowhere(visitor: Visitor, as_mei: Visitor) -> None:
    for path in ("/requests/x", f"/requests/{tokens.new_token()}", "/requests/RQ-2222"):
        assert visitor.get(path).status_code == as_mei.get(path).status_code == 404


def test_a_reference_opens_nothing_to_a_stranger(visitor: Visitor, as_mei: Visitor, as_mallory: Visitor) -> None:
    path = send(as_mei, "complaint").location

    assert visitor.get(path).location.startswith("/sign-in?next=/requests/RQ-")
    assert visitor.get("/requests/RQ-2222-2222").location.startswith("/sign-in")
    assert as_mallory.get(path).status_code == 404


def test_the_reference_of_a_request_without_account_opens_nothing(visitor: Visitor, as_mei: Visitor, outbox: list[Any]) -> None:
    asked_by_nadia(visitor, outbox)

    assert as_mei.get(f"/requests/{newest().reference}").status_code == 404


def test_its_person_can_bring_it_to_their_account(app: Flask, mei: User, mallory: User, outbox: list[Any]) -> None:
    browser: Any = app.test_client()
    page = str(send(browser, "complaint", address="Mei@example.com", **ANSWERS["complaint"]).location)
    prove(browser, page, outbox)
    browser.sign_in(mei)
    assert "Bring it to my account" in browser.get(page).text

    browser.submit(f"{page}/account", page=page)

    assert newest().user == mei
    assert newest().reference in browser.get("/requests").text
    assert app.test_client().get(page).location.startswith("/sign-in")  # type: ignore[union-attr]
    as_mallory: Any = app.test_client()
    assert as_mallory.sign_in(mallory).get(page).status_code == 404


def test_nobody_brings_the_request_of_another_address_to_their_account(visitor: Visitor, mallory: User, outbox: list[Any]) -> None:
    page = asked_by_nadia(visitor, outbox)
    visitor.sign_in(mallory)

    visitor.submit(f"{page}/account", page=page)

    assert newest().user is None


def test_pages_of_secret_links_are_kept_by_nobody_and_told_to_nobody(visitor: Visitor, outbox: list[Any]) -> None:
    page = asked_by_nadia(visitor, outbox)

    headers = visitor.get(page).headers

    assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in visitor.get(page).text


def test_the_token_is_nowhere_in_the_database(visitor: Visitor, outbox: list[Any]) -> None:
    page = asked_by_nadia(visitor, outbox)
    jobs.run_due()
    token = page.rpartition("/")[2]

    rows = [str(list(model.select().dicts())) for model in (Request, Proof, jobs.Job, audit.AuditEntry)]

    assert token not in "".join(rows) and links.token_of(newest()) == token
