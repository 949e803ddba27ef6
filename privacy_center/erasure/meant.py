"""What a deletion means: a rule or a list, the conversations that go along, and how much that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import Value, fn

from privacy_center.accounts.models import User
from privacy_center.history.calendar import midnight
from privacy_center.history.filters import Filters
from privacy_center.history.models import Conversation, File
from privacy_center.history.veils import Veil, Veiled


@dataclass(frozen=True)
class Rule:
    """What a deletion means by a rule rather than by a list; nothing given means everything."""

    since: datetime | None = None
    before: datetime | None = None
    model: str | None = None
    source: str | None = None
    workspace: str | None = None
    archived: bool | None = None


def rule_of(asked: Filters) -> Rule:
    """The rule that the history's filters are."""
    typed = asked.typed
    return Rule(
        since=midnight(asked.since) if asked.since else None,
        before=midnight(asked.until) + timedelta(days=1) if asked.until else None,
        model=typed["model"] or None,
        source=typed["source"] or None,
        workspace=typed["workspace"] or None,
        archived={"yes": True, "no": False}.get(typed["archived"]),
    )


def newest() -> int:
    """The highest number of a conversation, anybody's: to find that costs nothing."""
    return int(Conversation.select(fn.MAX(Conversation.id)).scalar() or 0)


def list_sub_agents(user: User, veil: Veil) -> None:
    """List the conversations that were begun by what the veil covers, and those begun by them, to the end."""
    parent = Conversation.alias()
    while True:
        children: Any = (
            Conversation.select(Conversation.id)
            .join(parent, on=(parent.user == Conversation.user) & (parent.external_id == Conversation.parent))
            .where(Conversation.held_for(user) & Conversation.parent.is_null(False) & veil.covers_in(parent) & ~veil.covers_in(Conversation))
        )
        if not veil.list_also([number for (number,) in children.tuples()]):
            return


def _covered(user: User, veil: Veil, *columns: Any) -> Any:
    """A query of what the veil covers of the conversations in *user*'s history; of a mere list, it begins at the list."""
    found, theirs = Conversation.select(*columns), Conversation.held_for(user)
    if veil.through is not None:
        return found.where(theirs & veil.covers_in(Conversation))
    return found.join(Veiled, on=(Veiled.conversation == Conversation.id)).where((Veiled.veil == veil) & theirs)


def count(user: User, veil: Veil) -> dict[str, int]:
    """How many conversations, messages, files and bytes of files the veil covers, and how many were begun by others."""
    of_conversations = _covered(user, veil, fn.COUNT(Conversation.id), fn.SUM(Conversation.message_count))
    of_sub_agents = _covered(user, veil, fn.COUNT(Conversation.id)).where(Conversation.parent.is_null(False))
    # From each file to its conversation: most conversations have none.
    theirs = fn.EXISTS(_covered(user, veil, Value(1)).where(Conversation.id == File.conversation))
    of_files: Any = File.select(fn.COUNT(File.id), fn.SUM(File.size)).where((File.user == user) & theirs)
    conversations, messages = of_conversations.tuples().get()
    files, size = of_files.tuples().get()
    names = ("conversation", "message", "sub_agent", "file", "file_bytes")
    return {name: int(number or 0) for name, number in zip(names, (conversations, messages, of_sub_agents.scalar(), files, size), strict=True)}


def ends_of(user: User, veil: Veil) -> tuple[Any, Any]:
    """The conversations of the earliest and the latest activity that the veil covers."""
    meant, number = _covered(user, veil), Conversation.id
    # Of a list, sort what is listed: to walk through the whole history in its order takes longer.
    when = Conversation.active_at if veil.through is not None else Conversation.active_at + 0
    return meant.order_by(when, number).first(), meant.order_by(when.desc(), number.desc()).first()
