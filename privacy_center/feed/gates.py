"""What may not come back: records of erased accounts, and records that their users deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from privacy_center.accounts.models import Tombstone, User
from privacy_center.feed.reading import Record, Refusal
from privacy_center.history.models import Conversation
from privacy_center.history.veils import Veil

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
    standing |= _hidden(by_kind["conversation"], issuer)
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


def _hidden(conversations: set[tuple[str, ...]], issuer: str) -> set[Grave]:
    """Those conversations that a deletion under way hides: they have no tombstone yet, and are as good as gone."""
    named: dict[str, list[str]] = defaultdict(list)
    for _issuer, subject, conversation in conversations:
        named[subject].append(conversation)
    if not named:
        return set()
    drawn = Veil.drawn_at.is_null(False) & (User.issuer == issuer) & User.subject.in_(list(named))
    found: set[Grave] = set()
    for veil in Veil.select(Veil, User).join(User).where(drawn):
        subject = veil.user.subject
        meant = (Conversation.user == veil.user) & Conversation.external_id.in_(named[subject]) & veil.covers_in(Conversation)
        hidden = Conversation.select(Conversation.external_id).where(meant)
        found |= {("conversation", (issuer, subject, each.external_id)) for each in hidden}
    return found
