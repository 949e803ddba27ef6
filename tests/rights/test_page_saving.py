"""What can be saved of a request: the correspondence, and the copy that was made for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import jobs
from privacy_center.rights import answering, at_once, following
from privacy_center.rights.models import Request
from tests.conftest import Visitor
from tests.rights.asking import asked_by_nadia, newest
from tests.rights.making import OFFICER, again, ask
from tests.rights.test_request_page import page_of


def test_the_correspondence_can_be_kept_as_json(as_mei: Visitor, asked: Request) -> None:
    answering.write_letter(asked, by=OFFICER, words="We are on it.")

    answer = as_mei.get(f"{page_of(asked)}/correspondence.json")

    whole = orjson.loads(answer.data)
    assert (whole["reference"], [each["words"] for each in whole["letters"]]) == (asked.reference, ["Please look into it.", "We are on it."])
    assert answer.headers["Content-Disposition"] == f"attachment; filename={asked.reference}.json"


def test_the_correspondence_can_be_kept_as_a_page(as_mei: Visitor, asked: Request) -> None:
    answering.refuse(asked, by=OFFICER, reason="not_held", words="<b>We hold nothing.</b>")

    answer = as_mei.get(f"{page_of(asked)}/correspondence.html")

    assert answer.headers["Content-Disposition"].endswith(".html") and "sandbox" in answer.headers["Content-Security-Policy"]
    assert "&lt;b&gt;We hold nothing.&lt;/b&gt;" in answer.text and "src=" not in answer.text and "href=" not in answer.text


def test_the_copy_that_was_made_is_downloaded_after_confirming(app: Flask, mei: User, as_mei: Visitor) -> None:
    request = ask(mei, "access")
    jobs.run_due()
    following.follow(again(request))
    assert "Download your copy" in as_mei.get(page_of(request)).text
    assert as_mei.get(f"{page_of(request)}/copy").location == f"/confirm?next={page_of(request)}"

    confirmed: Any = app.test_client().sign_in(mei, confirmed=True)  # type: ignore[attr-defined]

    assert confirmed.get(f"{page_of(request)}/copy").data.startswith(b"PK")


def test_an_officers_copy_for_who_has_no_account_takes_a_fresh_code(visitor: Visitor, mei: User, outbox: list[Any], later: Callable[..., None]) -> None:
    page = asked_by_nadia(visitor, outbox, "access")
    at_once.begin(newest(), by=f"staff:{OFFICER}", user=mei)
    jobs.run_due()
    following.follow(newest())
    assert visitor.get(f"{page}/copy").data.startswith(b"PK")

    later(minutes=16)

    assert visitor.get(f"{page}/copy").location == f"{page}#prove"
    assert "Download your copy" not in visitor.get(page).text
