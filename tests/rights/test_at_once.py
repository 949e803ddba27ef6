"""What a machine carries out at once: by the room that owns it, once, no further than the moment it was asked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import current_app

from privacy_center.accounts.models import User
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.recording import record
from privacy_center.core import clock, jobs
from privacy_center.erasure.erased import Erasure
from privacy_center.exports import asking as exports
from privacy_center.exports.models import Export
from privacy_center.rights import at_once, following
from privacy_center.rights.jobs import go_on
from privacy_center.rights.models import Request
from privacy_center.telemetry.models import UsageEvent
from tests.conftest import BASE_URL
from tests.know.rows import filled
from tests.rights.making import again, ask, ask_without_account, steps


def work() -> None:
    """Let the workers do what is due now and in the next hour."""
    jobs.run_due()
    with clock.at(clock.now() + timedelta(hours=1)):
        jobs.run_due()


def result(request: Request) -> following.Result:
    """What the request's page would lead to."""
    with current_app.test_request_context(base_url=BASE_URL):
        found = following.result(again(request))
    assert found
    return found


@pytest.mark.usefixtures("outbox")
def test_what_we_hold_is_there_at_once(mei: User) -> None:
    request = ask(mei, "know")

    assert (again(request).state, again(request).decision, steps(request)) == ("fulfilled", "granted", ["received", "begun", "fulfilled"])
    assert result(request) == following.Result("What we hold about you", "/know")


@pytest.mark.parametrize("right", ["access", "portability"])
def test_a_copy_is_made_and_closes_the_request(mei: User, outbox: list[Any], right: str) -> None:
    request = ask(mei, right)
    assert again(request).state == "in_progress" and again(request).next_actor == "machine"
    work()

    copy = Export.get()
    assert (again(request).state, copy.state, copy.made_for, copy.until) == ("fulfilled", "ready", "request", request.received_at)
    assert result(request).href == f"/requests/{request.reference}/copy"
    assert [mail.subject.split(" RQ")[0] for mail in outbox] == ["We have your request", "Your request"]


@pytest.mark.usefixtures("outbox")
def test_a_copy_that_fails_is_taken_over_by_an_officer_and_may_be_begun_again(mei: User) -> None:
    request = ask(mei, "access")
    exports.cancel(Export.get())
    work()
    assert (again(request).state, again(request).next_actor, steps(request)[-1]) == ("open", "us", "failed")

    assert at_once.begin(again(request), by="staff:7")
    work()
    assert again(request).state == "fulfilled" and Export.select().count() == 2


@pytest.mark.parametrize(("right", "purpose", "answer"), [("objection", "improvement", "object"), ("withdrawal", "marketing", "withdraw")])
def test_a_purpose_is_stopped_at_once(mei: User, right: str, purpose: str, answer: str) -> None:
    request = ask(mei, right, wants={"purposes": [purpose]})

    assert again(request).state == "fulfilled"
    assert (ConsentRecord.newest(mei, purpose).answer, ConsentRecord.newest(mei, purpose).how) == (answer, "By a request")


def test_an_answer_that_the_person_gave_later_stays(mei: User) -> None:
    request = ask(mei, "withdrawal")  # without saying which, so an officer has to ask
    assert again(request).state == "open"
    request.wants = {"purposes": ["marketing"]}
    record(mei, "marketing", "agree", method="choices", language="en")

    assert at_once.begin(request, by="staff:7")
    assert ConsentRecord.newest(mei, "marketing").answer == "agree"


def test_what_no_purpose_rests_on_goes_to_an_officer(mei: User) -> None:
    for purposes in ([], ["marketing"], ["nonsense"]):  # marketing rests on consent: there is nothing to object to
        request = ask(mei, "objection", wants={"purposes": purposes})
        assert (again(request).state, again(request).executed_at, steps(request)) == ("open", None, ["received"])


@pytest.mark.usefixtures("outbox")
def test_a_deletion_waits_for_a_confirmation_and_removes_nothing_that_came_later(mei: User) -> None:
    filled(UsageEvent, mei, 1, occurred_at=clock.ago(days=2))
    unconfirmed = ask(mei, "deletion", wants={"kinds": ["usage_event"]})
    assert again(unconfirmed).state == "open" and not Erasure.select().count()

    request = ask(mei, "deletion", wants={"kinds": ["usage_event"]}, confirmed=True)
    later = filled(UsageEvent, mei, 2, occurred_at=clock.now() + timedelta(seconds=5))
    work()
    assert again(request).state == "fulfilled" and result(request).href.startswith("/receipts/ER-")
    assert [each.id for each in UsageEvent.select()] == [later.id]


@pytest.mark.usefixtures("outbox")
def test_after_everything_is_erased_the_bare_request_is_left_and_says_that_it_was_answered(mei: User) -> None:
    request = ask(mei, "deletion", words="My secret reason", confirmed=True)
    work()

    left = again(request)
    assert (left.state, left.user_id, left.email, left.decision_words) == ("fulfilled", None, None, None)
    assert list(left.letters) == [] and steps(left) == ["fulfilled"]


def test_nothing_is_carried_out_twice(mei: User) -> None:
    request = ask(mei, "access")

    assert not at_once.begin(again(request), by=f"user:{mei.id}")
    assert not at_once.begin(request, by="staff:7")
    assert Export.select().count() == 1


def test_nothing_is_done_at_once_for_somebody_without_an_account(app: Any) -> None:
    request = ask_without_account("mei@example.com", "access")

    assert not at_once.begin(request, by="visitor")
    assert not Export.select().count()


def test_what_was_begun_and_whose_job_is_lost_is_followed_again(mei: User, outbox: list[Any]) -> None:
    request = ask(mei, "access")
    jobs.Job.delete().where(jobs.Job.kind == following.FOLLOW).execute()
    jobs.run_due()
    assert go_on() == 1
    work()

    assert again(request).state == "fulfilled" and go_on() == 0
