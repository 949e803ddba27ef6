"""Officers look into reports about children; two of them decide."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import jobs
from privacy_center.core.audit import AuditEntry
from privacy_center.desk import jobs as desk_jobs
from privacy_center.desk.models import Proposal, Staff
from privacy_center.guardians import letters
from privacy_center.guardians.models import Evidence, Report
from tests.conftest import Visitor
from tests.guardians.conftest import Guardian, photo

ACCOUNT = re.compile(r'name="account" value="([^"]+)"')
LETTER = {"words": "Dear Petra,\n\nwe have looked into it."}


@pytest.fixture
def petra(app: Flask, outbox: list[Any]) -> Guardian:
    """Petra, who has sent a report about Mei's account."""
    guardian = Guardian(app, outbox)
    guardian.sends()
    return guardian


def page_of(petra: Guardian, rest: str = "") -> str:
    """The address of her report at the desk."""
    return f"/desk/guardians/{petra.report.reference}{rest}"


def chooses(browser: Visitor, petra: Guardian, act: str) -> Any:
    """An officer looks for the account and does something with the first."""
    found = ACCOUNT.search(browser.get(page_of(petra, "/accounts")).text)
    assert found
    return browser.submit(page_of(petra, act), {"account": found[1]}, page=page_of(petra, "/accounts"))


def proposes(browser: Visitor, petra: Guardian, outcome: str) -> Any:
    """An officer proposes how it ends."""
    return browser.submit(page_of(petra, "/decision"), {"outcome": outcome, **LETTER})


def seconds(browser: Visitor, petra: Guardian, act: str = "second") -> Any:
    """Another officer says yes, or something else."""
    number = Proposal.select().order_by(Proposal.id.desc()).get().id
    return browser.submit(f"/desk/guardian-proposals/{number}/{act}", page=page_of(petra))


def test_a_report_stands_in_the_queue_by_its_due_date(petra: Guardian, as_ada: Visitor) -> None:
    page = as_ada.get("/desk/guardians").text
    assert petra.report.reference in page
    assert "Under 13, Germany" in page


def test_drafts_are_nobodys_business(app: Flask, outbox: list[Any], as_ada: Visitor) -> None:
    guardian = Guardian(app, outbox)
    guardian.begins()
    assert guardian.report.reference not in as_ada.get("/desk/guardians").text
    assert as_ada.get(page_of(guardian)).status_code == 404


def test_the_case_shows_what_was_said(petra: Guardian, mei: User, as_ada: Visitor) -> None:
    page = as_ada.get(page_of(petra)).text
    for words in ("mei@example.com", "Petra", "petra@example.org", "Delete it", "GDPR"):
        assert words in page


def test_the_account_is_shown_with_why_and_covered(petra: Guardian, mei: User, as_ada: Visitor) -> None:
    page = as_ada.get(page_of(petra, "/accounts")).text
    assert "The same e-mail address" in page
    assert "m•••i@example.com" in page
    assert "Mei Hartmann" not in page


def test_the_compared_account_sees_it_in_its_log(petra: Guardian, mei: User, as_ada: Visitor) -> None:
    as_ada.get(page_of(petra, "/accounts"))
    entry = AuditEntry.select().where(AuditEntry.person == mei.id).order_by(AuditEntry.id.desc()).get()
    assert (entry.action, entry.reason) == ("data looked at", "compared with a report")


def test_an_account_that_the_page_did_not_name_cannot_be_paused(petra: Guardian, mei: User, mallory: User, as_ada: Visitor) -> None:
    answer = as_ada.submit(page_of(petra, "/pause"), {"account": str(mallory.id)}, page=page_of(petra, "/accounts"))
    assert answer.status_code == 404
    assert petra.report.state == "received"


def test_an_account_is_paused_and_the_pause_ended(petra: Guardian, mei: User, as_ada: Visitor) -> None:
    assert chooses(as_ada, petra, "/pause").status_code == 303
    assert petra.report.state == "restricted"
    as_ada.submit(page_of(petra, "/pause/end"), page=page_of(petra))
    assert petra.report.state == "in_progress"


def test_an_account_can_be_named_by_the_officer(petra: Guardian, mallory: User, as_ada: Visitor) -> None:
    page = as_ada.submit(page_of(petra, "/accounts"), {"named": "MALLORY@example.com"}).text
    assert "You named it" in page
    assert "No account has that address or id" in as_ada.submit(page_of(petra, "/accounts"), {"named": "nobody"}).text


def test_a_letter_goes_to_the_guardian(petra: Guardian, as_ada: Visitor) -> None:
    as_ada.submit(page_of(petra, "/letter"), {"words": "Which device?", "wants_answer": "y"})
    page = petra.sees()
    assert "Which device?" in page
    assert "We need an answer of yours" in page


def test_nothing_is_erased_until_another_officer_seconds_it(petra: Guardian, mei: User, as_ada: Visitor, as_tomas: Visitor) -> None:
    chooses(as_ada, petra, "/pause")
    proposes(as_ada, petra, "erased")
    assert seconds(as_ada, petra).status_code == 422
    assert User.get_by_id(mei.id).email
    page = as_tomas.get(page_of(petra)).text
    assert "Erase the account and everything in it" in page
    assert seconds(as_tomas, petra).status_code == 303
    jobs.run_due()
    assert User.get_by_id(mei.id).email is None
    assert petra.report.certificate


def test_an_auditor_reads_and_changes_nothing(petra: Guardian, mei: User, as_ada: Visitor, as_ruth: Visitor) -> None:
    proposes(as_ada, petra, "no_account")
    assert as_ruth.get(page_of(petra)).status_code == 200
    assert seconds(as_ruth, petra).status_code == 403
    assert petra.report.state == "received"


def test_a_proposal_can_be_turned_down_or_taken_back(petra: Guardian, as_ada: Visitor, as_tomas: Visitor) -> None:
    proposes(as_ada, petra, "no_account")
    seconds(as_tomas, petra, "refusal")
    proposes(as_ada, petra, "no_account")
    seconds(as_ada, petra, "withdrawal")
    assert [each.state for each in Proposal.select().order_by(Proposal.id)] == ["turned down", "withdrawn"]
    assert petra.report.state == "received"


def test_a_report_that_was_withdrawn_cannot_be_decided_any_more(petra: Guardian, mei: User, as_ada: Visitor, as_tomas: Visitor) -> None:
    chooses(as_ada, petra, "/pause")
    proposes(as_ada, petra, "erased")
    petra.browser.submit(petra.at("withdrawal"))
    assert seconds(as_tomas, petra).status_code == 409
    assert User.get_by_id(mei.id).email


def test_a_copy_takes_two_officers(petra: Guardian, mei: User, as_ada: Visitor, as_tomas: Visitor) -> None:
    chooses(as_ada, petra, "/account")
    as_ada.submit(page_of(petra, "/copy"), page=page_of(petra))
    assert petra.report.export is None
    seconds(as_tomas, petra)
    assert petra.report.export


def test_a_file_is_saved_never_shown_and_written_down(petra: Guardian, mei: User, as_ada: Visitor) -> None:
    petra.browser.submit(petra.at("files/more"), {"files": [(BytesIO(photo()), "paper.jpg")]}, page=petra.at(), content_type="multipart/form-data")
    file = Evidence.get()
    address = page_of(petra, f"/files/{file.id}")
    assert as_ada.get(address).status_code == 404
    jobs.run_due()
    answer = as_ada.get(address)
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert answer.headers["Content-Disposition"] == "attachment; filename=paper.jpg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert AuditEntry.select().where(AuditEntry.subject == f"evidence:{file.id}").count() == 1


def test_a_report_by_or_about_an_officer_is_not_there_for_them(petra: Guardian, ada: Staff, as_ada: Visitor, as_tomas: Visitor) -> None:
    Report.update(account_email="ADA@example.com").execute()
    assert petra.report.reference not in as_ada.get("/desk/guardians").text
    assert as_ada.get(page_of(petra)).status_code == 404
    assert as_tomas.get(page_of(petra)).status_code == 200


def test_who_is_not_staff_finds_nothing(petra: Guardian, as_mei: Visitor, visitor: Visitor) -> None:
    assert as_mei.get(page_of(petra)).status_code in (303, 404)
    assert visitor.get(page_of(petra)).status_code == 303


def test_what_was_proposed_about_a_report_that_was_withdrawn_is_let_go(petra: Guardian, as_ada: Visitor) -> None:
    proposes(as_ada, petra, "no_account")
    assert desk_jobs.let_go() == 0
    letters.withdraw(petra.report)

    assert desk_jobs.let_go() == 1

    assert (Proposal.get().state, Proposal.get().what) == ("lapsed", None)
