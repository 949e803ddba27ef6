"""The conversations that a batch touches: opened, described, counted, and given their places in the search index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from privacy_center.core.db import execute_many, fetch, is_sqlite
from privacy_center.feed.reading import Record
from privacy_center.feed.rows import Counts, Key, known, settle
from privacy_center.feed.schema import TYPES
from privacy_center.history import index
from privacy_center.history.models import Conversation

FIELDS = tuple(name for name in TYPES["conversation"].fields if name not in ("id", "user"))
COLUMNS = ("user_id", "external_id", *FIELDS, "digest", "active_at", "message_count", "file_count", "search_base", "search_count", "revision")
# The names in these statements are columns of ours.
OPEN = f"INSERT INTO conversation ({', '.join(COLUMNS)}) VALUES ({', '.join('?' for _ in COLUMNS)}) RETURNING id"  # noqa: S608
DESCRIBE = f"UPDATE conversation SET {', '.join(f'{name} = ?' for name in FIELDS)}, digest = ?, revision = ? WHERE id = ?"  # noqa: S608
COUNT = "UPDATE conversation SET message_count = message_count + ?, file_count = file_count + ?, search_count = search_count + ? WHERE id = ?"
MOVE = "UPDATE conversation SET search_base = ? WHERE id = ?"
REVIVE = (
    "UPDATE conversation SET active_at = %s(updated_at, COALESCE("
    "(SELECT MAX(created_at) FROM message WHERE conversation_id = conversation.id), updated_at)), revision = ? WHERE id = ?"
)


@dataclass(slots=True)
class Held:
    """A conversation as it is while a batch is written."""

    id: int
    digest: str | None
    title: str
    created_at: int
    active_at: int
    base: int
    count: int
    first_base: int = 0  # the base before this batch
    has_title: bool = False  # whether the index has one there
    words: Any = None


class Conversations:
    """The conversations of a batch, and what is still to be written about them."""

    def __init__(self, bases: index.Bases, keys: Iterable[Key], revisions: dict[int, int]) -> None:
        self.bases = bases
        self.revisions = revisions
        self.messages: Counter[int] = Counter()  # how many more, by the conversation's number
        self.files: Counter[int] = Counter()
        self.places: Counter[int] = Counter()
        self.stale: dict[int, int] = {}  # whose last activity has to be looked up, and the state that their user's history comes into
        self.moved: set[Key] = set()  # whose title is another, or has to stand elsewhere in the index
        rows = known(Conversation, set(keys), "id", "digest", "title", "created_at", "active_at", "search_base", "search_count")
        self.held = {key: Held(*row) for key, row in rows.items()}
        for held in self.held.values():
            held.first_base, held.has_title = held.base, bool(held.title)

    def describe(self, records: Iterable[tuple[Key, Record]], counts: Counts) -> None:
        """Store what the conversations' own lines say."""
        digests = {key: held.digest for key, held in self.held.items()}
        changes = []
        for key, record in settle(records, digests, counts).items():
            held = self.held.get(key)
            if held is None:
                held = self._open(key, record.values, record.digest)
            else:
                changes.append((*_described(record.values), record.digest, self.revisions[key[0]], held.id))
                self.note_activity(key[0], held.id)
                held.created_at = record.values["created_at"]
            if held.title != record.values["title"]:
                held.title, held.words = record.values["title"], record.words
                self.moved.add(key)
        execute_many(DESCRIBE, changes)

    def note_activity(self, user: int, *conversations: int) -> None:
        """Have the last activity of these conversations looked up."""
        self.stale |= dict.fromkeys(conversations, self.revisions[user])

    def of(self, key: Key, moment: int) -> Held:
        """The conversation of a record that happened then; one that nobody has described yet is opened, without a title."""
        return self.held.get(key) or self._open(key, {"title": "", "created_at": moment, "updated_at": moment}, None)

    def _open(self, key: Key, values: dict[str, Any], digest: str | None) -> Held:
        """Make a new conversation."""
        base = self.bases.give(key[0], values["created_at"])
        [(number,)] = fetch(OPEN, *key, *_described(values), digest, values["updated_at"], 0, 0, base, 0, self.revisions[key[0]])
        held = Held(number, digest, "", values["created_at"], values["updated_at"], base, 0, first_base=base)
        self.held[key] = held
        return held

    def next_place(self, key: Key) -> int:
        """A place in the index for one more message; a conversation that has used up its own goes on at a further base."""
        held = self.held[key]
        within = held.count % index.PLACES
        if held.count and within == 0:
            held.base = self.bases.give_further(key[0], held.created_at)
            self.moved.add(key)
        held.count += 1
        self.places[held.id] += 1
        return held.base + within + 1

    def finish(self) -> tuple[list[int], list[tuple[int, Any]]]:
        """Write counts, places and last activities; returns what the index has to forget and to write of titles."""
        changed = sorted(self.messages.keys() | self.files.keys() | self.places.keys())
        execute_many(COUNT, [(self.messages[number], self.files[number], self.places[number], number) for number in changed])
        moved = [self.held[key] for key in self.moved]
        execute_many(MOVE, [(held.base, held.id) for held in moved if held.base != held.first_base])
        execute_many(REVIVE % ("MAX" if is_sqlite() else "GREATEST"), [(revision, number) for number, revision in sorted(self.stale.items())])
        gone = [held.first_base for held in moved if held.has_title]
        return gone, [(held.base, held.words or index.prepared(held.title)) for held in moved if held.title]


def _described(values: dict[str, Any]) -> tuple[Any, ...]:
    """The fields of a conversation's line as its columns have them."""
    return tuple(bool(values.get(name)) if name == "archived" else values.get(name) for name in FIELDS)
