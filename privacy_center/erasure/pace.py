"""How much a long work does in one transaction: little enough that nobody else notices it."""

from __future__ import annotations

import time

from privacy_center.core.db import give_way, is_sqlite

WANTED = 0.005  # seconds that a transaction may keep SQLite's other writers waiting
WANTED_ELSEWHERE = 0.05  # where only the feed of the same person waits
REST = 0.001  # for those who have only just begun to wait


class Pace:
    """An amount that grows while transactions are short and shrinks when one was long."""

    def __init__(self, amount: int, *, fewest: int, most: int) -> None:
        self.amount, self.fewest, self.most = amount, fewest, most
        self.wanted = WANTED if is_sqlite() else WANTED_ELSEWHERE
        self.last = 0.0

    def took(self, seconds: float) -> None:
        """Suit the amount to how long the last transaction took, and let others go first who wait for theirs.

        One long one may be the machine's doing: only two in a row make the amount smaller.
        """
        factor = min(2.0, max(0.5, self.wanted / max(min(seconds, self.last), 0.0001)))
        self.last = seconds
        self.amount = min(self.most, max(self.fewest, int(self.amount * factor)))
        give_way()
        time.sleep(REST)
