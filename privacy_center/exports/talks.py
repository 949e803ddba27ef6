"""Conversations one after the other with all their messages, read so that memory stays constant however many or long they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import orjson
from peewee import Tuple

from privacy_center.accounts.models import User
from privacy_center.core.db import database, is_sqlite
from privacy_center.exports.contents import AT_ONCE, Choice, as_stored
from privacy_center.exports.tables import Column, columns_of
from privacy_center.history.models import Conversation
from privacy_center.history.thread import Link, Tree, build

MESSAGES_AT_ONCE = 1000
TALKS_AT_ONCE = 1000  # there may be any number without a message
BODIES_AT_ONCE = 100
LIGHT = 16 * 1024  # bytes of a message that is read together with others

HEADS = "id, conversation_id, external_id, parent, role, created_at, model"
BODIES = f"CASE WHEN OCTET_LENGTH(parts) <= {LIGHT} THEN parts END"
# Names and numbers of ours only.
OF_SOME = f"SELECT {HEADS}, {BODIES} FROM message WHERE conversation_id {{among}} ORDER BY conversation_id, created_at, id"  # noqa: S608
OF_ONE = f"SELECT {HEADS}, NULL FROM message WHERE conversation_id = ? ORDER BY created_at, id"  # noqa: S608
SOME_BODIES = f"SELECT id, {BODIES} FROM message WHERE id {{among}}"  # noqa: S608
ONE_BODY = "SELECT parts FROM message WHERE id = ?"


class Message(NamedTuple):
    """One message as it is stored; its parts are JSON, or None while they are too heavy to be kept."""

    id: int
    conversation: int
    external_id: str
    parent: str | None
    role: str
    created_at: int
    model: str | None
    parts: str | None


@dataclass
class Talk:
    """One conversation: what it says of itself, and its messages without the weight of all of them."""

    id: int
    external_id: str
    title: str
    message_count: int
    file_count: int
    values: tuple[Any, ...]
    messages: Sequence[Message] = ()

    @cached_property
    def by_id(self) -> dict[int, Message]:
        """The messages by their numbers."""
        return {message.id: message for message in self.messages}

    @cached_property
    def tree(self) -> Tree:
        """How the messages follow each other."""
        return build([Link(each.id, each.external_id, each.parent, each.role) for each in self.messages])

    @cached_property
    def order(self) -> list[int]:
        """Every message once, after the one it follows; the newest thread's last message comes last."""
        if self.tree.is_line:
            return self.tree.thread()
        newest, waiting, found = set(self.tree.thread()), list(self.tree.children.get(None, [])), []
        waiting.sort(key=lambda each: (each not in newest, -self.tree.order[each]))
        while waiting:
            here = waiting.pop()
            found.append(here)
            below = self.tree.children.get(here, [])
            waiting += sorted(below, key=lambda each: (each not in newest, -self.tree.order[each])) if len(below) > 1 else below
        return found

    def bodies(self) -> Iterator[list[Body]]:
        """The messages in that order, each with its parts: many light ones at once, a heavy one alone."""
        for begin in range(0, len(self.order), BODIES_AT_ONCE):
            some = [self.by_id[number] for number in self.order[begin : begin + BODIES_AT_ONCE]]
            missing = [each.id for each in some if each.parts is None]
            read = dict(_fetch(SOME_BODIES, missing)) if missing else {}
            light: list[Body] = []
            for each in some:
                text = each.parts or read.pop(each.id, None)
                if text is None:
                    if light:
                        yield light
                    yield [(each, _parts(_fetch_one(each.id)))]
                    light = []
                else:
                    light.append((each, _parts(text)))
            if light:
                yield light


Body = tuple[Message, list[Any]]  # a message with its parts


def _parts(text: str) -> list[Any]:
    """The parts of a message out of their JSON."""
    parts = orjson.loads(text)
    return parts if isinstance(parts, list) else [parts]


def columns() -> list[Column]:
    """What a conversation says of itself."""
    return columns_of(Conversation)


def talks(choice: Choice, user: User) -> Iterator[Talk]:
    """The chosen conversations, those last used first."""
    found = _heads(choice, user)
    some: list[Talk] = []
    weight = 0
    for talk in found:
        if some and (weight + talk.message_count > MESSAGES_AT_ONCE or len(some) == TALKS_AT_ONCE):
            yield from _with_messages(some)
            some, weight = [], 0
        some.append(talk)
        weight += talk.message_count
    yield from _with_messages(some)


def _heads(choice: Choice, user: User) -> Iterator[Talk]:
    """The chosen conversations without their messages."""
    key: Any = Tuple(Conversation.active_at, Conversation.id)
    names = (Conversation.external_id, Conversation.title, Conversation.message_count, Conversation.file_count)
    place = (Conversation.active_at, Conversation.id)
    rows = choice.rows(Conversation, user).select(*place, *names, *[column.field for column in columns()])
    rows = rows.order_by(Conversation.active_at.desc(), Conversation.id.desc()).limit(AT_ONCE)
    after: Any = None
    while True:
        some = as_stored(rows if after is None else rows.where(key < Tuple(*after)))
        for _active_at, number, external_id, title, messages, files, *values in some:
            yield Talk(number, external_id, title, messages, files, tuple(values))
        if len(some) < AT_ONCE:
            return
        after = some[-1][:2]


def _with_messages(some: list[Talk]) -> Iterator[Talk]:
    """These conversations with their messages; one that is long has them without their words, which are read when it is their turn."""
    if len(some) == 1 and some[0].message_count > MESSAGES_AT_ONCE:
        some[0].messages = [Message(*row) for row in database.execute_sql(OF_ONE.replace("?", database.param), (some[0].id,))]
        yield some[0]
        return
    held: dict[int, list[Message]] = {}
    for row in _fetch(OF_SOME, [talk.id for talk in some]) if some else ():
        held.setdefault(row[1], []).append(Message(*row))
    for talk in some:
        talk.messages = held.pop(talk.id, ())
        yield talk


def _fetch(sql: str, numbers: list[int]) -> Any:
    """The rows of a query about these numbers; its text is always the same, however many they are."""
    if is_sqlite():
        return database.execute_sql(sql.format(among="IN (SELECT value FROM json_each(?))"), (orjson.dumps(numbers).decode(),))
    return database.execute_sql(sql.format(among="= ANY(%s)"), (numbers,))


def _fetch_one(number: int) -> str:
    """The parts of one heavy message."""
    [(text,)] = database.execute_sql(ONE_BODY.replace("?", database.param), (number,)).fetchall()
    return str(text)
