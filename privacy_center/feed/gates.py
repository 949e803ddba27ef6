"""What may not come back: records of erased accounts, and records that their users deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from privacy_center.accounts.models import Tombstone, User
from privacy_center.core.db import among, fetch, microseconds
from privacy_center.feed.reading import Record, Refusal
from privacy_center.history.models import Conversation, File, Message
from privacy_center.history.veils import Veil

ERASED = "names a user whose account was erased"
CLOSING = "names a user who is closing the account; it can be sent again if they keep it"
KEPT_BY_LAW = ("order",)  # which the law asks us to keep, also of who is leaving
DELETED = "deleted by its user"

# What of each kind there is, with the conversation that it is hidden with.
OF_HISTORY: dict[str, Any] = {
    "conversation": Conversation.select(Conversation.external_id),
    "message": Message.select(Message.external_id).join(Conversation),
    "file": File.select(File.external_id).join(Conversation),
}

# Kinds that are erased as a whole, and what says whether a record is older than that.
DATED_BY = {"device": "seen_at", "usage_event": "occurred_at", "log_entry": "occurred_at", "feedback": "submitted_at", "correspondence": "sent_at"}

Grave = tuple[str, tuple[str, ...]]  # a tombstone's kind, and whom or what it names


def turned_away(records: Iterable[Record], issuer: str) -> dict[int, Refusal]:
    """The refusals of records that may not come back, by their lines."""
    records = list(records)
    by_kind: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for record in records:
        for kind, identity in _graves(record, issuer):
            by_kind[kind].add(identity)
    standing = {(kind, identity) for kind, identities in by_kind.items() for identity in Tombstone.standing(kind, identities)}
    standing |= _hidden(by_kind, issuer)
    closing, ended = _closing(records, issuer), _ended(records, issuer)
    refusals = {}
    for record in records if standing or closing or ended else ():
        account, *others = _graves(record, issuer)
        if account in standing:
            refusals[record.line] = Refusal(record.line, record.type, record.id, ERASED)
        elif not standing.isdisjoint(others) or _is_of_the_past(record, ended):
            refusals[record.line] = Refusal(record.line, record.type, record.id, DELETED)
        elif record.owner in closing and record.type not in KEPT_BY_LAW:
            refusals[record.line] = Refusal(record.line, record.type, record.id, CLOSING)
    return refusals


def _closing(records: list[Record], issuer: str) -> set[str]:
    """Those of the owners who are closing their accounts, by user id or by the digest that feedback names."""
    found: set[str] = set()
    for column, of_feedback in (("subject", False), ("feedback_digest", True)):
        condition, given = among(column, sorted({record.owner for record in records if (record.type == "feedback") is of_feedback}))
        query = f"SELECT {column} FROM users WHERE issuer = ? AND closing_at IS NOT NULL AND {condition}"  # noqa: S608 - columns of ours
        found |= {each for (each,) in fetch(query, issuer, given)}
    return found


def _ended(records: list[Record], issuer: str) -> dict[tuple[str, str], datetime]:
    """Up to which moment records of a type were erased with all of their kind, by type and owner."""
    owners: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.type in DATED_BY:
            owners[record.type].add(record.owner)
    found: dict[tuple[str, str], datetime] = {}
    for type_, theirs in owners.items():
        identities: dict[tuple[str, ...], str] = {((each,) if type_ == "feedback" else (issuer, each)): each for each in theirs}
        found |= {(type_, identities[identity]): moment for identity, moment in Tombstone.ended(type_, identities).items()}
    return found


def _is_of_the_past(record: Record, ended: dict[tuple[str, str], datetime]) -> bool:
    """Whether a record belongs to what its person had erased with all of its kind."""
    until = ended.get((record.type, record.owner))
    return until is not None and record.values[DATED_BY[record.type]] <= microseconds(until)


def _graves(record: Record, issuer: str) -> list[Grave]:
    """What a record would bring back: first its account, then itself, and the conversation and the message that it cannot outlive."""
    owner, values = record.owner, record.values
    if record.type == "feedback":
        return [("feedback-account", (owner,)), ("feedback", (owner, record.id))]
    graves: list[Grave] = [("account", (issuer, owner)), (record.type, (issuer, owner, record.id))]
    if record.type in ("message", "file"):
        graves += [(kind, (issuer, owner, values[kind])) for kind in ("conversation", "message") if kind in values]
    return graves


def _hidden(by_kind: dict[str, set[tuple[str, ...]]], issuer: str) -> set[Grave]:
    """Those that a deletion under way hides: they have no tombstone yet, and are as good as gone.

    Messages and files too, or one that is named again elsewhere would be taken out from under the veil.
    """
    found: set[Grave] = set()
    owners = {identity[1] for kind in OF_HISTORY for identity in by_kind[kind]}
    if not owners:
        return found
    drawn = Veil.drawn_at.is_null(False) & (User.issuer == issuer) & User.subject.in_(owners)
    for veil in Veil.select(Veil, User).join(User).where(drawn):
        subject = veil.user.subject
        for kind, rows in OF_HISTORY.items():
            named = [identity[2] for identity in by_kind[kind] if identity[1] == subject]
            model = rows.model
            meant = (model.user == veil.user) & model.external_id.in_(named) & veil.covers_in(Conversation)
            found |= {(kind, (issuer, subject, each)) for (each,) in rows.where(meant).tuples()} if named else set()
    return found
