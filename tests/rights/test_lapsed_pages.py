"""What was typed survives a session that has lapsed, and is shown to nobody else."""

from __future__ import annotations

from typing import Any

from flask import Flask

from privacy_center.accounts.models import Session, User
from privacy_center.rights.drafts import Draft
from privacy_center.rights.models import Letter
from tests.conftest import Visitor
from tests.rights.asking import carried, fill, newest, to_check

PAGE = "/requests/new/complaint"


def end_sessions() -> None:
    Session.delete().execute()


def test_what_was_typed_survives_a_session_that_has_lapsed(as_mei: Visitor, mei: User) -> None:
    form = carried(as_mei.get(PAGE).text)
    end_sessions()

    answer = as_mei.post(PAGE, data={**form, "what": "My long letter."}, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 401 and "What you typed is kept" in answer.text and "My long letter" not in answer.text
    assert f"/sign-in?next={PAGE}" in answer.text
    as_mei.sign_in(mei)
    assert "My long letter." in as_mei.get(PAGE).text


def test_it_survives_even_when_the_whole_visit_is_forgotten(app: Flask, as_mei: Visitor, mei: User) -> None:
    form = carried(as_mei.get(PAGE).text)
    end_sessions()
    as_mei.delete_cookie("__Host-visit", domain="127.0.0.1")
    as_mei.post(PAGE, data={**form, "what": "My long letter."}, headers={"Sec-Fetch-Site": "same-origin"})

    as_mei.sign_in(mei)

    assert "My long letter." in as_mei.get(PAGE).text


def test_another_person_at_the_same_browser_sees_nothing_of_it(as_mei: Visitor, mei: User, mallory: User) -> None:
    fill(as_mei, PAGE, {"what": "My long letter."})
    assert "My long letter." in as_mei.get(PAGE).text

    end_sessions()
    assert "Your session has ended" in as_mei.get(PAGE).text and "My long letter." not in as_mei.get(PAGE).text
    as_mei.sign_in(mallory)

    assert "My long letter." not in as_mei.get(PAGE).text
    assert as_mei.get(f"{PAGE}/check").location == PAGE


def test_the_last_page_asks_to_sign_in_again_and_sends_nothing(as_mei: Visitor) -> None:
    form = carried(to_check(as_mei, "complaint").text)
    end_sessions()

    answer = as_mei.post(f"{PAGE}/check", data=form, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 401 and "Your session has ended" in answer.text and Letter.select().count() == 0


def test_what_a_stranger_typed_is_there_after_signing_in(visitor: Visitor, mei: User) -> None:
    fill(visitor, PAGE, {"what": "My long letter."})

    visitor.sign_in(mei)
    assert "My long letter." in visitor.get(PAGE).text
    fill(visitor, PAGE, {"what": "My long letter."})
    fill(visitor, f"{PAGE}/check", {})

    assert newest().user == mei


def test_another_browser_has_another_draft(app: Flask, visitor: Visitor) -> None:
    fill(visitor, PAGE, {"what": "My long letter."})

    other: Any = app.test_client()

    assert "My long letter." not in other.get(PAGE).text


def test_a_form_that_another_site_sent_is_refused(as_mei: Visitor) -> None:
    as_mei.get(PAGE)
    for path in (PAGE, f"{PAGE}/home", f"{PAGE}/files", f"{PAGE}/check"):
        assert as_mei.post(path, data={"what": "x"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400

    assert Draft.select().count() == 0


def test_what_was_typed_is_shown_to_its_person_among_what_we_hold(as_mei: Visitor) -> None:
    fill(as_mei, PAGE, {"what": "My long letter."})

    assert "My long letter." in as_mei.get("/know/communication/rights-draft").text
