"""Writes a ZIP archive in one go: several files may grow at once, and each is put into the archive when it is complete.

`zipfile` deflates with zlib, at a sixth of the speed, and one file at a time. Here ISA-L deflates on a thread of its own, while the
caller reads and encodes; what grows lies in memory while it is small and in a temporary file beyond that, so memory stays
constant.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from queue import Full, Queue
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Self

from privacy_center.exports import zip_format
from privacy_center.exports.deflated import Deflated

AT_ONCE = 256 * 1024  # bytes handed over to the other thread
WAITING = 8  # pieces, at most
COPIED = 1024 * 1024


@dataclass
class Written:
    """A file of the archive, complete: its name, its bytes, and their SHA-256."""

    name: str
    size: int
    sha256: str


class Entry:
    """A file of the archive while it grows; used by the one thread that fills it."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.name = name
        self._archive = archive
        self._pieces: list[bytes] = []
        self._length = 0
        self._deflated = Deflated(archive.folder)
        self.size = 0

    def write(self, content: bytes) -> None:
        """Let the file go on with *content*."""
        self._pieces.append(content)
        self._length += len(content)
        self.size += len(content)
        if self._length >= AT_ONCE:
            self._hand_over()

    def close(self) -> None:
        """Put the file into the archive: it is complete."""
        self._hand_over()
        self._archive._let(lambda: self._archive._append(self.name, self._deflated))

    def give_up(self) -> None:
        """Forget the file: it can't be completed, and won't be in the archive."""
        self._pieces = []
        self._archive._let(self._deflated.body.close)

    def _hand_over(self) -> None:
        pieces, self._pieces, self._length = b"".join(self._pieces), [], 0
        if pieces:
            self._archive._let(lambda: self._deflated.take(pieces))


class Archive:
    """The archive; as a context it ends complete, or raises what went wrong on the way."""

    def __init__(self, file: IO[bytes], when: datetime, *, folder: str | None = None, done: Callable[[Written], None] = lambda _written: None) -> None:
        """*file* is written from its beginning; *done* hears of each file that is complete, on the other thread.

        What grows lies in *folder* meanwhile, without a name: the system's own folder for such files may be in memory.
        """
        self.file, self.folder, self.done = file, folder, done
        self.count = self.position = 0
        self.hash = hashlib.sha256()
        self._stamp = zip_format.stamp(when)
        self._central: IO[bytes] = SpooledTemporaryFile(max_size=COPIED, dir=folder)  # noqa: SIM115 - closed with the archive
        self._work: Queue[Callable[[], None] | None] = Queue(WAITING)
        self._trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._deflate, name="deflating", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self._trouble = self._trouble or error
        self._put(None)
        self._thread.join()
        if kind is None:
            if self._trouble:
                raise self._trouble
            self._end()
        self._central.close()

    def open(self, name: str) -> Entry:
        """A new file named *name*, with slashes between its folders; nobody else looks whether there is one already."""
        return Entry(self, name)

    def add(self, name: str, content: bytes) -> None:
        """A whole file."""
        entry = self.open(name)
        entry.write(content)
        entry.close()

    def settle(self) -> None:
        """Wait until everything handed over so far is in the archive."""
        done = threading.Event()
        self._let(done.set)
        while not done.wait(0.1):
            self._check()
        self._check()

    def _check(self) -> None:
        if self._trouble:
            raise self._trouble

    def _let(self, act: Callable[[], None]) -> None:
        """Hand something over to the other thread; raises what has gone wrong there."""
        self._check()
        self._put(act)

    def _put(self, act: Callable[[], None] | None) -> None:
        while self._thread.is_alive():
            try:
                self._work.put(act, timeout=0.1)
            except Full:
                continue
            return

    def _deflate(self) -> None:
        """The other thread: everything in the order it was handed over; after trouble nothing is done any more."""
        while (act := self._work.get()) is not None:
            if self._trouble is None:
                try:
                    act()
                except BaseException as error:
                    self._trouble = error

    def _append(self, name: str, deflated: Deflated) -> None:
        """Put a complete file behind the others."""
        length, at, encoded = deflated.end(), self.position, name.encode("utf-8", "replace")
        facts = (encoded, self._stamp, deflated.crc, deflated.size, length)
        self._write(zip_format.before(*facts))
        while piece := deflated.body.read(COPIED):
            self._write(piece)
        deflated.body.close()
        self._central.write(zip_format.in_list(*facts, at=at))
        self.count += 1
        self.done(Written(name, deflated.size, deflated.hash.hexdigest()))

    def _end(self) -> None:
        """The list of everything, and where it begins."""
        begin, length = self.position, self._central.tell()
        self._central.seek(0)
        while piece := self._central.read(COPIED):
            self._write(piece)
        self._write(zip_format.end(self.count, begin, length))
        self.file.flush()

    def _write(self, content: bytes) -> None:
        self.file.write(content)
        self.hash.update(content)
        self.position += len(content)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the archive, once it is complete."""
        return self.hash.hexdigest()
