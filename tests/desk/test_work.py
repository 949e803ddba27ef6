"""What did not work, the daily mail, and the numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, outbox
from privacy_center.core.jobs import Job
from privacy_center.core.outbox import Delivery
from privacy_center.desk import four_eyes
from privacy_center.desk import jobs as desk_jobs
from privacy_center.desk.models import Proposal, Staff
from privacy_center.desk.numbers import numbers, picture
from privacy_center.rights import answering, asking
from privacy_center.rights.models import Request
from privacy_center.settings import ConnectedSystem
from tests.conftest import Visitor
from tests.desk.conftest import Ask


def given_up(kind: str) -> Job:
    """A job that was given up."""
    return Job.create(kind=kind, subject=7, state="failed", attempts=8, ended_at=clock.now(), reason="OSError")


def test_a_job_that_was_given_up_is_begun_anew_once(as_ada: Visitor) -> None:
    job = given_up("erasure.purge")
    assert "erasure.purge" in as_ada.get("/desk/failures").text

    assert as_ada.submit(f"/desk/failures/jobs/{job.id}", page="/desk/failures").status_code == 303

    assert (Job.get_by_id(job.id).state, Job.get_by_id(job.id).attempts) == ("waiting", 0)
    assert as_ada.submit(f"/desk/failures/jobs/{job.id}", page="/desk/failures").status_code == 404


def test_what_can_not_be_done_again_says_so(as_ada: Visitor) -> None:
    job = given_up("exports.build")

    assert "can ask for a new copy" in as_ada.get("/desk/failures").text
    assert as_ada.submit(f"/desk/failures/jobs/{job.id}", page="/desk/failures").status_code == 404


def test_an_order_that_was_not_taken_is_begun_anew(as_ada: Visitor, mei: User) -> None:
    outbox.set_systems([ConnectedSystem("Training", "https://training.example/orders", "k" * 32)])
    outbox.write(outbox.CONSENT, person=mei.id, identity=mei.subject, scope={"purpose": "training"}, about="consent:training")
    outbox.set_systems([])
    Delivery.update(state="failed", failed_at=clock.now(), attempts=40, trouble="answered 503").execute()
    page = as_ada.get("/desk/failures").text
    assert "It answered 503." in page and mei.subject not in page

    assert as_ada.submit(f"/desk/failures/orders/{Delivery.get().id}", page="/desk/failures").status_code == 303

    assert Delivery.get().state == "waiting"


def test_an_auditor_sees_what_failed_and_has_no_button(as_ruth: Visitor) -> None:
    given_up("erasure.purge")

    page = as_ruth.get("/desk/failures").text

    assert "erasure.purge" in page and "Begin anew" not in page


def test_officers_are_mailed_once_a_day_what_is_due(app: Flask, outbox: list[Any], ada: Staff, ruth: Staff, correction: Request) -> None:
    Request.update(due_at=clock.ago(hours=1)).execute()
    Job.delete().execute()

    assert jobs.run_sweeps(only_due=False)["what is due at the desk"] == 1
    jobs.run_due()

    mail = next(each for each in outbox if each.to == ["ada@example.com"])
    assert mail.subject == "What is due at the privacy desk"
    assert "1 request is past its date." in mail.body and "http://127.0.0.1:8000/desk" in mail.body
    assert correction.reference not in mail.body
    assert [each.to for each in outbox if each.to == ["ruth@example.com"]] == []


def test_who_has_nothing_due_gets_no_mail(app: Flask, ada: Staff) -> None:
    assert desk_jobs.tell_officers() == 0


def test_an_officers_own_request_is_not_in_their_mail(app: Flask, ada: Staff, ask: Ask) -> None:
    ask(user=ada.user)
    Request.update(due_at=clock.ago(hours=1)).execute()

    assert not desk_jobs.is_due(ada).anything


def test_proposals_whose_request_is_over_are_let_go(ada: Staff, correction: Request, mei: User) -> None:
    four_eyes.propose("request", correction.id, {"words": "secret"}, ada, person=mei.id)
    assert desk_jobs.let_go() == 0
    asking.withdraw(Request.get_by_id(correction.id), by=f"user:{mei.id}")

    assert desk_jobs.let_go() == 1

    assert (Proposal.get().state, Proposal.get().what) == ("lapsed", None)


def test_the_numbers_count_what_came_and_what_was_answered(app: Flask, ada: Staff, ask: Ask) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        old, late = ask("complaint"), ask("complaint")
        ask("complaint", email="never@example.org")
    Request.update(due_at=clock.ago(days=9)).where(Request.id == late.id).execute()
    Request.update(due_at=clock.now() + timedelta(days=9)).where(Request.id == old.id).execute()
    for each in (old, late):
        answering.refuse(Request.get_by_id(each.id), by=ada.id, reason="not_ours", words="No.")
    ask("output")

    counted = numbers()

    whole = counted.whole
    assert (whole.received, whole.answered, whole.median_days, whole.late, counted.open) == (3, 2, 40, 1, 1)
    assert counted.by_right["complaint"].received == 2
    assert max(bar.height for bar in picture(counted.months).bars) == 100


def test_the_page_of_numbers_says_them_in_a_table_too(as_ada: Visitor, correction: Request) -> None:
    page = as_ada.get("/desk/numbers").text

    assert '<svg class="plot" aria-hidden="true">' in page and '<th scope="row">Have data corrected</th>' in page
    assert as_ada.get("/desk/numbers.csv").text.splitlines()[-1].split(",")[1] == "1"
