"""One file of an archive while it is deflated: in memory while it is small, in a temporary file beyond that."""

from __future__ import annotations

import hashlib
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from isal import isal_zlib

LEVEL = 2
IN_MEMORY = 512 * 1024  # deflated bytes; beyond it they lie on the disk
NOTHING = b"\x03\x00"  # how nothing at all is deflated


class Deflated:
    """What of a file is deflated so far."""

    def __init__(self, folder: str | None = None) -> None:
        self.body: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY, dir=folder)  # noqa: SIM115 - closed when it is in the archive
        self.deflate: Any = None
        self.crc = self.size = 0
        self.hash = hashlib.sha256()

    def take(self, content: bytes) -> None:
        """Deflate some more."""
        self.deflate = self.deflate or isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -15)
        self.crc = isal_zlib.crc32(content, self.crc)
        self.hash.update(content)
        self.size += len(content)
        self.body.write(self.deflate.compress(content))

    def end(self) -> int:
        """Deflate the rest; returns how many bytes it has become."""
        self.body.write(self.deflate.flush() if self.deflate else NOTHING)
        length = self.body.tell()
        self.body.seek(0)
        return length
