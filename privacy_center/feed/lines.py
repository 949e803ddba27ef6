"""The lines of a stream, one at a time, none of them longer than memory allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

MEBIBYTE = 1024 * 1024
LONGEST_LINE = 8 * MEBIBYTE
BATCH_BYTES = MEBIBYTE // 4
FEWEST_LINES, FIRST_LINES, MOST_LINES = 10, 50, 500
HELD_FOR = 0.01  # seconds that one transaction should take, so that other writers hardly wait; merges of the index come on top

NumberedLine = tuple[int, bytes]


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of *stream*; of one that is too long only the beginning, so that it can be refused without being held."""
    while line := stream.readline(LONGEST_LINE + 2):
        end = line
        while is_too_long(line) and end and not end.endswith(b"\n"):
            end = stream.readline(MEBIBYTE)
        yield line


def is_too_long(line: bytes) -> bool:
    """Whether a line is longer than the feed allows, its end not counted."""
    return len(line) > LONGEST_LINE and len(line.rstrip(b"\r\n")) > LONGEST_LINE


class Batches:
    """Lines with their numbers, as many together as one short transaction takes on this machine; blank ones are left out."""

    def __init__(self, lines: Iterable[bytes], *, others_wait: bool = True) -> None:
        self.lines = enumerate(lines, start=1)
        self.others_wait = others_wait  # for the end of each transaction, as they do on SQLite
        self.most = FIRST_LINES if others_wait else MOST_LINES

    def __iter__(self) -> Iterator[list[NumberedLine]]:
        """Batch after batch; what `took` was told of one decides how long the next is."""
        while batch := self._next():
            yield batch

    def _next(self) -> list[NumberedLine]:
        batch: list[NumberedLine] = []
        size = 0
        for number, line in self.lines:
            if line and not line.isspace():
                batch.append((number, line))
                size += len(line)
            if len(batch) >= self.most or size >= BATCH_BYTES:
                break
        return batch

    def took(self, seconds: float, lines: int) -> None:
        """Learn how long a transaction of so many lines took."""
        if not self.others_wait:
            return
        fitting = round(lines * HELD_FOR / max(seconds, 0.0001))
        self.most = max(FEWEST_LINES, min(fitting, MOST_LINES, self.most * 2))
