"""The pictures of the overview: pure geometry in percent, so that the page scales and its text stays text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from privacy_center.datamap.words import Retention

OLDEST_SHOWN = 12  # years before this one; what is older begins at the edge
LABELS = 7
TOO_NEAR = 6.0  # percent within which a year's label would run into the word “today”
GAP = 1.0  # percent between today and the dots of what is yours to end
THINNEST = 0.6  # percent: what began today is still to be seen
ROOM_FOR_LABEL = 4  # months


@dataclass(frozen=True)
class Tick:
    """A year's line, and its label where there is room for one."""

    x: float
    year: int
    labelled: bool
    anchor: str


@dataclass(frozen=True)
class Bar:
    """One row: from where it is held, until where it is gone at the latest, or that only its person ends it."""

    held_from: float
    held_width: float
    ahead_width: float = 0.0
    open_from: float | None = None
    beyond: bool = False


@dataclass(frozen=True)
class Span:
    """From when to when something is held, and by which rule it goes."""

    first: datetime
    last: datetime
    retention: Retention


class HoldingsChart:
    """What is held, and until when: one bar a row, all on one scale of years around today."""

    def __init__(self, spans: Iterable[Span], today: datetime) -> None:
        self.now = today
        known = list(spans)
        first_year = min((span.first.year for span in known), default=today.year)
        self.begin = _new_year(max(min(first_year, today.year - 1), today.year - OLDEST_SHOWN))
        self.end = _new_year(self._last_year(known))
        self.today = self.place(today)

    def _last_year(self, spans: list[Span]) -> int:
        """The year the scale ends with: far enough for what goes by itself, but today stays right of the middle."""
        latest = max((end.year for span in spans if (end := span.retention.ends(span.last))), default=0) + 1
        furthest = self.now.year + max(2, self.now.year - self.begin.year)
        return min(max(latest, self.now.year + 2), furthest)

    def place(self, moment: datetime) -> float:
        """Where on the scale *moment* lies, in percent, held within its edges."""
        share = (moment - self.begin) / (self.end - self.begin)
        return round(min(max(share, 0.0), 1.0) * 100, 2)

    def bar(self, span: Span) -> Bar:
        """The bar of one row."""
        start = max(min(self.place(span.first), self.today - THINNEST), 0.0)
        held = round(self.today - start, 2)
        gone = span.retention.ends(span.last)
        if gone is None:
            return Bar(round(start, 2), held, open_from=round(self.today + GAP, 2))
        ahead = round(max(self.place(gone) - self.today, THINNEST), 2) if gone > self.now else 0.0
        return Bar(round(start, 2), held, ahead, beyond=gone > self.end)

    @property
    def ticks(self) -> list[Tick]:
        """The years' lines; every second, third… year is labelled when there are many."""
        years = range(self.begin.year, self.end.year + 1)
        step = math.ceil(len(years) / LABELS)
        return [self._tick(year, step) for year in years]

    def _tick(self, year: int, step: int) -> Tick:
        """One year's line; labels keep clear of the word “today”."""
        x = self.place(_new_year(year))
        labelled = (year - self.begin.year) % step == 0 and abs(x - self.today) >= TOO_NEAR
        return Tick(x, year, labelled, "start" if x == 0 else "middle")


def _new_year(year: int) -> datetime:
    """The first moment of a year."""
    return datetime(min(year, 9999), 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Column:
    """One month: its bar, and what it stands for."""

    month: datetime
    number: int
    x: float
    width: float
    y: float
    height: float
    labelled: bool


class MonthsChart:
    """How many a month: one column each, the tallest as high as the picture."""

    def __init__(self, months: Sequence[tuple[datetime, int]]) -> None:
        self.most = max((number for _month, number in months), default=0)
        self.total = sum(number for _month, number in months)
        self.columns = [self._column(place, len(months), *each) for place, each in enumerate(months)]

    def _column(self, place: int, of: int, month: datetime, number: int) -> Column:
        """One column; what is not nothing is never too low to be seen."""
        slot = 100 / of
        height = max(number / self.most * 100, 2.0) if number else 0.0
        labelled = month.month == 1 or (place == 0 and month.month <= 13 - ROOM_FOR_LABEL)
        return Column(month, number, round(slot * (place + 0.15), 2), round(slot * 0.7, 2), round(100 - height, 2), round(height, 2), labelled)

    @property
    def busiest(self) -> Any:
        """The month with the most, the latest of them; None when all are empty."""
        return max(self.columns, key=lambda each: (each.number, each.month), default=None) if self.total else None
