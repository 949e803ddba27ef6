"""Puts conversations into the centre's own tables as fast as the database takes them: plain rows, executemany, no model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from benchmarks.people import Conversation, Person
from privacy_center.core.db import database
from privacy_center.history import index

ISSUER = "https://z.example"

USERS = "INSERT INTO users (id, subject, issuer, email, name, language, opened_at, feedback_digest) VALUES (?, ?, ?, ?, ?, 'en', ?, ?)"
CONVERSATIONS = (
    "INSERT INTO conversation (id, user_id, external_id, title, created_at, updated_at, active_at, model, workspace, source, archived, "
    "message_count, file_count, search_base, search_count, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?)"
)
MESSAGES = (
    "INSERT INTO message (id, user_id, conversation_id, external_id, role, created_at, model, parts, search_id, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
WORDS = "INSERT INTO word_index (rowid, words) VALUES (?, ?)"


@dataclass
class Rows:
    """Rows of conversations made ready for their tables."""

    conversations: list[tuple[Any, ...]] = field(default_factory=list)
    messages: list[tuple[Any, ...]] = field(default_factory=list)
    words: list[tuple[int, Any]] = field(default_factory=list)

    def write(self) -> None:
        """Put the rows into the tables and the words into the index, in one transaction."""
        connection = database.connection()
        with database.atomic():
            connection.executemany(CONVERSATIONS, self.conversations)
            connection.executemany(MESSAGES, self.messages)
            connection.executemany(WORDS, self.words)


@dataclass
class Filler:
    """Numbers people, conversations and messages, and makes rows of them."""

    conversations: int = 0
    messages: int = 0
    text_bytes: int = 0
    users: dict[str, int] = field(default_factory=dict)

    def add_people(self, people: Iterable[Person]) -> None:
        """Open an account for each."""
        rows = []
        for number, person in enumerate(people, start=len(self.users) + 1):
            self.users[person.subject] = number
            name = person.subject.replace("-", " ").title()
            rows.append((number, person.subject, ISSUER, f"{person.subject}@example.com", name, 1_690_000_000_000_000, _digest(person.subject)))
        with database.atomic():
            database.connection().executemany(USERS, rows)

    def rows(self, person: Person, conversations: Iterable[Conversation]) -> Rows:
        """The rows of these conversations."""
        made, user = Rows(), self.users[person.subject]
        for each in conversations:
            self.conversations += 1
            base = index.base_of(user, each.created_at)
            made.conversations.append(self._conversation_row(user, base, each))
            made.words.append((base, index.words_for_sqlite(each.title)))
            self.text_bytes += len(each.title.encode())
            for place, message in enumerate(each.messages, start=1):
                self.messages += 1
                text = index.text_of(message.parts)
                self.text_bytes += len(text.encode())
                made.words.append((base + place, index.words_for_sqlite(text)))
                parts = orjson.dumps(message.parts).decode()
                named = (self.messages, user, self.conversations, message.id, message.role, message.created_at, message.model)
                made.messages.append((*named, parts, base + place, _digest(parts)))
        return made

    def _conversation_row(self, user: int, base: int, each: Conversation) -> tuple[Any, ...]:
        """One row of the table of conversations."""
        times = (each.created_at, each.updated_at, each.updated_at)
        count = len(each.messages)
        where = (each.model, each.workspace, each.source)
        return (self.conversations, user, each.id, each.title, *times, *where, count, base, count + 1, _digest(each.id))


def _digest(text: str) -> str:
    """A digest like those of the feed: as long, and as hard to compress."""
    return hashlib.sha256(text.encode()).hexdigest()
