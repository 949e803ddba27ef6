"""How much a long work does in one transaction: little enough that nobody else notices it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from privacy_center.core.db import give_way, is_sqlite
from privacy_center.core.jobs import Work

WANTED = 0.005  # seconds that a transaction may keep SQLite's other writers waiting
WANTED_ELSEWHERE = 0.05  # where only the feed of the same person waits


class Pace:
    """An amount that grows while transactions are short and shrinks when one was long."""

    def __init__(self, amount: int, *, fewest: int, most: int) -> None:
        self.amount, self.fewest, self.most = amount, fewest, most
        self.wanted = WANTED if is_sqlite() else WANTED_ELSEWHERE
        self.last = 0.0

    @contextmanager
    def chunk(self, work: Work) -> Iterator[None]:
        """One transaction of the work; suits the amount to how long it took, and lets others go first who wait for theirs."""
        with work.chunk():
            begun = time.perf_counter()
            yield
        self._suit(time.perf_counter() - begun)
        give_way()

    def _suit(self, seconds: float) -> None:
        """Suit the amount to the last transaction. One long one may be the machine's doing: only two in a row make it smaller."""
        factor = min(2.0, max(0.5, self.wanted / max(min(seconds, self.last), 0.0001)))
        self.amount, self.last = min(self.most, max(self.fewest, int(self.amount * factor))), seconds
