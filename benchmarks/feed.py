"""Goal 5: records in by the feed, against executemany into the same tables and index."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.data import KEPT_IN, ROOT, Data
from benchmarks.effort import Effort
from benchmarks.figures import Figure, Spread, at_least, at_most, told

GOAL = 5
MEBIBYTE = 2**20


@dataclass
class Taker:
    """A process that takes in one part when told to."""

    process: subprocess.Popen[str]
    parts: list[dict[str, Any]] = field(default_factory=list)

    def take(self) -> None:
        """Let it store its next part, and wait."""
        assert self.process.stdin
        self.process.stdin.write("next\n")
        self.process.stdin.flush()
        self.parts.append(self.answer())

    def answer(self) -> dict[str, Any]:
        """What it says next."""
        assert self.process.stdout
        said = self.process.stdout.readline()
        assert said, "The process that takes records in has ended."
        return dict(json.loads(said))

    @property
    def speeds(self) -> list[float]:
        """Messages a second, part by part."""
        return [part["messages"] / part["seconds"] for part in self.parts]

    @property
    def speed(self) -> Spread:
        """Messages a second over all parts, and the slowest and quickest of them."""
        return Spread(sum(part["messages"] for part in self.parts) / self.seconds, min(self.speeds), max(self.speeds))

    @property
    def seconds(self) -> float:
        """How long all parts took together."""
        return float(sum(part["seconds"] for part in self.parts))


def measure(_datasets: Sequence[Data], effort: Effort) -> list[Figure]:
    """Both take the same records into an empty database of their own, part by part in turn."""
    KEPT_IN.mkdir(exist_ok=True)  # beside the data: a temporary folder of the system may be memory
    with ExitStack() as stack:
        site, floor = (_taker(stack, kind, effort) for kind in ("site", "floor"))
        for number in range(effort.rounds):
            for taker in (site, floor) if number % 2 else (floor, site):
                taker.take()
    return _figures(site, floor)


def _taker(stack: ExitStack, kind: str, effort: Effort) -> Taker:
    """Start a process on a new database, and wait until it is ready."""
    folder = stack.enter_context(TemporaryDirectory(dir=KEPT_IN, prefix="records-in-"))
    command = [sys.executable, "-m", "benchmarks.feeding", kind, str(Path(folder) / "centre.sqlite"), str(effort.fed_conversations), str(effort.rounds)]
    process = stack.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT))
    stack.callback(process.kill)
    taker = Taker(process)
    taker.answer()
    return taker


def _figures(site: Taker, floor: Taker) -> list[Figure]:
    """How much of the floor's speed the feed reaches, and whether its memory stays flat."""
    messages = sum(part["messages"] for part in site.parts)
    by_part = [mine / theirs for mine, theirs in zip(site.speeds, floor.speeds, strict=True)]
    share = Spread(floor.seconds / site.seconds, min(by_part), max(by_part))
    memory = [part["memory"] for part in site.parts]
    return [
        at_least(GOAL, f"{messages:,} messages in, against executemany", share, "×", 0.5),
        at_most(GOAL, "memory at the end against a third of the way", Spread.exact(memory[-1] / memory[len(memory) // 3]), "×", 1.1),
        told(GOAL, "the feed", site.speed, "messages/s"),
        told(GOAL, "executemany", floor.speed, "messages/s"),
        told(GOAL, "the feed's memory at most", Spread.exact(max(memory) / MEBIBYTE), "MiB"),
    ]
