"""One batch of records, stored in one short transaction: all of it, or nothing."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any

from peewee import Model

from privacy_center.core.db import database
from privacy_center.correspondence.models import Correspondence
from privacy_center.feed.contents import Contents, put_away
from privacy_center.feed.feedback import store_feedback
from privacy_center.feed.gates import turned_away
from privacy_center.feed.messages import Keyed, store_history
from privacy_center.feed.people import People
from privacy_center.feed.reading import Record, Refusal
from privacy_center.feed.rows import Counts, known, settle, write_records
from privacy_center.feed.schema import TYPES
from privacy_center.history.index import Bases
from privacy_center.subscription.models import Order
from privacy_center.telemetry.models import Device, LogEntry, UsageEvent

# Types whose fields are the columns of their table, one to one.
PLAIN: dict[str, type[Model]] = {
    "device": Device,
    "usage_event": UsageEvent,
    "log_entry": LogEntry,
    "order": Order,
    "correspondence": Correspondence,
}


def store(records: list[Record], issuer: str, bases: Bases) -> tuple[Counts, list[Refusal]]:
    """Store the records that may be stored; returns how many changed something, and the refusals of the others."""
    counts = Counts()
    if not records:
        return counts, []
    with put_away(records, issuer) as contents:
        with database.atomic():
            begun = time.perf_counter()
            refusals = _store(records, counts, contents, issuer, bases)
        counts.seconds = time.perf_counter() - begun
    return counts, refusals


def _store(records: list[Record], counts: Counts, contents: Contents, issuer: str, bases: Bases) -> list[Refusal]:
    """Turn away what may not come back, open the accounts of the rest, store it."""
    people = People(issuer, {record.owner for record in records if record.type != "feedback"})
    refusals = turned_away(records, issuer)  # asked after the people are locked: nobody can be erased in between
    welcome = [record for record in records if record.line not in refusals]
    people.open(record.owner for record in welcome if record.type != "feedback")
    _store_all(welcome, people, counts, contents, bases)
    return list(refusals.values())


def _store_all(records: list[Record], people: People, counts: Counts, contents: Contents, bases: Bases) -> None:
    """Store records by their types."""
    by_type: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_type[record.type].append(record)
    keyed: dict[str, Keyed] = defaultdict(list)
    for type_, of_type in by_type.items():
        if type_ != "feedback":
            keyed[type_] = [((people.numbers[record.owner], record.id), record) for record in of_type]
    people.describe(by_type["user"], counts)
    touched = {user for type_ in ("conversation", "message", "file") for (user, _id), _record in keyed[type_]}
    if touched:
        store_history(keyed, counts, contents, bases, people.revisions)
        people.histories_changed(touched)
    for type_, model in PLAIN.items():
        _store_plain(type_, model, keyed[type_], counts)
    store_feedback(by_type["feedback"], counts, contents)


def _store_plain(type_: str, model: Any, records: Keyed, counts: Counts) -> None:
    """Store records of a type whose fields are columns."""
    if records:
        digests = {key: row[0] for key, row in known(model, {key for key, _record in records}, "digest").items()}
        fields = tuple(name for name in TYPES[type_].fields if name not in ("id", "user"))
        write_records(model, fields, settle(records, digests, counts))
