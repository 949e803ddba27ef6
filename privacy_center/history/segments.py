"""The segments in which FTS5 keeps the search index on SQLite, and merging them, in steps as small as one likes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from privacy_center.core.db import database, fetch, is_sqlite

# From so many segments on FTS5 merges some of them with every transaction, as it does by itself; 0: it does not.
MERGE_FROM, BY_ITSELF = "INSERT INTO word_index(word_index, rank) VALUES ('automerge', ?)", 4
TOMBSTONES = 1 << 53  # FTS5 keeps the marks of entries that are gone from this number on


@contextlib.contextmanager
def left_alone() -> Iterator[None]:
    """Let FTS5 merge nothing of its own accord when entries are removed inside, in a transaction of the caller's; for whoever merges afterwards."""
    if not is_sqlite():
        yield
        return
    database.execute_sql(MERGE_FROM, (0,))
    yield
    with database.atomic():  # a savepoint, because it is then that FTS5 notes what is gone
        pass
    database.execute_sql(MERGE_FROM, (BY_ITSELF,))


def merge(pages: int, *, begin_with_all: bool = False) -> bool:
    """Merge about so many pages; returns whether there was anything to merge. In a transaction of the caller's, if there is one.

    Segments of about one size are merged with each other, so that few are left, and each entry is written again only a few times
    while the index grows. *begin_with_all* decides, once, that all of them become one, which leaves no word of an entry that is gone.
    """
    before = _changes()
    database.execute_sql("INSERT INTO word_index(word_index, rank) VALUES ('merge', ?)", (-pages if begin_with_all else pages,))
    return _changes() - before > 1


def hold_what_is_gone() -> bool:
    """Whether there are words of entries that are gone."""
    return bool(fetch("SELECT 1 FROM word_index_data WHERE id >= ? LIMIT 1", TOMBSTONES))


def _changes() -> int:
    """Rows changed on this connection so far; fewer than two by a merge mean that nothing was left to merge."""
    return int(fetch("SELECT total_changes()")[0][0])
