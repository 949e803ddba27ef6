"""Two at once: officers, the person and an officer, workers, references; one wins, the other is told."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import audit, jobs
from privacy_center.core.audit import AuditEntry
from privacy_center.exports.models import Export
from privacy_center.rights import answering, asking, at_once, following
from privacy_center.rights.letters import correspondence
from privacy_center.rights.models import Request
from privacy_center.rights.words import FULFILLED
from tests.rights.making import COLLEAGUE, GERMANY, OFFICER, again, ask, ask_without_account, steps
from tests.together import at_once as together

DECISIONS = ("fulfilled", "partly", "denied", "withdrawn")


def decided(request: Request) -> list[str]:
    return [step for step in steps(request) if step in DECISIONS]


def test_of_two_officers_who_decide_at_once_one_wins(mei: User) -> None:
    for _each in range(5):
        request = ask(mei)
        answers = together(
            lambda request=request: answering.fulfil(again(request), by=OFFICER, words="Granted."),
            lambda request=request: answering.refuse(again(request), by=COLLEAGUE, reason="excessive", words="Refused."),
        )
        assert sorted(answers) == [False, True]
        assert len(decided(request)) == 1 and len(correspondence(request)) == 2
        assert again(request).decision_words == ("Granted." if again(request).state == FULFILLED else "Refused.")
    assert audit.verify()[1] is None


def test_a_withdrawal_and_an_answer_at_once_leave_one_of_them(mei: User) -> None:
    for _each in range(5):
        request = ask(mei)
        answers = together(
            lambda request=request: asking.withdraw(again(request), by=f"user:{mei.id}"),
            lambda request=request: answering.fulfil(again(request), by=OFFICER, words="Granted."),
        )
        assert sorted(answers) == [False, True] and len(decided(request)) == 1


@pytest.mark.usefixtures("outbox")
def test_what_is_begun_by_several_at_once_is_carried_out_once(mei: User) -> None:
    request = ask(mei, "deletion")
    Request.update(right="access").where(Request.id == request.id).execute()
    answers = together(*[lambda: at_once.begin(again(request), by="staff:7")] * 4)

    assert sorted(answers) == [False, False, False, True]
    assert Export.select().count() == 1 and steps(request).count("begun") == 1


@pytest.mark.usefixtures("outbox")
def test_a_withdrawal_while_an_officer_begins_carries_out_nothing_or_comes_too_late(mei: User) -> None:
    for _each in range(5):
        request, before = ask(mei, "deletion"), Export.select().count()
        Request.update(right="access").where(Request.id == request.id).execute()
        answers = together(
            lambda request=request: asking.withdraw(again(request), by=f"user:{mei.id}"), lambda request=request: at_once.begin(again(request), by="staff:7")
        )
        assert sorted(answers) == [False, True]
        assert Export.select().count() - before == (1 if again(request).executed_at else 0)


def test_a_code_that_is_right_twice_opens_a_request_once(mei: User) -> None:
    request = ask_without_account()
    answers = together(*[lambda: asking.verified(again(request))] * 3)

    assert sorted(answers) == [False, False, True]
    assert jobs.Job.select().where(jobs.Job.kind == "rights.mail_received").count() == 1


def test_many_requests_at_once_have_references_of_their_own(mei: User) -> None:
    made: list[Any] = together(*[lambda: asking.ask("complaint", user=User.get_by_id(mei.id), home=GERMANY, language="en", words="x")] * 6)

    assert len({request.reference for request in made}) == 6
    assert AuditEntry.select().where(AuditEntry.action == "request made").count() == 6
    assert audit.verify()[1] is None


def test_two_who_follow_at_once_close_a_request_once(mei: User, outbox: list[Any]) -> None:
    request = ask(mei, "access")
    Export.update(state="ready", ready_at=request.received_at).execute()
    together(*[lambda: following.follow(again(request))] * 3)

    assert decided(request) == ["fulfilled"]
    assert jobs.Job.select().where(jobs.Job.kind == "rights.mail_answered").count() == 1
