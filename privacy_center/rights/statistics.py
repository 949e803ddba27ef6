"""How requests were answered, year by year, for everybody to see; other rooms add what they answer.

A small number would tell of a single person: one to four are shown as “fewer than 5”, and where only one number of a sum is kept back,
another one is, too, since it could be found by subtraction.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import Any

from privacy_center.core import clock
from privacy_center.core.db import EPOCH
from privacy_center.datamap.words import Words
from privacy_center.rights import laws, words
from privacy_center.rights.models import Request

GRANTED, REFUSED, WITHDRAWN, OPEN = "granted", "refused", "withdrawn", "open"
OUTCOMES = (GRANTED, REFUSED, WITHDRAWN, OPEN)
RECEIVED, LATE, IN_TIME = "received", "late", "in time"
NUMBERS = (RECEIVED, *OUTCOMES, LATE, IN_TIME)
SUMS = ((RECEIVED, *OUTCOMES), (RECEIVED, LATE, IN_TIME))  # in each, the first is the sum of the others
FEWEST = 5
ONE_DAY = 86_400


@dataclass(frozen=True)
class Case:
    """One matter, as the numbers see it: of which kind, by which law, how it ended, how long that took, and whether it was late."""

    kind: Words
    outcome: str
    received_at: datetime
    answered_at: datetime | None = None
    law: Words | None = None
    late: bool = False


Cases = Callable[[datetime, datetime], Iterable[Case]]
_sources: list[Cases] = []


def source(tells: Cases) -> Cases:
    """Let *tells* be asked for the cases received from one moment up to another, that not included; each room adds its own."""
    _sources.append(tells)
    return tells


@source
def requests(since: datetime, until: datetime) -> Iterator[Case]:
    """The requests; one whose address nobody has proved was none."""
    columns = (Request.right, Request.state, Request.law, Request.received_at, Request.answered_at, Request.due_at, Request.extended_until)
    rows = Request.select(*columns).where((Request.received_at >= since) & (Request.received_at < until) & Request.verified_at.is_null(False))
    outcomes = {words.FULFILLED: GRANTED, words.DENIED: REFUSED, words.WITHDRAWN: WITHDRAWN, words.EXPIRED: WITHDRAWN}
    for right, state, law, received, answered, due, extended in rows.tuples().iterator():
        outcome = outcomes.get(state, OPEN)
        owed = answered or (clock.now() if outcome == OPEN else received)
        yield Case(words.RIGHTS[right], outcome, received, answered, laws.TITLES[law], owed > (extended or due))


@dataclass
class Tally:
    """The numbers of one line, as they are."""

    title: Words
    outcomes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    late: int = 0
    spans: list[float] = field(default_factory=list)

    def add(self, case: Case) -> None:
        """Count one case."""
        self.outcomes[case.outcome] += 1
        self.late += case.late
        if case.answered_at:
            self.spans.append((case.answered_at - case.received_at).total_seconds() / ONE_DAY)

    @property
    def received(self) -> int:
        """All of them."""
        return sum(self.outcomes.values())

    @property
    def numbers(self) -> dict[str, int]:
        """Every number by its name."""
        return {RECEIVED: self.received, **self.outcomes, LATE: self.late, IN_TIME: self.received - self.late}


class Hidden(enum.StrEnum):
    """What stands where a number is kept back."""

    FEW = "fewer than 5"
    BACK = "not shown"


Number = int | Hidden
Cell = tuple[int, str]  # a line, and the name of one of its numbers


@dataclass(frozen=True)
class Line:
    """The numbers of one line, as everybody may see them."""

    title: Words
    received: Number
    granted: Number
    refused: Number
    withdrawn: Number
    open: Number
    late: Number
    median_days: float | Hidden


@dataclass(frozen=True)
class Year:
    """One year: all cases, then by kind, then by law."""

    year: int
    total: Line
    kinds: list[Line]
    laws: list[Line]


def of_year(year: int) -> Year:
    """The numbers of the cases received in one year."""
    total, kinds, by_law = Tally(""), {}, {}  # type: tuple[Tally, dict[str, Tally], dict[str, Tally]]
    begin, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    for case in (case for cases in _sources for case in cases(begin, end)):
        for tally in _tallies(case, total, kinds, by_law):
            tally.add(case)
    return _shown(year, total, _largest_first(kinds), _largest_first(by_law))


def _tallies(case: Case, total: Tally, kinds: dict[str, Tally], by_law: dict[str, Tally]) -> Iterator[Tally]:
    """The lines that a case counts in."""
    yield total
    yield kinds.setdefault(str(case.kind), Tally(case.kind))
    if case.law is not None:
        yield by_law.setdefault(str(case.law), Tally(case.law))


def _largest_first(tallies: dict[str, Tally]) -> list[Tally]:
    """The lines of one table in their order."""
    return sorted(tallies.values(), key=lambda each: (-each.received, str(each.title)))


def _shown(year: int, total: Tally, kinds: list[Tally], by_law: list[Tally]) -> Year:
    """The year as everybody may see it."""
    lines = [total, *kinds, *by_law]
    table = {(place, name): number for place, tally in enumerate(lines) for name, number in tally.numbers.items()}
    first_law = 1 + len(kinds)
    tables = ([0, *range(1, first_law)], [0, *range(first_law, len(lines))])
    columns = [[(place, name) for place in each] for each in tables for name in NUMBERS]
    rows = [[(place, name) for name in names] for place in range(len(lines)) for names in SUMS]
    back = kept_back(table, columns + rows)
    seen = [_line(tally, {name: _as_seen(table[place, name], (place, name) in back) for name in NUMBERS}) for place, tally in enumerate(lines)]
    return Year(year, seen[0], seen[1:first_law], seen[first_law:])


def kept_back(table: Mapping[Cell, int], sums: Iterable[Sequence[Cell]]) -> set[Cell]:
    """The numbers that are not told: the small ones, and one more in every sum where a single one is missing."""
    back, again = {cell for cell, number in table.items() if 0 < number < FEWEST}, True
    while again:
        again = False
        for cells in sums:
            told = [cell for cell in cells if cell not in back]
            if len(cells) - len(told) == 1 and told:
                back.add(min(told, key=lambda cell: (table[cell] == 0, table[cell])))
                again = True
    return back


def _as_seen(number: int, is_back: bool) -> Number:
    """A number, or why it is none."""
    if not is_back:
        return number
    return Hidden.FEW if 0 < number < FEWEST else Hidden.BACK


def _line(tally: Tally, seen: dict[str, Number]) -> Line:
    """One line as everybody may see it."""
    days = round(median(tally.spans), 1) if len(tally.spans) >= FEWEST else Hidden.BACK
    return Line(tally.title, median_days=days, **{name: number for name, number in seen.items() if name != IN_TIME})


def years() -> list[int]:
    """The years from the first case on, the newest first."""
    oldest: Any = Request.select(Request.received_at).order_by(Request.received_at).limit(1).scalar()
    first = (oldest or clock.now()).year
    earlier = (case.received_at.year for cases in _sources for case in cases(EPOCH, datetime(first, 1, 1, tzinfo=UTC)))
    return list(range(clock.now().year, min(earlier, default=first) - 1, -1))
