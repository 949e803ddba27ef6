"""Overwrites what SQLite leaves between the cells of a page.

`secure_delete` overwrites a row when it goes. But when a page was split before that, its rows were copied to another page, and
the copies stay in the gap between the list of cells and the cells, where SQLite never looks again. They are overwritten here
in the file itself. SQLite reads nothing out of a gap, so no reader is disturbed. A page could be lost only if somebody wrote
it in the same moment. Nobody can: we hold the write lock, and the write-ahead log is empty, so there is nothing to bring over.

No other process or thread brings a gap back either: a commit of ours makes all of them forget the pages that they have read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

MAGIC = b"SQLite format 3\0"
INSIDE_INDEX, INSIDE_TABLE, LEAF_OF_INDEX, LEAF_OF_TABLE = 2, 5, 10, 13
KINDS = (INSIDE_INDEX, INSIDE_TABLE, LEAF_OF_INDEX, LEAF_OF_TABLE)
HEADER_OF_FILE = 100  # bytes, at the beginning of the first page
# Other pages begin with the number of the next; below this one it can't be mistaken for the kind of a page with cells.
MOST_PAGES = 1 << 25
AT_ONCE = 2048  # pages

# Closing a file would take away all locks that SQLite holds on it in this process, so it stays open. By path.
_open: dict[str, tuple[int, int]] = {}


class UnknownLayout(Exception):
    """The file isn't laid out as this module knows it; nothing was touched."""


class Gaps:
    """The gaps of one database file."""

    def __init__(self, path: Path) -> None:
        self.file = _file(path)
        header = os.pread(self.file, HEADER_OF_FILE, 0).ljust(HEADER_OF_FILE, b"\0")
        self.page_size = int.from_bytes(header[16:18], "big")
        reserved, vacuums_itself, pages = header[20], int.from_bytes(header[52:56], "big"), os.fstat(self.file).st_size // max(1, self.page_size)
        # A size of 1 stands for 65536, whose offsets don't fit into two bytes.
        if not header.startswith(MAGIC) or self.page_size < 512 or reserved or vacuums_itself or pages >= MOST_PAGES:
            raise UnknownLayout

    def dirty(self) -> Iterator[list[int]]:
        """The pages whose gaps hold anything, by their offsets, some at a time. A look without locks: a hint, no more."""
        at = 0
        while block := os.pread(self.file, AT_ONCE * self.page_size, at):
            view = range(0, len(block) - self.page_size + 1, self.page_size)
            yield [at + start for start in view if self._gap(block[start : start + self.page_size], at + start)]
            at += len(block)

    def overwrite(self, offsets: list[int]) -> None:
        """Overwrite the gaps of these pages; the caller holds the write lock, and the log is empty."""
        for offset in offsets:
            if gap := self._gap(os.pread(self.file, self.page_size, offset), offset):
                begin, end = gap
                os.pwrite(self.file, bytes(end - begin), offset + begin)

    def settle(self) -> None:
        """Wait until it is on the disk."""
        os.fdatasync(self.file)

    def _gap(self, page: bytes, offset: int) -> tuple[int, int] | None:
        """Where in a page its gap begins and ends, if anything but zeros is in it."""
        at = 0 if offset else HEADER_OF_FILE
        if len(page) < self.page_size or page[at] not in KINDS:
            return None
        cells, end = int.from_bytes(page[at + 3 : at + 5], "big"), int.from_bytes(page[at + 5 : at + 7], "big")
        begin = at + (12 if page[at] in (INSIDE_INDEX, INSIDE_TABLE) else 8) + 2 * cells
        return (begin, end) if begin < end <= self.page_size and page[begin:end].strip(b"\0") else None


def are_known(path: Path) -> bool:
    """Whether the file is laid out so that its gaps can be found."""
    try:
        Gaps(path)
    except UnknownLayout:
        return False
    return True


def _file(path: Path) -> int:
    """The open file; when another has taken its place, that one."""
    inode = path.stat().st_ino
    number, known = _open.get(str(path), (-1, -1))
    if known != inode:
        if number >= 0:
            os.close(number)  # of a file that is no database of ours any more
        number = os.open(path, os.O_RDWR)
        _open[str(path)] = (number, inode)
    return number
