"""A figure: what was measured, how far it spread, what is wanted of it, and whether it was met."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

LIMIT_IS_MOST, LIMIT_IS_LEAST = "≤", "≥"


@dataclass(frozen=True)
class Spread:
    """The median of several rounds, the lowest and the highest."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, rounds: Sequence[float]) -> Self:
        """The spread of these rounds."""
        return cls(statistics.median(rounds), min(rounds), max(rounds))

    @classmethod
    def exact(cls, value: float) -> Self:
        """A value that was counted, not timed."""
        return cls(value, value, value)

    def times(self, factor: float) -> Spread:
        """The same spread in another unit."""
        return Spread(self.value * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    goal: int
    what: str
    found: Spread
    unit: str
    sign: str | None = None
    wanted: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the figure keeps what is wanted of it; None when nothing is."""
        if self.wanted is None:
            return None
        return self.found.value <= self.wanted if self.sign == LIMIT_IS_MOST else self.found.value >= self.wanted

    @property
    def share(self) -> float | None:
        """How much of what is wanted is used up: below 1 is met, whichever way the limit points."""
        if not self.wanted:
            return None
        share = self.found.value / self.wanted
        return share if self.sign == LIMIT_IS_MOST else 1 / share if share else float("inf")

    def as_json(self) -> dict[str, Any]:
        """The figure for a file."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The figure from a file."""
        return cls(**{**stored, "found": Spread(**stored["found"])})


def at_most(goal: int, what: str, found: Spread, unit: str, wanted: float, note: str = "") -> Figure:
    """A figure that should not be more than *wanted*."""
    return Figure(goal, what, found, unit, LIMIT_IS_MOST, wanted, note)


def at_least(goal: int, what: str, found: Spread, unit: str, wanted: float, note: str = "") -> Figure:
    """A figure that should not be less than *wanted*."""
    return Figure(goal, what, found, unit, LIMIT_IS_LEAST, wanted, note)


def told(goal: int, what: str, found: Spread, unit: str, note: str = "") -> Figure:
    """A figure of which nothing is wanted; it explains the others."""
    return Figure(goal, what, found, unit, note=note)


def short(number: int) -> str:
    """A size as people say it: 1k, 200k."""
    return f"{number // 1000}k" if number % 1000 == 0 else str(number)
