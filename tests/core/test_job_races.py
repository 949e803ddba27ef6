"""Many workers at once, and workers that are killed: every job comes to its end, every effect takes place once."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from privacy_center.core import jobs
from privacy_center.core.audit import AuditEntry
from privacy_center.core.jobs import DONE, Job
from tests.core import trial_jobs
from tests.together import at_once

ROOT = Path(__file__).parents[2]
JOBS = 30
PATIENCE = 40.0  # seconds


def test_of_eight_workers_one_gets_the_job(app: Flask) -> None:
    job = jobs.start("trial of steps", 1)

    answers = at_once(*[lambda: Job.get_by_id(job.id).claim()] * 8)

    assert sorted(answers) == [False] * 7 + [True]


def test_a_recurring_sweep_is_run_by_one_worker(app: Flask) -> None:
    def sweep() -> dict[str, int]:
        with app.app_context():  # as in the worker
            return jobs.run_sweeps()

    ran = at_once(*[sweep] * 4)

    assert sum("old jobs" in each for each in ran) == 1


@pytest.mark.slow
def test_a_worker_killed_again_and_again_leaves_nothing_undone_and_nothing_done_twice(app: Flask, built: Any) -> None:
    for number in range(JOBS):
        jobs.start("trial of steps", number)

    for seconds in (0.35, 0.5, 0.4):
        with worker(built[1]) as doomed:
            wait_for_progress()
            time.sleep(seconds)
            doomed.kill()
    with worker(built[1]) as last:
        wait_for(all_done)
        last.send_signal(signal.SIGTERM)
        last.wait(timeout=30)

    done = [entry.subject for entry in AuditEntry.select().where(AuditEntry.action == "trial.step")]
    assert sorted(done) == sorted(f"{number}:{step}" for number in range(JOBS) for step in range(trial_jobs.STEPS))


@pytest.mark.slow
def test_a_worker_that_is_told_to_stop_ends_its_job_first(app: Flask, built: Any) -> None:
    job = jobs.start("trial of steps", 1)

    with worker(built[1]) as told:
        wait_for_progress()
        told.send_signal(signal.SIGTERM)
        assert told.wait(timeout=30) == 0

    assert Job.get_by_id(job.id).state == DONE


@contextlib.contextmanager
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker in a process of its own, ended at the latest with the block."""
    process = subprocess.Popen([sys.executable, "-m", "tests.core.trial_jobs"], cwd=ROOT, env={**os.environ, **environment})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def all_done() -> bool:
    """Whether every job is done."""
    return bool(Job.select().where((Job.state == DONE) & Job.kind.startswith("trial")).count() == JOBS)


def wait_for_progress() -> None:
    """Wait until a step more was taken than before, if one is left."""
    before = AuditEntry.select().count()
    wait_for(lambda: all_done() or AuditEntry.select().count() > before)


def wait_for(condition: Callable[[], Any]) -> None:
    """Wait until it is so, or fail."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
