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
    graves = {record.line: (record, _whose(record, issuer), _what(record, issuer)) for record in records}
    standing = _standing({grave for _record, whose, what in graves.values() for grave in (whose, *what)})
    refusals = {}
    for line, (record, whose, what) in graves.items():
        if whose in standing:
            refusals[line] = Refusal(line, record.type, record.id, ERASED)
        elif not standing.isdisjoint(what):
            refusals[line] = Refusal(line, record.type, record.id, DELETED)
    return refusals


def _whose(record: Record, issuer: str) -> Grave:
    """The account that a record belongs to."""
    return ("feedback-account", (record.owner,)) if record.type == "feedback" else ("account", (issuer, record.owner))


def _what(record: Record, issuer: str) -> list[Grave]:
    """The record itself, and the conversation and the message that it cannot outlive."""
    if record.type == "feedback":
        return [("feedback", (record.owner, record.id))]
    named = [(record.type, record.id)]
    if record.type in ("message", "file"):
        named += [(kind, record.values[kind]) for kind in ("conversation", "message") if kind in record.values]
    return [(kind, (issuer, record.owner, id_)) for kind, id_ in named]


def _standing(graves: set[Grave]) -> set[Grave]:
    """Those for which there is a tombstone; one query for each kind."""
    by_kind: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for kind, identity in graves:
        by_kind[kind].append(identity)
    return {(kind, identity) for kind, identities in by_kind.items() for identity in Tombstone.standing(kind, identities)}
