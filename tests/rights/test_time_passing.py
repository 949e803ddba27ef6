"""What happens by itself: mails, reminders, requests that nobody verifies or answers, dates that pass, accounts that go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, storage
from privacy_center.core.uploads import Taken
from privacy_center.rights import answering, asking, letters
from privacy_center.rights.jobs import close_ownerless, close_unverified, note_late, remind_and_close, remove_unknown
from privacy_center.rights.models import Attachment, Letter, Request
from tests.rights.making import OFFICER, again, ask, ask_without_account, rewrite, steps

NOTE = Taken("note.txt", "text/plain", b"a note", "0" * 64)


def days(number: float) -> Any:
    return clock.at(clock.now() + timedelta(days=number))


def subjects(outbox: list[Any], request: Request) -> list[str]:
    return [mail.subject.replace(request.reference, "RQ") for mail in outbox]


def test_receipt_is_confirmed_at_once_and_the_mail_leads_to_the_page(mei: User, outbox: list[Any]) -> None:
    request = ask(mei, words="My neighbour’s secret")
    jobs.run_due()

    assert subjects(outbox, request) == ["We have your request RQ"]
    assert f"http://127.0.0.1:8000/requests/{request.reference}\n" in outbox[0].body and "secret" not in outbox[0].body
    assert again(request).acknowledged_at and again(request).revision == 0 and steps(request) == ["received", "acknowledged"]


def test_a_mail_comes_in_the_language_of_the_request_and_once(mei: User, outbox: list[Any]) -> None:
    request = ask(mei, language="zh-Hans")
    jobs.run_due()
    for each in jobs.Job.select().where(jobs.Job.kind == "rights.mail_received"):
        jobs.Job.update(state="waiting", attempts=0).where(jobs.Job.id == each.id).execute()
    jobs.run_due()

    assert len(outbox) == 1 and request.reference in outbox[0].subject


def test_somebody_without_an_address_has_receipt_confirmed_on_the_page(app: Any, outbox: list[Any]) -> None:
    request = ask(User.open("https://z.example", "zai-olga"))
    jobs.run_due()

    assert outbox == [] and again(request).acknowledged_at == request.received_at


def test_the_mail_of_a_request_without_an_account_carries_the_same_secret_link_each_time(outbox: list[Any]) -> None:
    request = ask_without_account()
    jobs.run_due()
    assert outbox == []  # nobody is mailed about it before the address is proved, but by the code

    asking.verified(request)
    answering.write_letter(again(request), by=OFFICER, words="Soon.")
    jobs.run_due()
    links = {line for mail in outbox for line in mail.body.splitlines() if "/requests/" in line}
    assert len(outbox) == 2 and len(links) == 1 and request.reference not in links.pop()


def test_after_our_key_has_changed_for_good_the_next_mail_brings_a_link_that_opens(outbox: list[Any]) -> None:
    request = rewrite(ask_without_account(), link_hash="made with a key that is gone")
    asking.verified(request)
    jobs.run_due()

    token = outbox[0].body.partition("/requests/")[2].split()[0]
    assert Request.by_link(token) == request


def test_whoever_does_not_answer_us_is_reminded_once_and_the_request_closed_after_thirty_days(mei: User, outbox: list[Any]) -> None:
    request = ask(mei)
    answering.ask_for_more(request, by=OFFICER, words="Which?")
    for day in (14, 16, 17):
        with days(day):
            assert remind_and_close() == 0
    with days(31):
        assert remind_and_close() == 1
        jobs.run_due()

    assert again(request).state == "expired" and steps(request).count("reminded") == 1
    assert subjects(outbox, request)[-1] == "Your request RQ was closed"


def test_a_request_that_nobody_verifies_is_closed_after_a_week_and_what_it_said_is_forgotten(app: Any, outbox: list[Any]) -> None:
    request = ask_without_account(wants={"fields": {"name": "Ada"}}, files=letters.seal([NOTE]))
    with days(6.9):
        assert close_unverified() == 0
    with days(7.1):
        assert close_unverified() == 1
        jobs.run_due()

    closed = again(request)
    assert (closed.state, closed.email, closed.wants, Letter.select().count(), Attachment.select().count()) == ("expired", None, None, 0, 0)
    assert outbox == [] and [key for page in storage.listed(letters.FOLDER) for key, _at in page] == []


def test_a_date_that_passes_is_noted_once_and_the_person_told_of_the_authority(mei: User, outbox: list[Any]) -> None:
    request = ask(mei)
    with days(32):
        assert (note_late(), note_late()) == (1, 0)
        jobs.run_due()

    assert again(request).overdue_at and steps(request).count("overdue") == 1
    assert "We are late with your request RQ" in subjects(outbox, request) and "authority" in outbox[-1].body


def test_an_answer_that_was_put_off_is_late_only_after_the_later_date(mei: User) -> None:
    request = ask(mei)
    latest = answering.latest_extension(request)
    assert latest and answering.extend(request, by=OFFICER, until=request.on(latest), reason="complex", words="It is complex.")
    with days(32):
        assert note_late() == 0
    with clock.at(latest + timedelta(seconds=1)):
        assert note_late() == 1


def test_requests_of_an_account_that_is_gone_are_closed(mei: User) -> None:
    request = rewrite(ask(mei), user=None)
    other = ask_without_account()

    assert close_ownerless() == 1 and again(request).state == "withdrawn" and again(other).state == "needs_verification"


def test_files_that_no_letter_names_are_removed_after_a_day(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(mei, files=letters.seal([NOTE]))
    letters.seal([NOTE])
    with days(0.5):
        assert remove_unknown() == 0
    with days(1.5):
        assert remove_unknown() == 1

    assert [key for page in storage.listed(letters.FOLDER) for key, _at in page] == [Attachment.get().storage_key]
