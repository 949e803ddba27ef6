"""Requests made without signing in: which account they may be about, and that two officers agree before anything is done to it."""

from __future__ import annotations

import re

from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core.audit import AuditEntry
from privacy_center.desk.candidates import candidates, covered
from privacy_center.desk.models import Proposal, Staff
from privacy_center.erasure.erased import Erasure
from privacy_center.exports.models import Export
from privacy_center.rights.models import Request
from tests.conftest import Visitor
from tests.desk.conftest import Ask
from tests.desk.test_cases import now, page_of, seen


def test_accounts_match_exactly_and_say_why(app: Flask, ada: Staff, mei: User, mallory: User, proved: Ask) -> None:
    request = proved(email="MEI@example.com", words="My other account is mallory@example.com.")

    with app.test_request_context():
        found = {each.user.id: each.because for each in candidates(request, ada)}

    assert found == {mei.id: ["It has the address of this request."], mallory.id: ["A letter of the person’s names its address."]}


def test_a_name_alike_is_no_match(app: Flask, ada: Staff, mei: User, proved: Ask) -> None:
    request = proved(email="mei2@example.com", words="I am Mei Hartmann; mei at example.com.")

    assert candidates(request, ada) == []


def test_an_officers_own_account_is_no_candidate_for_them(app: Flask, ada: Staff, tomas: Staff, proved: Ask) -> None:
    request = proved(email="somebody@example.org", words="It is ada@example.com.")

    with app.test_request_context():
        assert candidates(request, ada) == []
        assert len(candidates(request, tomas)) == 1


def test_the_officer_sees_no_more_than_tells_accounts_apart(as_ada: Visitor, mallory: User, proved: Ask) -> None:
    request = proved(email="somebody@example.org", words="It is mallory@example.com.")

    page = as_ada.get(page_of(request)).text

    assert "m•••y@example.com" in page and ">Mallory<" not in page
    assert AuditEntry.select().where((AuditEntry.person == mallory.id) & (AuditEntry.action == "data looked at")).count() == 1


def test_addresses_are_covered_so_that_only_who_knows_them_recognises_them() -> None:
    assert [covered(each) for each in ("mei@example.com", "ab@x.org", "a@x.org", "", None)] == ["m•••i@example.com", "a•••@x.org", "a•••@x.org", "", ""]


def test_an_erasure_without_a_sign_in_takes_two_officers(as_ada: Visitor, as_tomas: Visitor, mei: User, proved: Ask) -> None:
    request = proved("deletion")
    page = page_of(request)
    data = {"how": "machine", "account": mei.id, "words": "It is erased.", **seen(request)}
    assert as_ada.submit(f"{page}/answer", data, page=f"{page}/answer").status_code == 303
    assert not Erasure.select().exists()
    assert "removed" in as_tomas.get(page).text

    assert as_tomas.submit(f"/desk/proposals/{Proposal.get().id}/second", page=page).status_code == 303

    assert Erasure.get().user_id == mei.id
    assert now(request).executed_by == f"erasure:{Erasure.get().id}"


def test_a_copy_for_who_is_not_signed_in_takes_two_officers(as_ada: Visitor, mei: User, proved: Ask) -> None:
    request = proved("access")
    page = f"{page_of(request)}/answer"

    assert as_ada.submit(page, {"how": "machine", "account": mei.id, "words": "It is made.", **seen(request)}).status_code == 303

    assert Proposal.get().person == mei.id
    assert not Export.select().exists()


def test_nothing_is_done_to_an_account_that_was_not_on_the_page(as_ada: Visitor, mallory: User, proved: Ask) -> None:
    request = proved("deletion")
    page = f"{page_of(request)}/answer"

    for account in (mallory.id, "", 2**70):
        answer = as_ada.submit(page, {"how": "machine", "account": account, "words": "Done.", **seen(request)})
        assert answer.status_code == 422
    assert not Proposal.select().exists()


def test_who_was_found_to_have_no_account_is_answered_in_words(as_ada: Visitor, proved: Ask) -> None:
    request = proved("access", email="somebody@example.org")
    page = f"{page_of(request)}/answer"

    assert as_ada.submit(page, {"how": "words", "account": "0", "words": "We hold nothing about you.", **seen(request)}).status_code == 303

    assert (now(request).state, now(request).decision) == ("fulfilled", "granted")


def test_what_nobody_has_proved_can_not_be_decided(as_ada: Visitor, ask: Ask) -> None:
    request: Request = ask("deletion", email="mei@example.com")
    page = page_of(request)

    shown = as_ada.get(page).text

    assert "nothing may be done" in shown and not re.search(r"Grant it…|Refuse it…", shown)
    for act in ("answer", "refusal", "letter", "question", "extension"):
        assert as_ada.get(f"{page}/{act}").status_code == 404
