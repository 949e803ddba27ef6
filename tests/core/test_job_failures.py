"""Jobs that fail: tried again, given up in the end, and never silent about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from privacy_center.core import clock, jobs
from privacy_center.core.jobs import FAILED, WAITING, Job, JobFailed, Work
from tests.core.test_jobs import again

TOLD: list[tuple[int, str]] = []


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Nobody was told anything before."""
    TOLD.clear()


@jobs.job("hopeless trial", attempts=2, gave_up=lambda subject, reason: TOLD.append((subject, reason)))
def hopeless(work: Work) -> None:
    """Fail in words of ours."""
    raise JobFailed("The mail server refuses the address.")


@jobs.job("broken trial", attempts=1)
def broken(work: Work) -> None:
    """Fail in words of somebody else's, which may name a person."""
    raise ValueError("cannot parse mei@example.com")


def test_a_job_that_fails_is_tried_again_later(app: Flask) -> None:
    job = jobs.start("hopeless trial", 7)

    jobs.perform(job.id)

    waiting = again(job)
    assert (waiting.state, waiting.attempts, waiting.token) == (WAITING, 1, None)
    assert waiting.run_after > clock.now()


def test_a_job_that_gives_up_says_why_to_whoever_waits_for_it(app: Flask) -> None:
    job = jobs.start("hopeless trial", 7)
    for hours in (0, 1):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.perform(job.id)

    assert (again(job).state, again(job).reason) == (FAILED, "The mail server refuses the address.")
    assert TOLD == [(7, "The mail server refuses the address.")]


def test_words_of_an_exception_that_may_name_a_person_are_not_kept(app: Flask) -> None:
    job = jobs.start("broken trial", 7)

    jobs.perform(job.id)

    assert (again(job).state, again(job).reason) == (FAILED, "ValueError")


def test_a_job_that_kills_its_worker_every_time_is_given_up(app: Flask) -> None:
    job = jobs.start("hopeless trial", 7)
    for hours in range(3):
        with clock.at(clock.now() + timedelta(hours=hours)):
            again(job).claim()

    with clock.at(clock.now() + timedelta(hours=9)):
        jobs.run_due()

    assert again(job).state == FAILED
    assert TOLD == [(7, "It was begun too often without coming to an end.")]


def test_a_job_whose_code_is_gone_says_so(app: Flask) -> None:
    job = Job.create(kind="of another edition", subject=1)

    jobs.perform(job.id)

    assert (again(job).state, again(job).reason) == (FAILED, "No code for this kind of job is installed.")


@jobs.job("killed trial", attempts=2)
def killed(work: Work) -> None:
    """Do a piece, and fail before the next."""
    with work.chunk():
        Job.update(subject=work.subject).where(Job.id == work.job.id).execute()
    raise ValueError


def test_a_job_that_gets_somewhere_each_time_is_not_given_up(app: Flask) -> None:
    job = jobs.start("killed trial", 7)
    for hours in range(5):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.perform(job.id)

    assert (again(job).state, again(job).attempts) == (WAITING, 1)
