"""The files of a conversation: listed beside the messages they came with, handed out whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from privacy_center.core.db import fetch
from privacy_center.history.models import Conversation, File
from privacy_center.history.plain import one_line

MOST_LISTED = 2000
LONGEST_NAME, LONGEST_ENDING = 200, 12  # bytes, and characters
OF_WINDOWS = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)  # devices, whatever their ending
COLUMNS = "id, external_id, message, name, size, storage_key"


@dataclass(frozen=True)
class FileLink:
    """A file as a page names it; without an address when its contents are not here."""

    name: str
    size: int | None = None
    href: str | None = None


class Files:
    """All files of one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        rows = fetch(
            f"SELECT {COLUMNS} FROM file WHERE conversation_id = ? ORDER BY created_at, id LIMIT {MOST_LISTED}",  # noqa: S608 - words of ours
            conversation.id,
        )
        self.by_id = {row[1]: self._link(row) for row in rows}
        self.named: set[str] = set()
        self.came_with: dict[str | None, list[str]] = {}
        for row in rows:
            self.came_with.setdefault(row[2], []).append(row[1])

    def of_message(self, external_id: str, named: list[str]) -> list[FileLink]:
        """The files that a message names, then those that say they came with it."""
        self.named.update(named)
        came = [file for file in self.came_with.get(external_id, []) if file not in named]
        return [self.by_id.get(file) or self._elsewhere(file) for file in [*named, *came]]

    def of_none(self, messages: set[str]) -> list[FileLink]:
        """The files that came with none of the conversation's messages, and that none shown so far has named."""
        loose = (file for message, files in self.came_with.items() if message not in messages for file in files)
        return [self.by_id[file] for file in loose if file not in self.named]

    def _elsewhere(self, external_id: str) -> FileLink:
        """A file that a message names and that isn't counted among this conversation's."""
        theirs = File.held_for(self.conversation.user_id) & (File.external_id == external_id)  # and not hidden with another conversation
        found = File.select().where(theirs).first()
        if found is None:
            return FileLink(gettext("A file that we were not sent"))
        return self._link((found.id, external_id, found.message, found.name, found.size, found.storage_key), found.conversation_id)

    def _link(self, row: tuple[Any, ...], conversation: int | None = None) -> FileLink:
        """The row of a file of this conversation, of another, or of none."""
        number, _external_id, _message, name, size, key = row
        href = url_for("history.file", conversation_id=conversation or self.conversation.id, file_id=number) if key else None
        return FileLink(one_line(name, 120) or gettext("A file without a name"), size, href)


def safe_name(name: str) -> str:
    """A file's name without folders or anything that a disk or a header could misread; never empty, and no longer than disks take."""
    last = " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split())
    kept = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*')
    short = _shortened(" ".join(kept.split()).strip(". ")) or "file"
    return f"_{short}" if OF_WINDOWS.match(short) else short


def _shortened(name: str) -> str:
    """The name, cut before its ending where it is too long."""
    if len(name.encode()) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    kept = dot + ending if stem and len(ending) <= LONGEST_ENDING else ""
    room = LONGEST_NAME - len(kept.encode())
    return (stem if kept else name).encode()[:room].decode(errors="ignore").rstrip(". ") + kept


def owned_file(conversation: Conversation, file_id: int) -> File | None:
    """That file, if it is the conversation's, or its owner's and of no conversation."""
    here = (File.conversation == conversation.id) | File.conversation.is_null()
    found: File | None = File.get_or_none((File.id == file_id) & (File.user == conversation.user_id) & here)
    return found
