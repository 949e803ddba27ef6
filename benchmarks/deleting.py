"""Goal 3: deleting everything, against deleting one; the purge, whoever writes meanwhile, and what is left."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import asked, purge
from benchmarks.asked import ALTOGETHER, ASKING, CONFIRMING, EVERYTHING, MINE, OLDER_HALF, ONE, OTHERS, SEEING, Asked, Desk
from benchmarks.data import KEPT_IN, Data, connect_anew
from benchmarks.effort import Effort
from benchmarks.figures import Figure, Spread, at_most, short, told
from benchmarks.people import HEAVY, MARK
from benchmarks.server import serving
from benchmarks.site import SITE, Visit, browser
from benchmarks.timing import ratio
from benchmarks.words import PROBES
from privacy_center.accounts.models import Session
from privacy_center.core import db
from privacy_center.erasure.models import Deletion
from privacy_center.history.index import range_of

GOAL = 3
OTHER = "other-1"
NEEDLES = MARK.encode(), f"{HEAVY}-c".encode()  # a word of each message, and all ids of the product
IDLE = 2.0  # seconds of writing before anything is deleted
MILLISECONDS, MEBIBYTE = 1_000, 2**20


@dataclass(frozen=True)
class Purged:
    """What one purge was like."""

    tidying: float
    rows: float
    cleaning: float
    idle: list[float]
    meanwhile: list[float]
    pages: list[float]
    log: int


def measure(datasets: Sequence[Data], effort: Effort) -> list[Figure]:
    """Delete everything of the heavy user's, in a copy of the largest data."""
    with _copy_of(datasets[-1]) as data:
        folder, others = data.path.parent, _of_others(data)
        found_before = purge.occurrences(folder, NEEDLES)
        assert found_before > data.messages, "The marks of what is to be deleted were not found."
        mine, other = (Visit(data, person, instance=folder / "instance") for person in (HEAVY, OTHER))
        tokens = mine.token(), other.token()
        forms = _forms(data)
        with serving(SITE, mine.environment()) as server:
            desk = Desk(*(browser(server.port, token) for token in tokens))
            connect_anew(data.path)
            requests = asked.time_requests(desk, forms, effort)
            purged = _purge(data, mine, desk, forms[EVERYTHING])
            db.database.close()
        assert _of_others(data) == others, "Something of somebody else's is gone."
        left = purge.occurrences(folder, NEEDLES) * min(map(len, NEEDLES))
    return [*_of_requests(requests, data), *_of_purge(purged, data), at_most(GOAL, "bytes left of what was deleted", Spread.exact(left), "bytes", 0)]


@contextmanager
def _copy_of(data: Data) -> Iterator[Data]:
    """A copy that may be destroyed, beside the data: a temporary folder of the system may be memory."""
    with TemporaryDirectory(dir=data.path.parent if KEPT_IN not in data.path.parents else KEPT_IN, prefix="deleting-") as folder:
        yield replace(data, path=Path(shutil.copy(data.path, folder)))


def _of_others(data: Data) -> list[list[tuple[int]]]:
    """How many conversations, messages and places of a word in the index the others have; the file must be sound."""
    connect_anew(data.path)
    assert db.fetch("PRAGMA quick_check") == [("ok",)], "The database is damaged."
    heavy = data.users[HEAVY]
    counts = [db.fetch(f"SELECT count(*) FROM {table} WHERE user_id <> ?", heavy) for table in ("conversation", "message")]
    counts.append(db.fetch("SELECT count(*) FROM word_index WHERE word_index MATCH ? AND rowid NOT BETWEEN ? AND ?", next(iter(PROBES)), *range_of(heavy)))
    db.database.close()
    return counts


def _forms(data: Data) -> dict[str, dict[str, str]]:
    """What is asked for: the newest conversation, all before the middle one, everything."""
    visit = Visit(data)
    _newest, number = visit.place_at(0)
    middle, _number = visit.place_at(0.5)
    day = datetime.fromtimestamp(middle / 1_000_000, UTC).date().isoformat()
    return {ONE: {"scope": "ticked", "conversation": str(number)}, OLDER_HALF: {"scope": "before", "before": day}, EVERYTHING: {"scope": "everything"}}


def _purge(data: Data, visit: Visit, desk: Desk, form: dict[str, str]) -> Purged:
    """Delete everything while somebody else writes and somebody else looks at their history."""
    session = Session.get(Session.user == data.users[OTHER])
    with purge.working(visit.environment()) as worker:
        begun = time.monotonic()
        purge.wait_until_tidy(worker)
        tidied = time.monotonic()
        with purge.writing(data.path, session.id) as meanwhile, purge.LogWatch(data.path) as log:
            time.sleep(IDLE)
            asking = time.monotonic()
            address = desk.ask(form)
            desk.confirm(address, desk.client.page(address))
            pages = purge.wait_until_purged(worker, number := int(address.rpartition("/")[2]), desk.look)
            over = time.monotonic()
    deletion = Deletion.get_by_id(number)
    rows, cleaning = (deletion.removed_at - deletion.hidden_at).total_seconds(), (deletion.purged_at - deletion.removed_at).total_seconds()
    return Purged(tidied - begun, rows, cleaning, meanwhile.between(0, asking), meanwhile.between(asking, over), pages, log.most)


def _of_requests(found: Asked, data: Data) -> list[Figure]:
    """Deleting everything against deleting one; and history pages while something is hidden."""
    size, figures = short(data.conversations), []
    for step in (ALTOGETHER, ASKING, SEEING, CONFIRMING):
        everything, one = (found.requests[what, step] for what in (EVERYTHING, ONE))
        what = f"deleting everything, {size}, against deleting one: {step}"
        figures.append(at_most(GOAL, what, ratio(everything, one), "×", 2.0) if step == ALTOGETHER else told(GOAL, what, ratio(everything, one), "×"))
    for what in (ONE, OLDER_HALF, EVERYTHING):
        for step in (ALTOGETHER, ASKING, SEEING, CONFIRMING):
            figures.append(told(GOAL, f"deleting {what}: {step}", found.requests[what, step].p50.times(MILLISECONDS), "ms"))
    for whose in (MINE, OTHERS):
        for what in (ONE, OLDER_HALF, EVERYTHING):
            slower = ratio(found.hidden[what, whose], found.without[what, whose])
            figures.append(told(GOAL, f"{whose} while {what} is hidden, against before", slower, "×"))
    return figures


def _of_purge(purged: Purged, data: Data) -> list[Figure]:
    """How long the purge takes, whom it keeps waiting, how long the log grows."""
    p99, longest = _p99(purged.meanwhile), purged.meanwhile[-1]
    return [
        at_most(GOAL, f"purge of {data.conversations:,} conversations, {data.messages:,} messages", Spread.exact(purged.rows + purged.cleaning), "s", 120),
        at_most(GOAL, "others' writes meanwhile, p99", Spread.exact(p99 * MILLISECONDS), "ms", 10, f"{len(purged.meanwhile):,} writes"),
        at_most(GOAL, "others' writes meanwhile, the longest", Spread.exact(longest * MILLISECONDS), "ms", 50),
        at_most(GOAL, "the write-ahead log at most", Spread.exact(purged.log / MEBIBYTE), "MiB", 64),
        told(GOAL, "purge: rows and places in the index", Spread.exact(purged.rows), "s"),
        told(GOAL, "purge: cleaning index, file and log", Spread.exact(purged.cleaning), "s"),
        told(GOAL, "others' writes before, p99", Spread.exact(_p99(purged.idle) * MILLISECONDS), "ms"),
        told(GOAL, "another person's history page meanwhile, p50", Spread.exact(sorted(purged.pages)[len(purged.pages) // 2] * MILLISECONDS), "ms"),
        told(GOAL, "another person's history page meanwhile, p99", Spread.exact(_p99(sorted(purged.pages)) * MILLISECONDS), "ms"),
        told(GOAL, "the first cleaning of a file that was never cleaned", Spread.exact(purged.tidying), "s"),
    ]


def _p99(seconds: Sequence[float]) -> float:
    """The 99th percentile of what is sorted."""
    return seconds[int(len(seconds) * 0.99)]
