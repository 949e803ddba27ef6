"""Making a request by the forms, signed in."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.consent.purposes import state_of
from privacy_center.core import jobs
from privacy_center.rights.models import Letter, Request
from privacy_center.rights.words import RIGHTS
from tests.conftest import Visitor
from tests.rights.asking import AT_ONCE, BY_A_PERSON, fill, newest, send, to_check


def test_every_right_is_offered_with_what_it_does(visitor: Visitor) -> None:
    page = visitor.get("/requests/new").text

    assert all(f"/requests/new/{right}" in page for right in RIGHTS)
    assert "Done at once, if you are signed in" in page and "Answered by a person" in page


@pytest.mark.parametrize("right", RIGHTS)
def test_each_right_has_its_questions(as_mei: Visitor, visitor: Visitor, right: str) -> None:
    assert as_mei.get(f"/requests/new/{right}").status_code == 200
    assert visitor.get(f"/requests/new/{right}").status_code == 200


def test_there_are_no_questions_about_what_is_no_right(as_mei: Visitor) -> None:
    for path in ("/requests/new/flying", "/requests/new/flying/home", "/requests/new/flying/check"):
        assert as_mei.get(path).status_code == 404


@pytest.mark.parametrize("right", BY_A_PERSON)
def test_what_a_person_must_answer_gets_a_reference_and_a_date(as_mei: Visitor, mei: User, right: str) -> None:
    answer = send(as_mei, right)

    made = newest()
    assert (made.user, made.right, made.state, made.country) == (mei, right, "open", "SG")
    page = as_mei.get(answer.location).text
    assert made.reference in page and "in 30 days" in page
    assert ("PDPA (Singapore)" if right == "correction" else "Our own rule") in page


@pytest.mark.parametrize("right", [each for each in AT_ONCE if each != "deletion"])
def test_what_a_machine_can_do_is_done_at_once(as_mei: Visitor, right: str) -> None:
    answer = send(as_mei, right)
    jobs.run_due()

    assert newest().executed_at is not None
    assert "It is done" in as_mei.get(answer.location).text or newest().executed_by.startswith("export:")


def test_an_objection_stops_the_purpose(as_mei: Visitor, mei: User) -> None:
    send(as_mei, "objection")

    assert not state_of(mei, "training").goes_on and state_of(mei, "improvement").goes_on
    assert newest().state == "fulfilled"


def test_an_objection_in_words_goes_to_a_person(as_mei: Visitor) -> None:
    to_check(as_mei, "objection", more="Do not show my name in the forum.")
    fill(as_mei, "/requests/new/objection/check", {})

    assert newest().state == "open" and Letter.get().words == "Do not show my name in the forum."


def test_a_deletion_is_confirmed_first(as_mei: Visitor) -> None:
    answer = send(as_mei, "deletion")

    assert answer.location.startswith("/confirm?next=/requests/new/deletion/check")
    assert Request.select().count() == 0


def test_a_confirmed_deletion_is_carried_out(app: Any, mei: User) -> None:
    browser = app.test_client().sign_in(mei, confirmed=True)

    send(browser, "deletion")

    assert (newest().state, newest().wants) == ("in_progress", {"kinds": ["usage_event"]})


def test_everything_leads_to_closing_the_account(as_mei: Visitor) -> None:
    answer = fill(as_mei, "/requests/new/deletion", {"scope": "everything"})

    assert answer.location == "/account/closure"


def test_a_correction_shows_what_is_held_beside_what_is_wished(as_mei: Visitor) -> None:
    assert "We hold: <b>Mei Hartmann</b>" in as_mei.get("/requests/new/correction").text
    assert "Mei Hartmann → Mei Hartman" in to_check(as_mei, "correction", name="Mei Hartman").text

    page = as_mei.get(fill(as_mei, "/requests/new/correction/check", {}).location).text

    assert newest().wants == {"fields": {"name": "Mei Hartman"}}
    assert "What should change" in page and "Mei Hartman<" in page


def test_what_is_held_already_is_no_correction(as_mei: Visitor) -> None:
    answer = fill(as_mei, "/requests/new/correction", {"name": "Mei Hartmann"})

    assert (answer.status_code, "Say what is wrong" in answer.text) == (422, True)
