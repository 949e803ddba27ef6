"""Records in: lines of the feed checked and stored, batch by batch, with memory flat however many there are."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from privacy_center.core import audit
from privacy_center.core.db import give_way, is_sqlite
from privacy_center.feed.batch import store
from privacy_center.feed.lines import Batches, NumberedLine
from privacy_center.feed.reading import Record, Refusal, read
from privacy_center.history.index import Bases


@dataclass
class Outcome:
    """What became of the lines: how many brought something, how many what was there, and which were refused."""

    stored: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    refused_count: int = 0

    def __str__(self) -> str:
        return f"stored {self.stored}, unchanged {self.unchanged}, refused {self.refused_count}"


def ingest(lines: Iterable[bytes], *, issuer: str, on_refusal: Callable[[Refusal], None] | None = None) -> Outcome:
    """Store every good line, whatever the others are.

    Refusals are gathered in the outcome, or handed to *on_refusal* one by one, in the order of the lines. A batch that the
    database does not take raises; what was stored before it stays, and the lines can be sent again whole.
    """
    outcome, bases, waiting = Outcome(), Bases(), Batches(lines, others_wait=is_sqlite())
    tell = on_refusal or outcome.refused.append
    try:
        for batch in waiting:
            waiting.took(_take(batch, issuer, bases, outcome, tell), len(batch))
            give_way()
    except BaseException:
        with contextlib.suppress(Exception):  # what stopped the call is told, not that it could not be noted
            _note(outcome, ", then broke off")
        raise
    _note(outcome)
    return outcome


def _take(batch: list[NumberedLine], issuer: str, bases: Bases, outcome: Outcome, tell: Callable[[Refusal], None]) -> float:
    """Read and store one batch; returns how many seconds its transaction took."""
    read_lines = [read(line) for line in batch]
    records = [each for each in read_lines if isinstance(each, Record)]
    counts, turned_away = store(records, issuer, bases)
    refusals = sorted([*turned_away, *(each for each in read_lines if isinstance(each, Refusal))], key=lambda each: each.line)
    outcome.stored += counts.stored
    outcome.unchanged += counts.unchanged
    outcome.refused_count += len(refusals)
    for refusal in refusals:
        tell(refusal)
    return counts.seconds


def _note(outcome: Outcome, ending: str = "") -> None:
    """Write the call into the audit log: how many lines, never whose."""
    audit.write("feed received", actor="feed", reason=f"{outcome}{ending}")
