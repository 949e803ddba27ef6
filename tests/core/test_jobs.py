"""Jobs: each effect takes place once, whatever dies or comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.core import clock, jobs
from privacy_center.core.db import database
from privacy_center.core.jobs import DONE, FAILED, RUNNING, Job, JobReceipt, LeaseLost, Work

DONE_SO_FAR: list[int] = []


@pytest.fixture(autouse=True)
def fresh(app: Flask) -> Iterator[None]:
    """Nothing was done before."""
    DONE_SO_FAR.clear()
    yield


@jobs.job("trial")
def trial(work: Work) -> None:
    """Note that the subject was done, once."""
    if not work.has_done("note"):
        with work.step("note"):
            DONE_SO_FAR.append(work.subject)


@jobs.job("slow trial")
def slow(work: Work) -> None:
    """Lose the lease in the middle of a step's effect."""
    with clock.at(clock.now() + 2 * jobs.LEASE):
        assert again(work.job).claim()
    with work.step("note"):
        DONE_SO_FAR.append(work.subject)


def again(job: Job) -> Job:
    """The job as its row says."""
    found: Job = Job.get_by_id(job.id)
    return found


def in_queue(app: Flask) -> int:
    """How many wake-up calls wait."""
    return int(app.extensions["queue"].pending_count())


def test_a_job_that_was_started_is_done_and_says_so(app: Flask) -> None:
    job = jobs.start("trial", 7)
    assert jobs.unfinished("trial", 7)

    jobs.run_due()

    assert DONE_SO_FAR == [7]
    assert again(job).state == DONE
    assert not jobs.unfinished("trial", 7)


def test_a_job_that_nobody_knows_cannot_be_started(app: Flask) -> None:
    with pytest.raises(LookupError, match="There is no job named nonsense"):
        jobs.start("nonsense", 1)


def test_a_decision_that_is_taken_back_leaves_neither_job_nor_wake_up_call(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), database.atomic():
        jobs.start("trial", 7)
        _ = 1 / 0

    assert Job.select().count() == 0
    assert in_queue(app) == 0


def test_waking_twice_does_the_job_once(app: Flask) -> None:
    job = jobs.start("trial", 7)

    jobs.perform(job.id)
    jobs.perform(job.id)

    assert DONE_SO_FAR == [7]


def test_a_wake_up_call_for_a_job_that_is_gone_is_nothing(app: Flask) -> None:
    jobs.perform(12345)

    assert DONE_SO_FAR == []


def test_a_job_whose_time_has_not_come_is_left_alone(app: Flask) -> None:
    job = jobs.start("trial", 7, after=timedelta(hours=1))
    jobs.perform(job.id)
    assert DONE_SO_FAR == []

    with clock.at(clock.now() + timedelta(hours=2)):
        jobs.run_due()

    assert DONE_SO_FAR == [7]


def test_a_living_lease_is_respected_and_a_dead_one_taken_over(app: Flask) -> None:
    job = jobs.start("trial", 7)
    assert again(job).claim()
    assert not again(job).claim()

    with clock.at(clock.now() + 2 * jobs.LEASE):
        assert again(job).claim()

    assert again(job).attempts == 2


def test_a_worker_that_lost_its_lease_writes_nothing_more(app: Flask) -> None:
    job = jobs.start("slow trial", 7)

    jobs.perform(job.id)

    assert DONE_SO_FAR == []
    assert JobReceipt.select().count() == 0
    assert again(job).state == RUNNING


def test_a_heartbeat_of_a_lost_lease_is_refused(app: Flask) -> None:
    job = jobs.start("trial", 7)
    first = again(job)
    first.claim()
    with clock.at(clock.now() + 2 * jobs.LEASE):
        again(job).claim()

    with pytest.raises(LeaseLost):
        Work(first).heartbeat()


def test_a_step_that_took_effect_is_not_done_again_after_a_crash(app: Flask) -> None:
    job = jobs.start("trial", 7)
    dying = again(job)
    dying.claim()
    trial(Work(dying))

    with clock.at(clock.now() + 2 * jobs.LEASE):
        jobs.run_due()

    assert DONE_SO_FAR == [7]
    assert again(job).state == DONE


def test_a_step_that_fails_takes_its_receipt_with_it(app: Flask) -> None:
    job = again(jobs.start("trial", 7))
    job.claim()

    with pytest.raises(ZeroDivisionError), Work(job).step("note"):
        _ = 1 / 0

    assert not Work(job).has_done("note")


def test_wiping_the_queue_loses_nothing(app: Flask) -> None:
    job = jobs.start("trial", 7)
    app.extensions["queue"].flush()

    with clock.at(clock.now() + 2 * jobs.WAKE_AGAIN_AFTER):
        assert jobs.wake_due() == 1
    take_wake_up_calls(app)

    assert again(job).state == DONE


def test_the_sweeper_does_not_wake_again_what_was_woken_a_moment_ago(app: Flask) -> None:
    jobs.start("trial", 7)

    assert jobs.wake_due() == 0
    assert in_queue(app) == 1


def test_old_jobs_are_forgotten_and_failed_ones_later(app: Flask) -> None:
    for state, days in ((DONE, 31), (DONE, 29), (FAILED, 31), (FAILED, 181)):
        Job.create(kind="trial", subject=days, state=state, ended_at=clock.ago(days=days))

    assert jobs.forget_old_jobs() == 2

    assert sorted(each.subject for each in Job.select()) == [29, 31]


def test_a_sweep_runs_when_its_time_has_come_and_not_before(app: Flask) -> None:
    assert "old jobs" in jobs.run_sweeps()
    assert "old jobs" not in jobs.run_sweeps()

    with clock.at(clock.now() + timedelta(hours=7)):
        assert "old jobs" in jobs.run_sweeps()


def take_wake_up_calls(app: Flask) -> None:
    """What a worker does with the queue, here and now."""
    queue: Any = app.extensions["queue"]
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
