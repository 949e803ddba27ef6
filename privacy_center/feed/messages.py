"""Messages and files of a batch: stored beneath their conversations, and the messages' words in the search index."""

from __future__ import annotations

from typing import Any

import orjson

from privacy_center.feed.contents import Contents
from privacy_center.feed.conversations import Conversations, Held
from privacy_center.feed.homes import bring_home, of_messages
from privacy_center.feed.reading import Record
from privacy_center.feed.rows import Counts, Key, known, settle, write
from privacy_center.history import index
from privacy_center.history.models import File, Message

MESSAGE = ("user_id", "external_id", "conversation_id", "parent", "role", "created_at", "model", "parts", "search_id", "digest")
FILE = ("user_id", "external_id", "conversation_id", "message", "name", "media_type", "size", "sha256", "created_at", "storage_key", "digest")

Keyed = list[tuple[Key, Record]]


def store_history(keyed: dict[str, Keyed], counts: Counts, contents: Contents, bases: index.Bases, revisions: dict[int, int]) -> None:
    """Store conversations, messages and files, and everything that hangs on them; *revisions* are the states their users' histories come into."""
    conversations, messages, files = keyed["conversation"], keyed["message"], keyed["file"]
    named = {(key[0], record.values["conversation"]) for key, record in [*messages, *files] if "conversation" in record.values}
    shelf = Conversations(bases, named | {key for key, _record in conversations}, revisions)
    shelf.describe(conversations, counts)
    gone, entries = _store_messages(messages, shelf, counts)
    _store_files(files, shelf, counts, contents)
    bring_home(messages)
    gone_titles, titles = shelf.finish()
    index.forget([*gone, *gone_titles])
    index.write([*entries, *titles])


def _store_messages(messages: Keyed, shelf: Conversations, counts: Counts) -> tuple[list[int], list[tuple[int, Any]]]:
    """Store messages; returns what the index has to forget and to write."""
    before = known(Message, {key for key, _record in messages}, "digest", "conversation_id", "search_id")
    changed = settle(messages, {key: row[0] for key, row in before.items()}, counts)
    rows, gone, entries = [], [], []
    for key, record in changed.items():
        values = record.values
        home = (key[0], values["conversation"])
        held = shelf.of(home, values["created_at"])
        _digest, old_home, place = before.get(key, (None, None, None))
        _move(shelf.messages, old_home, held.id)
        _note_activity(shelf, key[0], held, old_home, values["created_at"])
        if place is not None:
            gone.append(place)
        if record.words is None or old_home not in (None, held.id):
            place = None
        if record.words is not None:
            place = place or shelf.next_place(home)
            entries.append((place, record.words))
        parts = orjson.dumps(values["parts"]).decode()
        rows.append((*key, held.id, values.get("parent"), values["role"], values["created_at"], values.get("model"), parts, place, record.digest))
    write(Message, MESSAGE, rows)
    return gone, entries


def _move(count: Any, old_home: int | None, home: int | None) -> None:
    """Count a record where it is now, and no longer where it was."""
    if home != old_home:
        if old_home is not None:
            count[old_home] -= 1
        if home is not None:
            count[home] += 1


def _note_activity(shelf: Conversations, user: int, held: Held, old_home: int | None, moment: int) -> None:
    """Have the last activity looked up where this message may have changed it."""
    if old_home is not None:
        shelf.note_activity(user, old_home, held.id)
    elif moment > held.active_at:
        shelf.note_activity(user, held.id)


def _store_files(files: Keyed, shelf: Conversations, counts: Counts, contents: Contents) -> None:
    """Store files, and name their contents."""
    before = known(File, {key for key, _record in files}, "digest", "conversation_id", "storage_key")
    homes = of_messages(files)
    rows = []
    for key, record in settle(files, {key: row[0] for key, row in before.items()}, counts).items():
        values = record.values
        if "contents" in values and not record.keys:
            # It was stored like this when the contents were put away, and somebody has changed it since: theirs is the last word.
            counts.stored, counts.unchanged = counts.stored - 1, counts.unchanged + 1
            continue
        _digest, old_home, old_key = before.get(key, (None, None, None))
        home: int | None = homes.get((key[0], values.get("message", "")), old_home)
        if "conversation" in values:
            home = shelf.of((key[0], values["conversation"]), values["created_at"]).id
        _move(shelf.files, old_home, home)
        storage_key = record.keys[0] if record.keys else None
        contents.named |= set(record.keys)
        contents.replaced |= {old_key} if old_key else set()
        described = (values.get("message"), values["name"], values["media_type"], values["size"], values["sha256"], values["created_at"])
        rows.append((*key, home, *described, storage_key, record.digest))
    write(File, FILE, rows)
