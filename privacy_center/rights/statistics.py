"""How requests were answered, year by year, for everybody to see; other rooms add what they answer.

A small number would tell of a single person: one to four are shown as “fewer than 5”, and where only one number of a sum is kept back, the
next larger one is kept back too, since it could be found by subtraction.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import Any

from privacy_center.core import clock
from privacy_center.datamap.words import Words
from privacy_center.rights import laws, words
from privacy_center.rights.models import Request

GRANTED, REFUSED, WITHDRAWN, OPEN = "granted", "refused", "withdrawn", "open"
OUTCOMES = (GRANTED, REFUSED, WITHDRAWN, OPEN)
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


class Hidden(enum.StrEnum):
    """What stands where a number is kept back."""

    FEW = "fewer than 5"
    BACK = "not shown"


Number = int | Hidden


@dataclass(frozen=True)
class Line:
    """The numbers of one line, as everybody may see them."""

    title: Words
    received: Number
    granted: Number = Hidden.BACK
    refused: Number = Hidden.BACK
    withdrawn: Number = Hidden.BACK
    open: Number = Hidden.BACK
    late: Number = Hidden.BACK
    median_days: float | Hidden = Hidden.BACK


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
    return Year(year, _lines([total])[0], _lines(kinds.values()), _lines(by_law.values()))


def _tallies(case: Case, total: Tally, kinds: dict[str, Tally], by_law: dict[str, Tally]) -> Iterator[Tally]:
    """The lines that a case counts in."""
    yield total
    yield kinds.setdefault(str(case.kind), Tally(case.kind))
    if case.law is not None:
        yield by_law.setdefault(str(case.law), Tally(case.law))


def _lines(tallies: Iterable[Tally]) -> list[Line]:
    """The lines, the largest first, with what is too small kept back."""
    ordered = sorted(tallies, key=lambda each: (-each.received, str(each.title)))
    return [_line(tally, received) for tally, received in zip(ordered, guarded([each.received for each in ordered]), strict=True)]


def _line(tally: Tally, received: Number) -> Line:
    """One line; of one that is too small nothing but its name is told."""
    if isinstance(received, Hidden):
        return Line(tally.title, received)
    outcomes = dict(zip(OUTCOMES, guarded([tally.outcomes[each] for each in OUTCOMES]), strict=True))
    late, _in_time = guarded([tally.late, tally.received - tally.late])
    days = round(median(tally.spans), 1) if len(tally.spans) >= FEWEST else Hidden.BACK
    return Line(tally.title, received, late=late, median_days=days, **outcomes)


def guarded(numbers: Sequence[int]) -> list[Number]:
    """The numbers of a sum with the small ones kept back, and where that is only one, the next larger as well."""
    shown: list[Number] = [Hidden.FEW if 0 < number < FEWEST else number for number in numbers]
    others = [place for place, number in enumerate(numbers) if number >= FEWEST]
    if shown.count(Hidden.FEW) == 1 and others:
        shown[min(others, key=lambda place: numbers[place])] = Hidden.BACK
    return shown


def years() -> list[int]:
    """The years that there are numbers of, the newest first."""
    first: Any = Request.select(Request.received_at).order_by(Request.received_at).limit(1).scalar()
    this = clock.now().year
    return list(range(this, (first.year if first else this) - 1, -1))
