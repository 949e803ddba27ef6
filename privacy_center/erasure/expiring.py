"""Removes what has outlived the time that the data map gives it, whosever it is, in short steps; and writes down how much went.

This is also how what the law keeps comes to its end: orders that stayed on a nameless account go when their years are over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs
from privacy_center.core.audit import AuditEntry
from privacy_center.core.db import database
from privacy_center.core.jobs import Work
from privacy_center.datamap import registry
from privacy_center.datamap.words import Holding
from privacy_center.erasure import eraser
from privacy_center.erasure.erased import Expiry
from privacy_center.erasure.kinds import below, table_of
from privacy_center.erasure.pace import Pace

EXPIRE = "erasure.expire"
FOR_ALL = 0  # the subject of the one job; and the deletion that files are removed for
AT_FIRST, FEWEST, MOST = 200, 10, 2_000  # rows a transaction
LOGGED_FROM = timedelta(days=7)  # what is kept for a shorter time (sessions, codes) goes all day long, and tells nothing


class Expiring:
    """One run over all kinds of data."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.pace = Pace(AT_FIRST, fewest=FEWEST, most=MOST)

    def run(self) -> int:
        """Remove what is over its time, of each kind; returns how many rows, those that hang on them not counted."""
        eraser.remove_doomed(FOR_ALL, self.work.heartbeat)
        return sum(self._end(model, said) for model, said in with_an_end())

    def _end(self, model: Any, said: Holding) -> int:
        """One kind."""
        if model is AuditEntry:
            return self._end_acts(said)
        count, last = 0, 0
        over = model._meta.fields[said.retention.since] < said.retention.oldest_allowed()
        while ids := self._next(model, over, last):
            count += self._remove(model, said, ids, over)
            last = ids[-1]
        return count

    def _next(self, model: Any, over: Any, last: int) -> list[int]:
        """The next rows that are over their time; looked for outside of any transaction, as that may take long."""
        key = model._meta.primary_key
        self.work.heartbeat()
        return [number for (number,) in model.select(key).where(over & (key > last)).order_by(key).limit(self.pace.amount).tuples()]

    def _remove(self, model: Any, said: Holding, ids: list[int], over: Any) -> int:
        """Remove these rows and what hangs on them, deepest first; one that has become younger meanwhile stays."""
        count, all_found = 0, False
        while not all_found:
            with self.pace.chunk(self.work):
                key = model._meta.primary_key
                still = [number for (number,) in model.select(key).where(over & key.in_(ids)).tuples()]
                parts, all_found = eraser.look_for(model, still, owner=None, most=self.pace.amount)
                if all_found:
                    note(model, said, still)
                count += eraser.erase(parts, FOR_ALL)[table_of(model)]
            eraser.remove_doomed(FOR_ALL, self.work.heartbeat)
        return count

    def _end_acts(self, said: Holding) -> int:
        """The oldest entries of the audit log, whose chain then begins after them."""
        count, before = 0, said.retention.oldest_allowed()
        assert before
        while True:
            with self.pace.chunk(self.work):
                gone = audit.forget_before(before, most=self.pace.amount)
                _write(table_of(AuditEntry), Counter(gone))
            count += len(gone)
            if not gone:
                return count


def with_an_end() -> list[tuple[Any, Holding]]:
    """The kinds whose rows go at a date, those that belong to others before them."""
    found: dict[Any, Holding] = {}
    for model, said in registry.holdings():
        for child, _field in below(model):
            found.setdefault(child, registry.holds(child))  # type: ignore[arg-type]
        found.setdefault(model, said)
    return [(model, said) for model, said in found.items() if said.retention.since and said.retention.span]


def note(model: Any, said: Holding, ids: list[int]) -> None:
    """Write down how many of whose rows go, in the transaction in which they do."""
    now = clock.now()
    if now - (said.retention.span or timedelta()) > now - LOGGED_FROM or model is Expiry:
        return
    for names, owners in (({"user"}, _by_column), ({"person"}, _by_column), ({"account_digest"}, _by_digest)):
        if name := next(iter(names & model._meta.fields.keys()), None):
            _write(table_of(model), owners(model, name, ids))
            return
    _write(table_of(model), Counter({None: len(ids)}))


def _by_column(model: Any, name: str, ids: list[int]) -> Counter[int | None]:
    """How many of these rows each user has, by the number in a column."""
    column, key = model._meta.fields[name], model._meta.primary_key
    rows = model.select(column, fn.COUNT(key)).where(key.in_(ids)).group_by(column).tuples()
    return Counter(dict(rows))


def _by_digest(model: Any, name: str, ids: list[int]) -> Counter[int | None]:
    """How many of these rows each user has, by the digest that feedback names."""
    column, key = model._meta.fields[name], model._meta.primary_key
    found: Counter[int | None] = Counter()
    for digest, count in model.select(column, fn.COUNT(key)).where(key.in_(ids)).group_by(column).tuples():
        owner = User.get_or_none(User.feedback_digest == digest)
        found[owner.id if owner else None] += count
    return found


def _write(table: str, owners: Counter[Any]) -> None:
    """Add to the log of this day; of people without an account, and of nameless ones, only the number."""
    now = clock.now()
    day = now.date().isoformat()
    named = _named(owners)
    together: Counter[int | None] = Counter()
    for number, count in owners.items():
        together[number if number in named else None] += count
    for person, count in together.items():
        said = {"user": person, "kind": table, "day": day, "swept_at": now, "number": count, "slot": f"{person or 0}:{table}:{day}"}
        more = {Expiry.number: Expiry.number + count, Expiry.swept_at: now}
        Expiry.insert(said).on_conflict(conflict_target=[Expiry.slot], update=more).execute()


def _named(numbers: Iterable[Any]) -> set[int]:
    """Those of the numbers that are of users who still have an account."""
    wanted = [number for number in numbers if number is not None]
    return {user.id for user in User.select().where(User.id.in_(wanted)) if not user.is_nameless}


def in_numbers(days: int = 30) -> list[tuple[str, int]]:
    """How many rows of each kind went by themselves lately, everybody's together."""
    since = clock.ago(days=days).date().isoformat()
    counted: Any = Expiry.select(Expiry.kind, fn.SUM(Expiry.number)).where(Expiry.day >= since).group_by(Expiry.kind).order_by(Expiry.kind)
    return [(kind, int(number)) for kind, number in counted.tuples()]


@jobs.job(EXPIRE, attempts=20)
def expire(work: Work) -> None:
    """Remove what has outlived its time."""
    Expiring(work).run()


@jobs.sweep("what has outlived its time", every=timedelta(days=1))
def begin() -> int:
    """Begin to remove it, unless that is under way."""
    if jobs.unfinished(EXPIRE, FOR_ALL):
        return 0
    with database.atomic():
        jobs.start(EXPIRE, FOR_ALL)
    return 1
