"""An account that is reported is paused, told, heard; and nobody is harmed by it for good."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.consent.models import ConsentRecord
from privacy_center.core import db, jobs
from privacy_center.guardians import answering, letters
from privacy_center.guardians.models import Concern, Report
from tests.conftest import Visitor
from tests.guardians.conftest import Guardian

ADA, TOMAS = 1, 2


def restricted(user: User) -> bool:
    """Whether processing of the person's data is restricted."""
    newest = ConsentRecord.newest(user, "restriction")
    return newest is not None and newest.answer == "restrict"


def test_an_account_is_paused_and_its_person_told(petra: Guardian, mei: User, as_mei: Visitor, outbox: list[Any]) -> None:
    petra.sends()
    assert answering.restrict(petra.report, mei, ADA)
    jobs.run_due()
    assert restricted(mei)
    assert petra.report.state == "restricted"
    assert any(mail.to == ["mei@example.com"] and "paused" in mail.subject for mail in outbox)
    assert "Somebody told us that this account is a child’s" in as_mei.get("/").text.replace("&#39;", "’")


def test_who_reported_is_never_told(petra: Guardian, mei: User, as_mei: Visitor, outbox: list[Any]) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    jobs.run_due()
    said = as_mei.get(f"/account/reports/{Concern.get().id}").text + "".join(mail.body for mail in outbox if mail.to == ["mei@example.com"])
    for word in ("petra", "Petra", petra.report.reference):
        assert word not in said


def test_the_person_can_answer_and_change_the_answer(petra: Guardian, mei: User, as_mei: Visitor) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    page = f"/account/reports/{Concern.get().id}"
    assert as_mei.submit(page, {"answer": "grown", "answer_words": "I am 34."}).status_code == 303
    assert "We have your answer" in as_mei.get(page).text
    as_mei.submit(page, {"answer": "permission"})
    assert Concern.get().answer == "permission"


def test_the_person_alone_cannot_end_the_pause(petra: Guardian, mei: User, as_mei: Visitor) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    answer = as_mei.submit("/choices/restriction", {"answer": "lift"}, page="/choices")
    assert answer.status_code == 422
    assert "paused because of a report" in answer.text
    assert restricted(mei)


ENDINGS: dict[str, Callable[[Report, int], bool]] = {
    "lifting": lambda report, _account: answering.lift(report, ADA),
    "withdrawing": lambda report, _account: letters.withdraw(report),
    "deciding": lambda report, account: answering.decide(report, "not_a_child", by=ADA, second=TOMAS, account=account),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_pause_ends_with_its_reason(petra: Guardian, mei: User, ending: str) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    assert ENDINGS[ending](petra.report, mei.id)
    assert not restricted(mei)
    assert Concern.get().ended_at


def test_a_second_report_keeps_the_account_paused(petra: Guardian, mei: User) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    other = Report.create(reference="GR-4444-4444", link_hash="h", state="received", email="other@example.net")
    answering.restrict(other, mei, TOMAS)
    answering.lift(petra.report, ADA)
    assert restricted(mei)
    answering.lift(other, TOMAS)
    assert not restricted(mei)


def test_a_restriction_of_the_persons_own_stays(petra: Guardian, mei: User, as_mei: Visitor) -> None:
    as_mei.submit("/choices/restriction", {"answer": "restrict"}, page="/choices")
    petra.sends()
    answering.restrict(petra.report, mei, ADA)
    answering.lift(petra.report, ADA)
    assert restricted(mei)


def test_ten_officers_pause_an_account_once(petra: Guardian, mei: User, app: Flask) -> None:
    petra.sends()
    report, wins = petra.report, []

    def pause() -> None:
        with app.app_context():
            db.connect()
            wins.append(answering.restrict(Report.get_by_id(report.id), mei, ADA))
            db.database.close()

    threads = [threading.Thread(target=pause) for _each in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wins.count(True) == 1
    assert Concern.select().count() == 1
