"""How the desk does, month by month: what came, what was answered, how long that took, what was late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import Any

from privacy_center.core import clock
from privacy_center.rights.models import Request
from privacy_center.rights.states import FINAL, WORKED_ON
from privacy_center.rights.words import DENIED, FULFILLED, RIGHTS

MONTHS = 13
ANSWERED = (FULFILLED, DENIED)


@dataclass
class Month:
    """One month's numbers; a request counts where it was received, and where it was answered."""

    begins: datetime
    received: int = 0
    late: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """How many were granted or refused."""
        return len(self.days)

    @property
    def median_days(self) -> float | None:
        """How many days half of the answers took at most."""
        return median(self.days) if self.days else None


@dataclass(frozen=True)
class Numbers:
    """Everything the page of numbers says."""

    months: list[Month]
    by_right: dict[str, Month]
    open: int
    overdue: int

    @property
    def whole(self) -> Month:
        """All months together."""
        return together(self.months, self.months[0].begins)


def numbers() -> Numbers:
    """The numbers of the last 13 months, and how it stands now. Nobody is in them."""
    starts = beginnings(clock.now())
    months, by_right = {start: Month(start) for start in starts}, {right: Month(starts[0]) for right in RIGHTS}
    # What nobody ever confirmed was never a request.
    counted = (Request.state.in_((*WORKED_ON, *FINAL))) & (Request.user.is_null(False) | Request.verified_at.is_null(False))
    recent = (Request.received_at >= starts[0]) | (Request.answered_at >= starts[0])
    asked: Any = Request.select(Request.right, Request.state, Request.received_at, Request.answered_at, Request.due_at, Request.extended_until)
    for right, state, received, answered, due, extended in asked.where(counted & recent).tuples():
        if begin_of(received) in months:
            months[begin_of(received)].received += 1
            by_right[right].received += 1
        if answered and state in ANSWERED and begin_of(answered) in months:
            for each in (months[begin_of(answered)], by_right[right]):
                each.days.append((answered - received).days)
                each.late += answered > (extended or due)
    open_now = Request.select().where(Request.state.in_(WORKED_ON)).count()
    return Numbers(list(months.values()), by_right, int(open_now), int(Request.select().where(Request.late()).count()))


def together(months: Iterable[Month], begins: datetime) -> Month:
    """Several months as one."""
    whole = Month(begins)
    for each in months:
        whole.received += each.received
        whole.late += each.late
        whole.days += each.days
    return whole


def beginnings(now: datetime) -> list[datetime]:
    """The first moments of the last 13 months, the oldest first."""
    latest = now.year * 12 + now.month - 1
    return [datetime(each // 12, each % 12 + 1, 1, tzinfo=UTC) for each in range(latest - MONTHS + 1, latest + 1)]


def begin_of(moment: datetime) -> datetime:
    """The first moment of the month that *moment* lies in."""
    return datetime(moment.year, moment.month, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Bar:
    """One bar of the picture, in percent of it."""

    kind: str
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class Picture:
    """Two bars a month, received and answered, on one scale; and where months are named: three, as a telephone has room for no more."""

    bars: list[Bar]
    labels: list[tuple[float, str, Any]]
    most: int


def picture(months: list[Month]) -> Picture:
    """The picture of the months; what is not nothing is never too low to be seen."""
    most = max((max(each.received, each.answered) for each in months), default=0)
    slot = 100 / len(months)
    bars = []
    for place, each in enumerate(months):
        for at, (kind, number) in enumerate((("received", each.received), ("answered", each.answered))):
            height = max(number / most * 100, 1.5) if number else 0.0
            bars.append(Bar(kind, round(slot * (place + 0.15 + 0.36 * at), 2), round(slot * 0.32, 2), round(100 - height, 2), round(height, 2)))
    first, middle, last = months[0], months[len(months) // 2], months[-1]
    labels = [(0.0, "start", first.begins), (round(slot * (len(months) // 2 + 0.5), 2), "middle", middle.begins), (100.0, "end", last.begins)]
    return Picture(bars, labels, most)
