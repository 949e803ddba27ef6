"""The one eraser: removes rows as the data map declares them, children before parents, and everything that hangs on them.

What a model says of itself in its Holding decides: its place in the search index, its stored file, the tombstone that
keeps it from coming back. Deleting conversations, closing accounts and retention all end here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from peewee import ForeignKeyField, Model, chunked

from privacy_center.accounts.models import Tombstone, User
from privacy_center.core import clock, storage, tokens
from privacy_center.datamap import registry
from privacy_center.datamap.words import Holding
from privacy_center.erasure.models import DoomedFile
from privacy_center.history import index

AT_ONCE = 400
FILES_AT_ONCE = 50


def dependants(parent: type[Model]) -> list[tuple[type[Model], ForeignKeyField]]:
    """The holdings that belong to rows of *parent*, with the key that says so."""
    found = []
    for model, _said in registry.holdings():
        found += [
            (model, field) for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField) and field.rel_model is parent and model is not parent
        ]
    return found


def erase_some(model: type[Model], ids: list[int], *, owner: User, deletion: int, most: int) -> tuple[Counter[str], bool]:
    """Remove the rows numbered *ids* and all that belongs to them; returns how many of each table, and whether that was all.

    Of what belongs to them at most *most* rows go at a time, and they themselves with the last of these. Runs inside a
    transaction of the caller's. Files are doomed here and removed after it (`remove_doomed`).
    """
    removed: Counter[str] = Counter()
    for child, key in dependants(model):
        removed += _erase(child, key.in_(ids), most - removed.total(), owner, deletion)
        if removed.total() >= most:
            return removed, False
    key_of_rows: Any = model._meta.primary_key
    return removed + _erase(model, key_of_rows.in_(ids), len(ids), owner, deletion), True


def _erase(model: type[Model], condition: Any, most: int, owner: User, deletion: int) -> Counter[str]:
    """Remove rows of *model* that meet *condition*, with their words in the index and their files, and raise tombstones."""
    said, fields = registry.holds(model), model._meta.fields
    assert isinstance(said, Holding), f"{model.__name__} holds nothing personal"
    key: Any = model._meta.primary_key
    names = [name for name in (key.name, said.search_key, said.file_key, "external_id" if said.feed_type else None) if name]
    rows = list(model.select(*[fields[name] for name in names]).where(condition).limit(most).tuples())
    if not rows:
        return Counter()
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    if said.search_key:
        index.forget(place for place in columns[said.search_key] if place is not None)
    if said.file_key:
        doom(deletion, (stored for stored in columns[said.file_key] if stored))
    if said.feed_type:
        raise_tombstones(said.feed_type, owner, columns["external_id"])
    return Counter({model._meta.table_name: model.delete().where(key.in_(columns[key.name])).execute()})


def raise_tombstones(feed_type: str, owner: User, ids: Iterable[str]) -> None:
    """Keep records of the feed from coming back, by keyed digests only."""
    now = clock.now()
    for some in chunked(ids, AT_ONCE):
        digests = [tokens.keyed_digest(f"tombstone {feed_type}", owner.issuer, owner.subject, each) for each in some]
        rows = [{"kind": feed_type, "digest": digest, "raised_at": now} for digest in digests]
        Tombstone.insert_many(rows).on_conflict_ignore().execute()


def doom(deletion: int, keys: Iterable[str]) -> None:
    """Note stored files whose rows go in this transaction."""
    for some in chunked(keys, AT_ONCE):
        DoomedFile.insert_many([{"key": key, "deletion": deletion} for key in some]).on_conflict_ignore().execute()


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
