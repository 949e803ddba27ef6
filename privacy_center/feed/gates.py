"""What may not come back: records of erased accounts, and records that their users deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from privacy_center.accounts.models import Tombstone
from privacy_center.feed.reading import Record, Refusal

ERASED = "names a user whose account was erased"
DELETED = "deleted by its user"

Grave = tuple[str, tuple[str, ...]]  # a tombstone's kind, and whom or what it names


def turned_away(records: Iterable[Record], issuer: str) -> dict[int, Refusal]:
    """The refusals of records that may not come back, by their lines."""
    records = list(records)
    by_kind: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for record in records:
        for kind, identity in _graves(record, issuer):
            by_kind[kind].add(identity)
    standing = {(kind, identity) for kind, identities in by_kind.items() for identity in Tombstone.standing(kind, identities)}
    refusals = {}
    for record in records if standing else ():
        account, *others = _graves(record, issuer)
        if account in standing:
            refusals[record.line] = Refusal(record.line, record.type, record.id, ERASED)
        elif not standing.isdisjoint(others):
            refusals[record.line] = Refusal(record.line, record.type, record.id, DELETED)
    return refusals


def _graves(record: Record, issuer: str) -> list[Grave]:
    """What a record would bring back: first its account, then itself, and the conversation and the message that it cannot outlive."""
    owner, values = record.owner, record.values
    if record.type == "feedback":
        return [("feedback-account", (owner,)), ("feedback", (owner, record.id))]
    graves: list[Grave] = [("account", (issuer, owner)), (record.type, (issuer, owner, record.id))]
    if record.type in ("message", "file"):
        graves += [(kind, (issuer, owner, values[kind])) for kind in ("conversation", "message") if kind in values]
    return graves
