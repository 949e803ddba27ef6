"""The audit log: who did what to which person's data, and why; append-only and hash-chained."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import orjson
from peewee import CharField, IntegerField, TextField

from privacy_center.core import clock
from privacy_center.core.db import Moment, Record, database, is_sqlite, microseconds

FIRST = "0" * 64
CHAIN_LOCK = 7_331_001  # the key of PostgreSQL's advisory lock that keeps the chain single file


class AuditEntry(Record):
    """One act upon personal data. Actors and people are numbers of ours, never names; entries are never changed."""

    at = Moment()
    actor = CharField(max_length=80)
    action = CharField(max_length=80)
    person = IntegerField(null=True, index=True)
    subject = CharField(max_length=200, default="")
    reason = TextField(default="")
    previous = CharField(max_length=64)
    digest = CharField(max_length=64, unique=True)

    def computed_digest(self) -> str:
        """The digest that this entry must carry, from what it says and the entry before it."""
        said = [
            microseconds(self.at),
            self.actor,
            self.action,
            self.person,
            self.subject,
            self.reason,
            self.previous,
        ]
        return hashlib.sha256(orjson.dumps(said)).hexdigest()


class AuditStart(Record):
    """Where the chain begins since entries whose time was over were removed: the last of them, and its digest."""

    at = Moment(default=clock.now)
    entry = IntegerField()
    digest = CharField(max_length=64)
    removed = IntegerField()


def write(action: str, *, actor: str, person: int | None = None, subject: str = "", reason: str = "") -> AuditEntry:
    """Add an entry to the chain, in the transaction of what it describes.

    *actor* is `user:<id>`, `staff:<id>`, `feed` or `system`; *person* is the id of the user it is about.
    """
    with database.atomic():
        if not is_sqlite():
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (CHAIN_LOCK,))
        last = AuditEntry.select(AuditEntry.digest).order_by(AuditEntry.id.desc()).first()
        entry = AuditEntry(
            at=clock.now(),
            actor=actor,
            action=action,
            person=person,
            subject=subject,
            reason=reason,
            previous=last.digest if last else _start(),
        )
        entry.digest = entry.computed_digest()
        entry.save(force_insert=True)
    return entry


def verify() -> tuple[int, str | None]:
    """How many entries hold from the first on, and a sentence about the first that doesn't (None when all do)."""
    previous, count = _start(), 0
    for entry in AuditEntry.select().order_by(AuditEntry.id).iterator():
        if entry.previous != previous:
            return count, f"Entry {entry.id} does not follow the one before it: an entry was removed or put in."
        if entry.digest != entry.computed_digest():
            return count, f"Entry {entry.id} was changed after it was written."
        previous, count = entry.digest, count + 1
    return count, None


def _start() -> str:
    """The digest that the first entry must name."""
    start = AuditStart.select().order_by(AuditStart.entry.desc()).first()
    return str(start.digest) if start else FIRST


def forget_before(moment: datetime, *, most: int) -> list[int | None]:
    """Remove some of the oldest entries, whose time was over at *moment*, in a transaction of the caller's; returns whom they were about.

    The chain then begins after them: where, and by which digest, is written down first, or the database would refuse. The newest
    entry stays however old it is, or its number would be given again.
    """
    young = AuditEntry.select(AuditEntry.id).where(AuditEntry.at >= moment).order_by(AuditEntry.id).first()
    until = young or AuditEntry.select(AuditEntry.id).order_by(AuditEntry.id.desc()).first()
    gone = list(AuditEntry.select().where(AuditEntry.id < until.id).order_by(AuditEntry.id).limit(most)) if until else []
    if gone:
        AuditStart.create(entry=gone[-1].id, digest=gone[-1].digest, removed=len(gone))
        AuditEntry.delete().where(AuditEntry.id <= gone[-1].id).execute()
    return [each.person for each in gone]


def about(person: int) -> Any:
    """The entries about one person, newest first."""
    return AuditEntry.select().where(AuditEntry.person == person).order_by(AuditEntry.id.desc())
