"""A conversation opened at a place: the thread that is read, the page of it that is shown, the messages on that page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from peewee import fn

from privacy_center.core import pages
from privacy_center.core.db import fetch
from privacy_center.history.models import Conversation, Message
from privacy_center.history.thread import Link, Tree, build

PAGE = 50
LIGHT = 256 * 1024  # bytes of a message's parts; heavier ones are read one at a time


@dataclass(frozen=True)
class Stored:
    """One message as it is stored."""

    id: int
    external_id: str
    role: str
    created_at: datetime
    model: str | None
    parts: list[Any]


@dataclass(frozen=True)
class Opened:
    """The thread through a conversation's messages, and where in it the page begins."""

    conversation: Conversation
    tree: Tree
    external_ids: set[str]
    thread: list[int]
    begin: int
    branch: int | None
    words: str
    lost_place: bool

    @property
    def ids(self) -> list[int]:
        """The messages on the page."""
        return self.thread[self.begin : self.begin + PAGE]

    @property
    def end(self) -> int:
        """Where in the thread the page ends."""
        return min(self.begin + PAGE, len(self.thread))

    @property
    def previous(self) -> str | None:
        """The address of the page before."""
        return self._page_from(self.begin - PAGE) if self.begin else None

    @property
    def next(self) -> str | None:
        """The address of the page after."""
        return self._page_from(self.end) if self.end < len(self.thread) else None

    def version(self, message: int) -> str:
        """The address of the thread through that message, at it."""
        return self._address(branch=message, _anchor=f"m{message}")

    def _page_from(self, begin: int) -> str:
        if begin == 0 and self.branch is None:
            return self._address()
        return self._address(branch=self.branch, after=pages.cursor(_name(self.conversation), self.thread[begin]))

    def _address(self, **more: Any) -> str:
        return url_for("history.conversation", conversation_id=self.conversation.id, q=self.words or None, **more)


def open_at(conversation: Conversation, *, branch: int | None, after: str | None, words: str) -> Opened:
    """Open the thread through the message *branch*, else the newest; at the cursor's page, else the one with *branch*, else the first."""
    rows = fetch("SELECT id, external_id, parent, role FROM message WHERE conversation_id = ? ORDER BY created_at, id", conversation.id)
    tree = build([Link(*row) for row in rows])
    lost = branch is not None and branch not in tree.order
    branch = None if lost else branch
    thread = tree.thread(branch)
    place = pages.place(_name(conversation), after, (int,))
    start = place[0] if place else branch
    found = start in tree.order and start in thread
    return Opened(
        conversation=conversation,
        tree=tree,
        external_ids={row[1] for row in rows},
        thread=thread,
        begin=thread.index(start) // PAGE * PAGE if start is not None and found else 0,
        branch=branch,
        words=words,
        lost_place=lost or bool(after and not (place and found)),
    )


def _name(conversation: Conversation) -> str:
    """The name that this conversation's cursors go by."""
    return f"thread {conversation.id}"


def messages(ids: list[int]) -> Iterator[Stored]:
    """The messages in that order; heavy ones are read one at a time, so that any page of them fits into memory."""
    weight = fn.OCTET_LENGTH(Message.parts).coerce(False)
    columns = (weight, Message.id, Message.external_id, Message.role, Message.created_at, Message.model)
    rows: Any = Message.select(*columns).where(Message.id.in_(ids)).tuples()
    heads = {row[1]: row for row in rows}
    light = [id_ for id_, row in heads.items() if row[0] <= LIGHT]
    held = {row.id: row.parts for row in Message.select(Message.id, Message.parts).where(Message.id.in_(light))}
    for id_ in ids:
        if id_ in heads:  # it may have been deleted in this moment
            parts = held.pop(id_) if id_ in held else _parts_of(id_)
            _weight, number, external_id, role, created_at, model = heads[id_]
            yield Stored(number, external_id, role, created_at, model, parts if isinstance(parts, list) else [parts])


def _parts_of(message_id: int) -> list[Any]:
    """The parts of one message."""
    found = Message.select(Message.parts).where(Message.id == message_id).tuples().first()
    return found[0] if found else []
