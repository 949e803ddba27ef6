"""What the desk does: one transaction of state, timeline, letter, audit entry and mail; and who comes too late is told so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.audit import AuditEntry
from privacy_center.rights import answering, asking
from privacy_center.rights.answering import NotAllowed
from privacy_center.rights.homes import Home
from privacy_center.rights.letters import correspondence
from privacy_center.rights.models import Request
from tests.rights.making import COLLEAGUE, OFFICER, again, ask, ask_without_account, rewrite, steps

WORDS = "We have looked into it."


def acts(user: User) -> list[tuple[str, str]]:
    return [(entry.action, entry.actor) for entry in AuditEntry.select().where(AuditEntry.person == user.id).order_by(AuditEntry.id)]


def test_a_granted_request_says_so_everywhere(mei: User, outbox: list[Any]) -> None:
    request = ask(mei)
    assert answering.fulfil(request, by=OFFICER, words=WORDS)
    jobs.run_due()

    done = again(request)
    assert (done.state, done.decision, done.decision_words) == ("fulfilled", "granted", WORDS)
    assert done.answered_at and done.ended_at and done.next_actor is None
    assert steps(request)[:2] == ["received", "fulfilled"]
    assert [letter.words for letter in correspondence(request)] == ["Please look into it.", WORDS]
    assert acts(mei) == [("request made", f"user:{mei.id}"), ("request fulfilled", "staff:7")]
    assert [mail.subject for mail in outbox] == [f"Your request {request.reference} is answered"]


def test_a_refusal_names_a_reason_and_explains_it(mei: User) -> None:
    request = ask(mei)
    for reason, words in (("because", WORDS), ("excessive", "  ")):
        with pytest.raises(NotAllowed):
            answering.refuse(request, by=OFFICER, reason=reason, words=words)
    assert answering.refuse(request, by=OFFICER, reason="law_keeps", words=WORDS)

    assert (again(request).state, again(request).decision_reason) == ("denied", "law_keeps")


def test_a_part_that_is_not_granted_has_its_reason(mei: User) -> None:
    request = ask(mei)
    assert answering.fulfil(request, by=OFFICER, words=WORDS, partly_because="others")

    assert (again(request).decision, again(request).decision_reason, steps(request)[-1]) == ("partly", "others", "partly")


def test_who_decides_by_an_old_page_changes_nothing(mei: User) -> None:
    request = ask(mei)
    seen = request.revision
    assert asking.write(again(request), "It has become urgent.", by=f"user:{mei.id}")

    assert not answering.refuse(again(request), by=OFFICER, reason="excessive", words=WORDS, seen=seen)
    assert not answering.fulfil(request, by=OFFICER, words=WORDS)
    assert again(request).state == "open"
    assert len(correspondence(request)) == 2


def test_a_withdrawal_beats_an_answer_that_comes_later_and_the_other_way_round(mei: User) -> None:
    first, second = ask(mei), ask(mei)
    assert asking.withdraw(again(first), by=f"user:{mei.id}") and not answering.fulfil(first, by=OFFICER, words=WORDS)
    assert answering.fulfil(again(second), by=OFFICER, words=WORDS) and not asking.withdraw(second, by=f"user:{mei.id}")

    assert (again(first).state, again(second).state) == ("withdrawn", "fulfilled")


def test_what_we_ask_for_is_answered_and_the_work_goes_on(mei: User, outbox: list[Any]) -> None:
    request = ask(mei)
    assert answering.ask_for_more(request, by=OFFICER, words="Which answer do you mean?")
    assert again(request).next_actor == "person"
    jobs.run_due()
    assert asking.write(again(request), "The one of Monday.", by=f"user:{mei.id}")

    assert again(request).state == "in_progress" and again(request).answer_by is None
    assert f"We need something from you for your request {request.reference}" in [mail.subject for mail in outbox]
    assert all("Monday" not in mail.body and "/requests/" in mail.body for mail in outbox)


def test_an_answer_is_put_off_once_with_a_reason_of_the_law_and_no_longer_than_it_allows(mei: User) -> None:
    request = ask(mei)
    latest = answering.latest_extension(request)
    assert latest
    with pytest.raises(NotAllowed, match="date"):
        answering.extend(request, by=OFFICER, until=request.on(latest) + timedelta(days=1), reason="complex", words=WORDS)
    with pytest.raises(NotAllowed, match="reason"):
        answering.extend(request, by=OFFICER, until=request.on(latest), reason="format", words=WORDS)
    assert answering.extend(request, by=OFFICER, until=request.on(latest), reason="complex", words=WORDS)

    assert again(request).promised == latest and steps(request)[-1] == "extended"
    with pytest.raises(NotAllowed, match="no extension"):
        answering.extend(again(request), by=OFFICER, until=request.on(latest), reason="complex", words=WORDS)


def test_nothing_is_put_off_after_the_date_or_where_the_law_knows_no_extension(mei: User) -> None:
    late, brazilian = ask(mei), ask(mei, home=Home("BR"))

    assert answering.latest_extension(brazilian) is None and answering.reasons_to_extend(brazilian) == []
    with clock.at(late.due_at + timedelta(seconds=1)), pytest.raises(NotAllowed):
        answering.extend(late, by=OFFICER, until=date(2027, 1, 10), reason="complex", words=WORDS)


def test_the_officer_who_takes_a_request_up_begins_it(mei: User) -> None:
    request = ask(mei)
    assert answering.assign(request, by=OFFICER, to=OFFICER) and again(request).state == "in_progress"
    assert answering.assign(again(request), by=OFFICER, to=COLLEAGUE) and again(request).assigned_to == COLLEAGUE
    assert answering.assign(again(request), by=COLLEAGUE, to=None) and again(request).assigned_to is None

    assert steps(request) == ["received", "assigned"]


def test_nothing_can_be_done_with_a_request_that_nobody_verified(app: Any) -> None:
    request = ask_without_account()
    assert not answering.fulfil(request, by=OFFICER, words=WORDS)
    assert not answering.refuse(request, by=OFFICER, reason="not_held", words=WORDS)
    assert not answering.ask_for_more(request, by=OFFICER, words=WORDS)
    assert not answering.assign(request, by=OFFICER, to=OFFICER)

    assert again(request).state == "needs_verification"


def test_after_a_decision_the_person_can_object_and_is_answered(mei: User) -> None:
    request = ask(mei)
    assert answering.refuse(request, by=OFFICER, reason="is_correct", words=WORDS)
    assert asking.write(again(request), "I object: it is not correct.", by=f"user:{mei.id}")
    assert answering.write_letter(again(request), by=OFFICER, words="We will look again.")

    assert again(request).state == "denied" and [letter.direction for letter in correspondence(request)][-2:] == ["from_person", "from_us"]


def test_a_late_request_is_known_as_late(mei: User) -> None:
    request = rewrite(ask(mei), due_at=clock.ago(days=1))

    assert request.is_late and Request.select().where(Request.late()).count() == 1
    assert not rewrite(request, extended_until=clock.now() + timedelta(days=2)).is_late
    assert Request.select().where(Request.late()).count() == 0
