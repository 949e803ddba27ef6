"""Work that outlives a request: the job row is the truth, the queue only a wake-up call.

A row is written in the transaction of the decision it serves. A worker claims it by a conditional update (lease and
fencing token), each step leaves a receipt in the transaction of its effect, and a sweeper wakes what nobody works on. So
killing any process, wiping the queue or running two workers ends in the same state.
"""

from __future__ import annotations

import contextlib
import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from huey.contrib.sql_huey import SqlHuey, SqlStorage
from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.core import clock, tokens
from privacy_center.core.db import Moment, Record, connect, database

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
WAKE_AGAIN_AFTER = timedelta(seconds=60)
LONGEST_WAIT = timedelta(hours=6)

WORKER_LIVES = "sign of life of a worker"

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


class JobFailed(Exception):
    """A job can't go on; its text is a sentence that a person may read."""


class LeaseLost(Exception):
    """Another worker has taken this job over; whoever holds this must stop without writing."""


class Job(Record):
    """One piece of work: what is to be done, for which row, and how far it is."""

    kind = CharField(max_length=80)
    subject = BigIntegerField()
    state = CharField(max_length=10, default=WAITING)
    attempts = IntegerField(default=0)
    token = CharField(max_length=64, null=True)
    leased_until = Moment(null=True)
    run_after = Moment(default=clock.now)
    woken_at = Moment(null=True)
    created_at = Moment(default=clock.now)
    ended_at = Moment(null=True)
    reason = TextField(null=True)

    class Meta:
        indexes = ((("state", "run_after"), False), (("kind", "subject"), False))

    def claim(self) -> bool:
        """Take this job for a lease; False if another worker has it or it is over."""
        now, token = clock.now(), tokens.new_token()
        free = (Job.state == WAITING) & (Job.run_after <= now) | (Job.state == RUNNING) & (Job.leased_until < now)
        taken = Job.update(state=RUNNING, token=token, leased_until=now + LEASE, attempts=Job.attempts + 1).where((Job.id == self.id) & free)
        if taken.execute() != 1:
            return False
        self.state, self.token, self.attempts = RUNNING, token, self.attempts + 1
        return True

    def end(self, state: str, *, reason: str | None = None, again_in: timedelta | None = None) -> None:
        """Leave RUNNING for *state*, if the lease is still ours."""
        now = clock.now()
        Job.update(
            state=state,
            reason=reason,
            token=None,
            leased_until=None,
            woken_at=None,
            run_after=now + again_in if again_in else Job.run_after,
            ended_at=now if state in (DONE, FAILED) else None,
        ).where((Job.id == self.id) & (Job.token == self.token)).execute()

    @classmethod
    def due(cls) -> Any:
        """Jobs that nobody works on and whose time has come, oldest first."""
        now = clock.now()
        waits = (cls.state == WAITING) & (cls.run_after <= now)
        dead = (cls.state == RUNNING) & (cls.leased_until < now)
        return cls.select().where(waits | dead).order_by(cls.id)


class JobReceipt(Record):
    """A step of a job that has taken effect; it is never done again."""

    job = ForeignKeyField(Job, backref="receipts", on_delete="CASCADE", index=False)
    step = CharField(max_length=120)
    at = Moment(default=clock.now)

    class Meta:
        indexes = ((("job", "step"), True),)


class Sweep(Record):
    """When a recurring sweep last ran, so that two workers don't run it twice and a missed one is caught up."""

    name = CharField(max_length=80, unique=True)
    last_run = Moment()


class Work:
    """What a job's function gets: its subject, and steps that are done once."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.subject: int = job.subject

    def has_done(self, step: str) -> bool:
        """Whether *step* has taken effect, in this attempt or an earlier one."""
        return bool(JobReceipt.select().where((JobReceipt.job == self.job) & (JobReceipt.step == step)).exists())

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A transaction whose effect is receipted as *name*; raises LeaseLost if the job is no longer ours."""
        with self.chunk():
            yield
            JobReceipt.create(job=self.job, step=name)

    @contextlib.contextmanager
    def chunk(self) -> Iterator[None]:
        """A transaction for one of many equal pieces, whose effect is its own receipt: rows that are gone can't go again.

        What was done counts: a job gives up after so many attempts that got nowhere, however often its worker is killed.
        """
        with database.atomic():
            self._extend(LEASE, attempts=1)
            yield
        self.job.attempts = 1

    def heartbeat(self, lasting: timedelta | None = None) -> None:
        """Extend the lease, by *lasting* before something long that can't be cut; raises LeaseLost if the job is no longer ours."""
        self._extend(lasting or LEASE)

    def _extend(self, lasting: timedelta, **noted: int) -> None:
        ours = Job.update(leased_until=clock.now() + lasting, **noted).where((Job.id == self.job.id) & (Job.token == self.job.token))
        if ours.execute() != 1:
            raise LeaseLost


@dataclass(frozen=True)
class Kind:
    """A kind of job: its function, how often it is tried, and whom to tell when it gives up."""

    run: Callable[[Work], None]
    attempts: int
    gave_up: Callable[[int, str], None] | None


_kinds: dict[str, Kind] = {}
_sweeps: dict[str, tuple[timedelta, Callable[[], int]]] = {}
_wake: dict[str, Callable[[int], Any]] = {}


def job(name: str, *, attempts: int = 8, gave_up: Callable[[int, str], None] | None = None) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """Register a function as the job *name*; *gave_up* hears (subject, reason) when it fails for good."""

    def register(run: Callable[[Work], None]) -> Callable[[Work], None]:
        _kinds[name] = Kind(run, attempts, gave_up)
        return run

    return register


def sweep(name: str, *, every: timedelta) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Register a function that tidies up now and then and returns how many things it tidied."""

    def register(run: Callable[[], int]) -> Callable[[], int]:
        _sweeps[name] = (every, run)
        return run

    return register


def start(kind: str, subject: int, *, after: timedelta = timedelta(0)) -> Job:
    """Write a job and its wake-up call into the transaction that is open."""
    if kind not in _kinds:
        raise LookupError(f"There is no job named {kind}.")
    made = Job.create(kind=kind, subject=subject, run_after=clock.now() + after, woken_at=None if after else clock.now())
    if not after:
        _wake_up(made.id)
    return made


def again(job_id: int) -> bool:
    """Begin anew, in a transaction of the caller's, with a job that was given up; False if somebody did already, or it was not."""
    anew = Job.update(state=WAITING, attempts=0, reason=None, ended_at=None, run_after=clock.now(), woken_at=clock.now())
    if not anew.where((Job.id == job_id) & (Job.state == FAILED)).execute():
        return False
    _wake_up(job_id)
    return True


def unfinished(kind: str, subject: int) -> bool:
    """Whether such a job waits or runs."""
    mine = (Job.kind == kind) & (Job.subject == subject) & Job.state.in_([WAITING, RUNNING])
    return bool(Job.select().where(mine).exists())


def perform(job_id: int) -> None:
    """Do the job once, if it is free; every ending is written to its row, nothing is raised."""
    job_row = Job.get_or_none(Job.id == job_id)
    if job_row is None or not job_row.claim():
        return
    kind = _kinds.get(job_row.kind)
    if kind is None:
        job_row.end(FAILED, reason="No code for this kind of job is installed.")
        return
    try:
        if job_row.attempts > kind.attempts:
            raise JobFailed("It was begun too often without coming to an end.")
        kind.run(Work(job_row))
    except LeaseLost:
        log.warning("job %s was taken over by another worker", job_id)
    except Exception as error:  # whatever it is, the row must say so
        _after_failure(job_row, kind, error)
    else:
        job_row.end(DONE)


def _after_failure(job_row: Job, kind: Kind, error: Exception) -> None:
    """Try again later, or give up and tell."""
    # Only sentences written by us are kept: an exception's own text may carry personal data.
    reason = str(error) if isinstance(error, JobFailed) else type(error).__name__
    log.error("job %s (%s), attempt %s: %s", job_row.id, job_row.kind, job_row.attempts, type(error).__name__)
    if job_row.attempts < kind.attempts:
        wait = min(LONGEST_WAIT, timedelta(seconds=2**job_row.attempts) * random.uniform(0.75, 1.25))  # noqa: S311 - nothing secret, only spread out
        job_row.end(WAITING, reason=reason, again_in=wait)
        return
    job_row.end(FAILED, reason=reason)
    if kind.gave_up:
        kind.gave_up(job_row.subject, reason)


def wake_due() -> int:
    """Wake jobs that nobody works on, and return how many: the sweeper's one act."""
    count, now = 0, clock.now()
    for each in list(Job.due()):  # read to the end: who writes while reading is told at once that the database is busy
        if each.woken_at is None or each.woken_at < now - WAKE_AGAIN_AFTER:
            with database.atomic():
                Job.update(woken_at=now).where(Job.id == each.id).execute()
                _wake_up(each.id)
            count += 1
    return count


def run_due() -> int:
    """Do every due job here and now, until none is left; for tests and for `flask sweep`."""
    count = 0
    while (each := Job.due().first()) is not None:
        perform(each.id)
        count += 1
    return count


def run_sweeps(*, only_due: bool = True) -> dict[str, int]:
    """Run the recurring sweeps whose time has come (or all), and return what each tidied."""
    tidied = {}
    for name, (every, run) in _sweeps.items():
        if not only_due or _claim_sweep(name, every):
            tidied[name] = run()
    return tidied


def _claim_sweep(name: str, every: timedelta) -> bool:
    """Whether it is time for the sweep, and ours to run it."""
    now = clock.now()
    Sweep.insert(name=name, last_run=now - 2 * every).on_conflict_ignore().execute()
    return bool(Sweep.update(last_run=now).where((Sweep.name == name) & (Sweep.last_run < now - every)).execute())


@sweep(WORKER_LIVES, every=timedelta(seconds=30))
def note_that_a_worker_lives() -> int:
    """Tidy nothing: that it ran is noted, and tells `flask doctor` that a worker is there."""
    return 0


@sweep("old jobs", every=timedelta(hours=6))
def forget_old_jobs() -> int:
    """Remove finished jobs after 30 days; failed ones after 180."""
    over = (Job.state == DONE) & (Job.ended_at < clock.ago(days=30))
    lost = (Job.state == FAILED) & (Job.ended_at < clock.ago(days=180))
    return int(Job.delete().where(over | lost).execute())


class Storage(SqlStorage):
    """huey's tables, under names that say whose they are."""

    def create_models(self) -> Any:
        """The four models of huey, their tables prefixed."""
        models = super().create_models()
        for model in models:
            model._meta.set_table_name(f"huey_{model._meta.table_name}")
        # This index was made for the table's first name and would be looked for there.
        task = models[2]
        task._meta.indexes = []
        task.add_index(task.priority.desc(), task.id)
        return models


def open_queue(app: Flask) -> SqlHuey:
    """The queue in the app's own database; nothing is connected yet."""
    queue = SqlHuey("centre", database=database.obj, create_tables=False, storage_class=Storage, results=False)

    @queue.task(name="perform")  # type: ignore[untyped-decorator]
    def wake(job_id: int) -> None:
        with app.app_context():
            connect()
            perform(job_id)

    _wake["queue"] = wake
    return queue


def _wake_up(job_id: int) -> None:
    """Put the wake-up call into the queue, inside the open transaction."""
    if "queue" in _wake:
        _wake["queue"](job_id)
