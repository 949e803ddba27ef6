"""The contents of files in a copy: each under its own name; one that can't be read stops nothing, and is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask_babel import gettext

from privacy_center.core import sealing, storage
from privacy_center.exports.about import About
from privacy_center.exports.contents import as_stored
from privacy_center.exports.readable import Files
from privacy_center.exports.zip64 import Archive
from privacy_center.history.files import safe_name
from privacy_center.history.models import File

UNREADABLE_IN_A_ROW = 20  # files; then it isn't the file


class StorageDown(Exception):
    """The file store gives nothing any more: the copy has to wait for it."""


class Enclosed:
    """The folder `files/` while it is written; each file has a folder of its own, so that no name can stand in the way of another."""

    def __init__(self, archive: Archive, about: About, goes_on: Callable[[], None]) -> None:
        """*goes_on* is called between the pieces of a file, and may raise to stop."""
        self.archive, self.about, self.goes_on = archive, about, goes_on
        self.wanted = about.choice.with_files
        self._in_a_row = 0
        self._lost: set[tuple[str, int]] = set()  # files that could not be read

    def add(self, slug: str, number: int, name: str, key: str | None, *, sealed: bool = False) -> str | None:
        """Put a file in, opened if it was *sealed*; returns where it lies, or None when it is not in the archive. Raises StorageDown."""
        if not self.wanted:
            return None
        if key is None:
            self.about.lacks(name, gettext("We hold no contents of it."))
            return None
        place = _place(slug, number, name)
        trouble = self._copy(place, key, sealing.open if sealed else storage.read)
        if trouble is None:
            return place
        self.about.lacks(name, trouble, unread=True)
        self._lost.add((slug, number))
        return None

    def of_conversation(self, conversation: int) -> Files:
        """The files of a conversation by the product's id, and where each lies in the archive."""
        found: Files = {}
        fields = (File.external_id, File.id, File.name, File.storage_key)
        for external_id, number, name, key in as_stored(File.select(*fields).where(File.conversation == conversation)):
            is_in = self.wanted and key is not None and ("file", number) not in self._lost
            found[external_id] = (name, _place("file", number, name) if is_in else None)
        return found

    def _copy(self, place: str, key: str, read: Callable[[str], Iterator[bytes]]) -> str | None:
        """Put what is stored under *key* in; returns what was wrong, in words, if it can't be read."""
        entry = self.archive.open(place)
        try:
            for piece in read(key):
                entry.write(piece)
                self.goes_on()
        except storage.Missing:
            entry.give_up()
            self._in_a_row = 0  # it has answered
            return gettext("It is not in our file store any more.")
        except sealing.Unreadable:
            entry.give_up()
            self._in_a_row = 0
            return gettext("It is encrypted, and none of our keys opens it.")
        except storage.Unreachable:
            entry.give_up()
            self._in_a_row += 1
            if self._in_a_row >= UNREADABLE_IN_A_ROW:
                raise StorageDown from None
            return gettext("Our file store could not read it.")
        entry.close()
        self._in_a_row = 0
        return None


def _place(slug: str, number: int, name: str) -> str:
    """Where a file lies in the archive."""
    return f"files/{slug}-{number}/{safe_name(name)}"
