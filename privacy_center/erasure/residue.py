"""Cleaning the engine's files of what rows and index entries left behind, by the means of each engine.

SQLite: freed pages are overwritten at once (secure_delete), but the search index keeps words of removed entries until its
segments are merged, pages keep copies in their gaps, and the write-ahead log keeps pages until it is truncated. All in small
steps, so that no other writer waits. PostgreSQL: a plain VACUUM makes the space of dead rows reusable; their bytes stay in it,
and in the log, until they are written over. The page says so.
"""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from privacy_center.core.db import connect, database, give_way, is_sqlite
from privacy_center.core.jobs import Work
from privacy_center.datamap import registry
from privacy_center.erasure import gaps
from privacy_center.erasure.gaps import Gaps
from privacy_center.erasure.pace import Pace
from privacy_center.history import segments

# Each step reads the marks of all entries that are gone. After a deletion of millions that alone takes longer than a step should:
# fewer pages a step would make more such steps, hardly shorter ones.
PAGES_A_MERGE, FEWEST_PAGES, MOST_PAGES = 32, 16, 256
MAPPED = 0x7FFF0000  # bytes of the file, the most that SQLite maps
PASSES = 2
TRIES = 100
BETWEEN_TRIES = 0.05  # seconds
PATIENCE_OF_CHECKPOINT = 10  # milliseconds that others may be kept from writing while it waits for readers
GAPS_AT_ONCE = 128
LONGEST_VACUUM = timedelta(minutes=30)


class StillRead(Exception):
    """The log can't be truncated because somebody has been reading an old state for long; try again later."""


def overwrites() -> bool:
    """Whether the engine's files are such that all of what was removed can be overwritten; else some waits for its space to be used again."""
    return is_sqlite() and gaps.are_known(_file())


def _file() -> Path:
    """The file of the SQLite database."""
    return Path(database.obj.database)


def clean(work: Work) -> None:
    """Leave no removed word in the engine's files, as far as the engine allows; raises StillRead."""
    if is_sqlite():
        merge_index(work)
        truncate_log(work)
        if overwrites():
            overwrite_gaps(work)
            truncate_log(work)
        return
    tables = {model._meta.table_name for model, _said in registry.holdings()}
    for table in ("word_index", *sorted(tables)):
        work.heartbeat(LONGEST_VACUUM)
        database.execute_sql(f"VACUUM {table}")


def merge_index(work: Work) -> None:
    """Merge the search index until it holds no word of an entry that is gone.

    Twice at most: a merge that was under way when they went may have copied their words already; what it made is merged once more.
    """
    for _ in range(PASSES):
        if not segments.hold_what_is_gone():
            return
        # Read as memory: a cache is emptied whenever somebody else writes, and others write all the time.
        database.execute_sql(f"PRAGMA mmap_size = {MAPPED}").fetchall()
        try:
            _merge(work, begin_with_all=True)
        finally:
            database.execute_sql("PRAGMA mmap_size = 0").fetchall()


def gather_index(work: Work) -> None:
    """Merge what the feed has left in many small segments into few, so that a search has few to open."""
    if is_sqlite():
        _merge(work, begin_with_all=False)


def _merge(work: Work, *, begin_with_all: bool) -> None:
    """Merge in small steps until there is nothing left to merge."""
    pace, goes_on = Pace(PAGES_A_MERGE, fewest=FEWEST_PAGES, most=MOST_PAGES), True
    while goes_on:
        with pace.chunk(work):
            goes_on = segments.merge(pace.amount, begin_with_all=begin_with_all)
        begin_with_all = False


def truncate_log(work: Work) -> None:
    """Bring everything from the write-ahead log into the file and cut the log to nothing; raises StillRead if it can't."""
    for _ in range(TRIES):
        if _truncated():
            return
        work.heartbeat()
        time.sleep(BETWEEN_TRIES)
    raise StillRead


def _truncated() -> bool:
    """Try to truncate the log; most of it without keeping anybody from writing, and never for long."""
    database.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    [(patience,)] = database.execute_sql("PRAGMA busy_timeout").fetchall()
    database.execute_sql(f"PRAGMA busy_timeout = {PATIENCE_OF_CHECKPOINT}")
    try:
        [(busy, *_frames)] = database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        database.execute_sql(f"PRAGMA busy_timeout = {patience}")
    return not busy


def overwrite_gaps(work: Work) -> None:
    """Overwrite what the pages keep between their cells; raises StillRead."""
    found, waiting = Gaps(_file()), []
    for some in found.dirty():
        waiting += some
        while len(waiting) >= GAPS_AT_ONCE:
            _overwrite(work, found, waiting[:GAPS_AT_ONCE])
            waiting = waiting[GAPS_AT_ONCE:]
        work.heartbeat()
    if waiting:
        _overwrite(work, found, waiting)
    found.settle()
    forget_pages()


def _overwrite(work: Work, found: Gaps, offsets: list[int]) -> None:
    """Overwrite the gaps of some pages while nobody writes and the log is empty."""
    log = Path(f"{_file()}-wal")
    for _ in range(TRIES):
        truncate_log(work)
        forget_pages()
        with database.atomic():
            if log.stat().st_size == 0:
                found.overwrite(offsets)
                # This commit makes all others forget the pages that they have read.
                work.heartbeat()
                return
        give_way()
    raise StillRead


def forget_pages() -> None:
    """Let this connection forget the pages that it has read, so that it writes none of them back as they were."""
    database.close()
    connect()
