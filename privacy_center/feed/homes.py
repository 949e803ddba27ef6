"""Files that name no conversation: each belongs to that of the message which it came with, or which names it, whichever is sent first."""

from __future__ import annotations

from collections import Counter
from typing import Any

from privacy_center.core.db import execute_many, fetch
from privacy_center.feed.reading import Record
from privacy_center.feed.rows import Key, known
from privacy_center.history.models import File, Message

Keyed = list[tuple[Key, Record]]

ANY_LOOSE = "SELECT 1 FROM file WHERE conversation_id IS NULL AND user_id = ? LIMIT 1"
LOOSE = "SELECT id, user_id, message FROM file WHERE conversation_id IS NULL AND user_id = ? AND message IS NOT NULL"
MOVE = "UPDATE file SET conversation_id = ? WHERE id = ?"
COUNT = "UPDATE conversation SET file_count = file_count + ? WHERE id = ?"


def of_messages(files: Keyed) -> dict[Key, int]:
    """The conversations of the messages that these files came with, by the key of the message; for files that name no conversation."""
    named = {(key[0], record.values["message"]) for key, record in files if "conversation" not in record.values and "message" in record.values}
    return {key: row[0] for key, row in known(Message, named, "conversation_id").items()}


def bring_home(messages: Keyed) -> None:
    """Let files that were sent before these messages, and named no conversation, go to where the messages are."""
    users = {key[0] for key, _record in messages}
    if not any(fetch(ANY_LOOSE, user) for user in users):
        return
    homes = {key: row[0] for key, row in known(Message, {key for key, _record in messages}, "conversation_id").items()}
    naming = {(key[0], file): homes[key] for key, record in messages for file in _named(record) if key in homes}
    found = {row[0]: naming[key] for key, row in known(File, naming, "id", "conversation_id").items() if row[1] is None}
    found |= _came_with(homes)
    execute_many(MOVE, [(home, file) for file, home in found.items()])
    execute_many(COUNT, [(count, home) for home, count in Counter(found.values()).items()])


def _named(record: Record) -> set[str]:
    """The files that a message names."""
    parts: list[Any] = record.values["parts"]
    return {part["file"] for part in parts if part["type"] == "file"}


def _came_with(homes: dict[Key, int]) -> dict[int, int]:
    """The files without a conversation that say they came with one of these messages, and where those are."""
    loose = [row for user in sorted({key[0] for key in homes}) for row in fetch(LOOSE, user)]
    return {number: homes[user, message] for number, user, message in loose if (user, message) in homes}
