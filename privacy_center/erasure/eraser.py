"""The one eraser: removes rows as the data map declares them, children before parents, and everything that hangs on them.

What a model says of itself in its Holding decides: its place in the search index, its stored file, the tombstone that
keeps it from coming back. Deleting conversations, closing accounts and retention all end here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from peewee import ForeignKeyField, Model

from privacy_center.accounts.models import User
from privacy_center.core import clock, storage, tokens
from privacy_center.core.db import among, database, execute_many, fetch, microseconds
from privacy_center.datamap import registry
from privacy_center.datamap.words import Holding
from privacy_center.erasure.models import DoomedFile
from privacy_center.history import index, segments

FILES_AT_ONCE = 50
RAISE = "INSERT INTO tombstone (kind, digest, raised_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
DOOM = "INSERT INTO doomed_file (key, deletion) VALUES (?, ?) ON CONFLICT DO NOTHING"


@dataclass(frozen=True)
class Part:
    """Rows of one table that go, and all that goes with them: places in the index, stored files, tombstones that are raised."""

    table: str
    keys: tuple[int, ...]
    places: tuple[int, ...]
    files: tuple[str, ...]
    tombstones: list[tuple[str, str, int]]


@cache
def dependants(parent: type[Model]) -> list[tuple[type[Model], str]]:
    """The holdings that belong to rows of *parent*, with the column that says so."""
    found = []
    for model, _said in registry.holdings():
        keys = [field for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField) and field.rel_model is parent]
        found += [(model, field.column_name) for field in keys if model is not parent]
    return found


def look_for(model: type[Model], ids: list[int], *, owner: User | None, most: int) -> tuple[list[Part], bool]:
    """What goes with the rows numbered *ids*, and whether that is all: at most so many rows, and they themselves with the last.

    Without an *owner* no tombstones are raised: what has outlived its time need not be kept from coming back.
    Nothing is locked: whoever calls sees to it that nobody adds to these rows any more, because they are hidden.
    """
    parts, left = [], most
    for child, column in dependants(model):
        parts.append(_part(child, column, ids, left, owner))
        left -= len(parts[-1].keys)
        if left <= 0:
            return parts, False
    return [*parts, _part(model, "id", ids, len(ids), owner)], True


def _part(model: type[Model], column: str, values: list[int], most: int, owner: User | None) -> Part:
    """The rows of *model* in whose *column* one of the values stands, and what goes with them."""
    said = registry.holds(model)
    assert isinstance(said, Holding), f"{model.__name__} holds nothing personal"
    table, condition = model._meta.table_name, among(column, values)
    wanted = ["id", said.search_key, said.file_key, "external_id" if said.feed_type else None]
    rows = fetch(f"SELECT {', '.join(name or 'NULL' for name in wanted)} FROM {table} WHERE {condition[0]} LIMIT ?", condition[1], most)  # noqa: S608 - names of ours
    keys, places, files, names = zip(*rows, strict=True) if rows else ((), (), (), ())
    tombstones = tombstones_of(said.feed_type, owner, names) if said.feed_type and owner else []
    return Part(table, keys, tuple(each for each in places if each is not None), tuple(each for each in files if each), tombstones)


def erase(parts: list[Part], deletion: int) -> Counter[str]:
    """Remove all this, in a transaction of the caller's; returns how many rows of each table.

    Stored files are doomed here and removed after it (`remove_doomed`).
    """
    removed: Counter[str] = Counter()
    for part in parts:
        if not part.keys:
            continue
        if part.places:
            with segments.left_alone():
                index.forget(part.places)
        doom(deletion, part.files)
        execute_many(RAISE, part.tombstones)
        condition, keys = among("id", part.keys)
        cursor = database.execute_sql(f"DELETE FROM {part.table} WHERE {condition}".replace("?", database.param), (keys,))  # noqa: S608 - names of ours
        removed[part.table] += database.rows_affected(cursor)
    return removed


def tombstones_of(feed_type: str, owner: User, ids: Iterable[str]) -> list[tuple[str, str, int]]:
    """What keeps records of the feed from coming back: keyed digests only."""
    now = microseconds(clock.now())
    return [(feed_type, tokens.keyed_digest(f"tombstone {feed_type}", owner.issuer, owner.subject, each), now) for each in ids]


def doom(deletion: int, files: Iterable[str]) -> None:
    """Note stored files that a deletion removes as soon as the transaction of the caller's is over (`remove_doomed`)."""
    execute_many(DOOM, [(key, deletion) for key in files])


def remove_doomed(deletion: int, heartbeat: Callable[[], None]) -> int:
    """Remove the stored files that a deletion doomed; returns how many. Again is as good as once.

    A file goes before the note that it must, so that a worker killed in between leaves the note. Storage may be slow:
    *heartbeat* is called between some files and the next.
    """
    count = 0
    while some := list(DoomedFile.select().where(DoomedFile.deletion == deletion).limit(FILES_AT_ONCE)):
        for each in some:
            storage.remove(each.key)
        count += DoomedFile.delete().where(DoomedFile.id.in_([each.id for each in some])).execute()
        heartbeat()
    return count
