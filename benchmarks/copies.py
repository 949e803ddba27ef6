"""Goal 4: a copy of everything, against reading and encoding alone and against the standard library; its memory, and pages meanwhile."""

from __future__ import annotations

import json
import os
import select
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.client import Client
from benchmarks.data import KEPT_IN, ROOT, Data
from benchmarks.effort import Effort
from benchmarks.figures import Figure, Spread, at_least, at_most, short, told
from benchmarks.people import HEAVY
from benchmarks.server import serving
from benchmarks.site import SITE, Visit, browser

GOAL = 4
OTHER = "other-1"
MEBIBYTE, MILLISECONDS = 2**20, 1_000
IDLE = 5.0  # seconds of looking at pages before the copy begins
PAUSE = 0.01  # seconds between two pages: a person at the site, not a flood
MOST_FOR_PLAIN = 10_000  # conversations; with more the standard library takes its minutes and tells nothing new


def measure(datasets: Sequence[Data], _effort: Effort) -> list[Figure]:
    """Copies of the smallest and of the largest data."""
    smallest, largest = datasets[0], datasets[-1]
    for_plain = max((data for data in datasets if data.conversations <= MOST_FOR_PLAIN), key=lambda data: data.conversations, default=smallest)
    figures, made = [], {}
    for data in sorted({id(data): data for data in (smallest, for_plain, largest)}.values(), key=lambda data: data.conversations):
        with _beside(data) as folder:
            made[data.conversations] = site = _run("site", data, folder)
            figures += _of_speed(data, site, _run("limit", data, folder))
            if data is for_plain:
                figures += _of_plain(data, site, _run("plain", data, folder))
    return [*figures, *_of_memory(made, smallest, largest), *_meanwhile(largest)]


@contextmanager
def _beside(data: Data) -> Iterator[Path]:
    """A folder beside the data: a temporary folder of the system may be memory."""
    with TemporaryDirectory(dir=data.path.parent if KEPT_IN not in data.path.parents else KEPT_IN, prefix="copies-") as folder:
        yield Path(folder)


@contextmanager
def _maker(kind: str, data: Data, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that is ready to do it when it is told to."""
    environment = {**os.environ, **Visit(data, instance=folder / "instance").environment()}
    command = [sys.executable, "-m", "benchmarks.copying", kind, str(data.path), str(data.users[HEAVY]), str(folder / "copy.zip")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def _run(kind: str, data: Data, folder: Path) -> dict[str, Any]:
    """Do it once; returns what it tells, with the memory it held before."""
    with _maker(kind, data, folder) as process:
        before = _told(process)
        _begin(process)
        return {**_told(process), "before": before["memory"]}


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a process says next."""
    assert process.stdout
    said = process.stdout.readline()
    assert said, "The process that makes the copy has ended."
    return dict(json.loads(said))


def _begin(process: subprocess.Popen[str]) -> None:
    """Tell it to begin."""
    assert process.stdin
    process.stdin.write("begin\n")
    process.stdin.flush()


def _of_speed(data: Data, site: dict[str, Any], limit: dict[str, Any]) -> list[Figure]:
    """How much of the speed of reading and encoding alone is reached."""
    speeds = [each["bytes"] / each["seconds"] for each in (site, limit)]
    size = short(data.conversations)
    return [
        at_least(GOAL, f"a copy of {size}, against reading and encoding alone", Spread.exact(speeds[0] / speeds[1]), "×", 0.65),
        told(GOAL, f"a copy of {size}: {site['bytes'] / 1e6:,.0f} MB in {site['seconds']:.1f} s", Spread.exact(speeds[0] / 1e6), "MB/s"),
    ]


def _of_plain(data: Data, site: dict[str, Any], plain: dict[str, Any]) -> list[Figure]:
    """How much quicker than the standard library deflating the same files, and how much larger."""
    size = short(data.conversations)
    return [
        at_least(GOAL, f"a copy of {size}, quicker than zipfile deflates the same files", Spread.exact(plain["seconds"] / site["seconds"]), "×", 6.0),
        at_most(GOAL, f"a copy of {size}, larger than that of zipfile", Spread.exact(site["size"] / plain["size"]), "×", 1.2),
    ]


def _of_memory(made: dict[int, dict[str, Any]], smallest: Data, largest: Data) -> list[Figure]:
    """How much more memory a copy takes than an idle worker, and whether that grows."""
    most = {size: each["memory"] - each["before"] for size, each in made.items()}
    return [
        at_most(GOAL, "memory over that of an idle worker", Spread.exact(max(most.values()) / MEBIBYTE), "MiB", 96),
        at_most(
            GOAL,
            f"memory with {short(largest.conversations)} against {short(smallest.conversations)}",
            Spread.exact(made[largest.conversations]["memory"] / made[smallest.conversations]["memory"]),
            "×",
            1.1,
        ),
    ]


def _meanwhile(data: Data) -> list[Figure]:
    """Another person's history page while a copy is made, against before."""
    with _beside(data) as folder:
        copied = replace(data, path=Path(shutil.copy(data.path, folder)))
        other = Visit(copied, OTHER, instance=folder / "instance")
        token = other.token()
        with serving(SITE, other.environment()) as server, _maker("site", copied, folder) as process:
            _told(process)
            client = browser(server.port, token)
            _look(client, time.monotonic() + 1, process)
            before = _look(client, time.monotonic() + IDLE, process)
            _begin(process)
            meanwhile = _look(client, None, process)
    p50, p99 = (_at(meanwhile, share) / _at(before, share) for share in (0.5, 0.99))
    return [
        at_most(GOAL, "another person's history page meanwhile, p50 against before", Spread.exact(p50), "×", 1.1, f"{len(meanwhile):,} pages"),
        at_most(GOAL, "another person's history page meanwhile, p99 against before", Spread.exact(p99), "×", 3.0),
        told(GOAL, "another person's history page before, p50", Spread.exact(statistics.median(before) * MILLISECONDS), "ms"),
    ]


def _look(client: Client, until: float | None, process: subprocess.Popen[str]) -> list[float]:
    """How long each page takes, until then, or else until the copy is made."""
    assert process.stdout
    seen = []
    while time.monotonic() < until if until is not None else not select.select([process.stdout], [], [], 0)[0]:
        seen.append(client.seconds_for("/history"))
        time.sleep(PAUSE)
    return sorted(seen)


def _at(seconds: Sequence[float], share: float) -> float:
    """The value below which that share of what is sorted lies."""
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))]
