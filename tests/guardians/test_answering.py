"""From a report to an outcome: candidates, pauses, decisions by two; and nobody is harmed by a false report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.guardians import answering, letters, matching
from privacy_center.guardians.models import OnFile, Report
from privacy_center.policy import publishing
from tests.guardians.conftest import Guardian
from tests.guardians.test_pausing import restricted

ADA, TOMAS = 1, 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"account_email": "MEI@example.com"}, "The same e-mail address"),
        ({"account_name": "mei hartmann"}, "The same name"),
        ({"account_name": "zai-mei"}, "The same Z.ai user id"),
    ],
)
def test_what_was_given_leads_to_the_account(petra: Guardian, mei: User, mallory: User, said: dict[str, str], why: str) -> None:
    petra.sends(**said)
    (found,) = answering.candidates(petra.report)
    assert found.account == mei
    assert why in [str(each) for each in found.why]


@pytest.mark.parametrize("said", [{"device": "MacBook"}, {"typed": "a b c d"}, {"account_email": "nobody@example.com"}, {"account_name": "%"}])
def test_what_leads_to_nobody_shows_nobody(petra: Guardian, mei: User, said: dict[str, str]) -> None:
    petra.sends(**said)
    assert answering.candidates(petra.report) == []


def test_one_officer_decides_nothing(petra: Guardian, mei: User) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    with pytest.raises(answering.SameOfficer):
        answering.decide(petra.report, "erased", by=ADA, second=ADA, account=mei.id)
    assert petra.report.state == "restricted"
    assert User.get_by_id(mei.id).email


def test_an_erasure_takes_the_account_and_gives_a_certificate(petra: Guardian, mei: User, outbox: list[Any]) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    assert answering.decide(petra.report, "erased", by=ADA, second=TOMAS, account=mei.id)
    jobs.run_due()
    jobs.run_sweeps(only_due=False)
    jobs.run_due()
    assert User.get_by_id(mei.id).email is None
    page = petra.sees()
    assert "Everything is gone" in page
    assert f"/receipts/{petra.report.certificate}" in page
    assert petra.browser.get(f"/receipts/{petra.report.certificate}").status_code == 200


def test_another_account_than_the_one_agreed_on_is_not_erased(petra: Guardian, mei: User, mallory: User) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    assert not answering.decide(petra.report, "erased", by=ADA, second=TOMAS, account=mallory.id)
    assert petra.report.state == "restricted"


def test_a_guardian_who_permits_is_kept_on_file(petra: Guardian, mei: User) -> None:
    petra.sends()
    answering.identify(petra.report, mei, ADA)
    assert answering.decide(petra.report, "permission", by=ADA, second=TOMAS, account=mei.id)
    assert OnFile.get().email == "petra@example.org"
    assert "You permit the account" in petra.sees()


def test_a_guardian_on_file_hears_once_of_the_end_of_a_service(petra: Guardian, mei: User, outbox: list[Any]) -> None:
    petra.sends()
    answering.identify(petra.report, mei, ADA)
    answering.decide(petra.report, "permission", by=ADA, second=TOMAS, account=mei.id)
    publishing.announce("end.md", "ZCode Cloud ends\n\nAll data of it will be deleted.", date(2027, 3, 1))
    jobs.run_due()
    jobs.start("guardians.announce", 1)
    jobs.run_due()
    assert len([mail for mail in outbox if mail.subject == "ZCode Cloud ends" and mail.to == ["petra@example.org"]]) == 1


def test_no_account_can_be_decided_only_while_none_is_paused(petra: Guardian, mei: User) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    assert not answering.decide(petra.report, "no_account", by=ADA, second=TOMAS)
    answering.lift(petra.report, ADA)
    assert answering.decide(petra.report, "no_account", by=ADA, second=TOMAS)
    assert "No account found" in petra.sees()


def test_withdrawing_and_deciding_at_once_has_one_winner(petra: Guardian, mei: User) -> None:
    petra.sends()
    answering.identify(petra.report, mei, ADA)
    one, other = petra.report, petra.report
    assert letters.withdraw(one)
    assert not answering.decide(other, "erased", by=ADA, second=TOMAS, account=mei.id)
    assert User.get_by_id(mei.id).email


def test_many_reports_about_one_account_are_shown_as_one_matter(petra: Guardian, mei: User) -> None:
    petra.sends()
    for number in range(70):
        Report.create(
            reference=f"GR-3333-3{number:03d}", link_hash=f"h{number}", state="received", account_email="Mei@example.com", email=f"{number}@example.net"
        )
    assert len(matching.others_about(petra.report)) == 50
    assert not restricted(mei)


def test_an_officer_does_not_decide_about_themselves(petra: Guardian, mei: User, mallory: User) -> None:
    petra.sends()
    assert answering.conflicts(petra.report, mei, mei.email)
    assert answering.conflicts(petra.report, None, "petra@example.org")
    assert not answering.conflicts(petra.report, mallory, mallory.email)


def test_a_question_that_is_not_answered_closes_the_report(petra: Guardian, mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    petra.sends()
    answering.write(petra.report, "Which account do you mean?", by=ADA, wants_answer=True)
    assert "We need an answer of yours" in petra.sees()
    later = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.run_sweeps(only_due=False)
    assert petra.report.state == "expired"


def test_an_answer_keeps_the_report_open(petra: Guardian, monkeypatch: pytest.MonkeyPatch) -> None:
    petra.sends()
    answering.write(petra.report, "Which account do you mean?", by=ADA, wants_answer=True)
    assert petra.browser.submit(petra.at("letters"), {"words": "The one of Jonas."}, page=petra.at()).status_code == 303
    later = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.run_sweeps(only_due=False)
    assert petra.report.state == "in_progress"


def test_a_copy_takes_two_officers_a_parent_and_a_code(petra: Guardian, mei: User) -> None:
    petra.sends()
    answering.identify(petra.report, mei, ADA)
    with pytest.raises(answering.SameOfficer):
        answering.grant_copy(petra.report, by=ADA, second=ADA)
    assert answering.grant_copy(petra.report, by=ADA, second=TOMAS)
    jobs.run_due()
    assert petra.browser.get(petra.at("copy/archive")).status_code == 303
    petra.browser.submit(petra.at("copy/code"), page=petra.at("copy"))
    assert petra.browser.submit(petra.at("copy"), {"code": petra.code()}).status_code == 303
    answer = petra.browser.get(petra.at("copy/archive"))
    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")


def test_who_only_has_the_link_gets_no_copy(petra: Guardian, mei: User, app: Flask) -> None:
    petra.sends()
    answering.identify(petra.report, mei, ADA)
    answering.grant_copy(petra.report, by=ADA, second=TOMAS)
    jobs.run_due()
    stranger: Any = app.test_client()
    assert stranger.get(petra.at("copy/archive")).location.endswith("/copy")
    assert "we ask for a code" in stranger.get(petra.at("copy")).text


def test_a_teacher_gets_no_copy(petra: Guardian, mei: User) -> None:
    petra.sends(relation="other")
    answering.identify(petra.report, mei, ADA)
    assert not answering.grant_copy(petra.report, by=ADA, second=TOMAS)
