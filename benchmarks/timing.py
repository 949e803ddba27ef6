"""How a thing is timed: warm, in several rounds, everything that is compared within each round."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from benchmarks.figures import Spread

Key = TypeVar("Key", bound=Hashable)
TURN = 10  # times in a row


@dataclass
class Timing:
    """The seconds that one thing took, round by round."""

    rounds: list[list[float]] = field(default_factory=list)

    @property
    def medians(self) -> list[float]:
        """The median of each round."""
        return [statistics.median(each) for each in self.rounds]

    @property
    def p50(self) -> Spread:
        """The median of the rounds' medians, and how far these lie apart."""
        return Spread.of(self.medians)

    @property
    def p99(self) -> Spread:
        """The median of the rounds' 99th percentiles, and how far these lie apart."""
        return Spread.of([sorted(each)[int(len(each) * 0.99)] for each in self.rounds])


def interleave(things: Mapping[Key, Callable[[], float]], *, rounds: int, each: int, warm_up: int) -> dict[Key, Timing]:
    """Let every thing run *each* times a round, in turn, so that a noisy moment falls on all of them alike.

    A thing returns the seconds that it took. In a round each has several short turns; the order turns round with every round, so that
    nobody always comes first.
    """
    timings: dict[Key, Timing] = {key: Timing() for key in things}
    for thing in things.values():
        for _ in range(warm_up):
            thing()
    gc.disable()
    try:
        for number in range(rounds):
            order = list(things) if number % 2 == 0 else list(things)[::-1]
            taken: dict[Key, list[float]] = {key: [] for key in order}
            for begin in range(0, each, TURN):
                for key in order:
                    taken[key] += [things[key]() for _ in range(min(TURN, each - begin))]
            for key, seconds in taken.items():
                timings[key].rounds.append(seconds)
    finally:
        gc.enable()
    return timings


def ratio(one: Timing, other: Timing) -> Spread:
    """How many times *other* is *one*: taken within each round, where both met the same machine."""
    return Spread.of([mine / theirs for mine, theirs in zip(one.medians, other.medians, strict=True)])


def stopwatch(doing: Callable[[], object]) -> Callable[[], float]:
    """The doing, telling how long it took."""

    def timed() -> float:
        begun = time.perf_counter()
        doing()
        return time.perf_counter() - begun

    return timed
