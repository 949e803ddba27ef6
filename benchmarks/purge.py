"""One purge as in production: by a worker, while the site serves and somebody else writes; and what is left of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

from benchmarks.server import ROOT
from privacy_center.core.jobs import DONE, RUNNING, WAITING, Job
from privacy_center.erasure.jobs import SCRUB
from privacy_center.erasure.models import Deletion

LOOK_EVERY = 0.005  # seconds, at the log
ASK_EVERY = 0.05  # seconds, whether it is over
LONGEST = 3600.0
BLOCK = 64 * 1024 * 1024

T = TypeVar("T")


@contextmanager
def working(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the site for as long as the block lasts."""
    command = [sys.executable, "-m", "flask", "--app", "privacy_center.factory:create_app", "worker"]
    process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


@dataclass
class Meanwhile:
    """Somebody else's writes, each with when it began and how many seconds it took; known once the block is over."""

    taken: list[tuple[float, float]] = field(default_factory=list)

    def between(self, begin: float, end: float) -> list[float]:
        """How long those took that began in that time, shortest first."""
        return sorted(seconds for begun, seconds in self.taken if begin <= begun < end)


@contextmanager
def writing(database: Path, session: int) -> Iterator[Meanwhile]:
    """Somebody else writes for as long as the block lasts."""
    kept_in, meanwhile = database.with_name("meanwhile.json"), Meanwhile()
    command = [sys.executable, "-m", "benchmarks.meanwhile", str(database), str(session), str(kept_in)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            assert process.stdout and process.stdin
            process.stdout.readline()
            yield meanwhile
            process.stdin.close()
            assert process.wait(60) == 0, "Whoever wrote meanwhile has failed."
        finally:
            process.kill()
    meanwhile.taken = json.loads(kept_in.read_text())


class LogWatch:
    """Looks at the write-ahead log all the time, and remembers its greatest size."""

    def __init__(self, database: Path) -> None:
        self.log, self.most, self._over = Path(f"{database}-wal"), 0, Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> LogWatch:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            self.most = max(self.most, self.log.stat().st_size if self.log.exists() else 0)


def wait_until_tidy(worker: subprocess.Popen[bytes]) -> None:
    """Wait until the worker has cleaned the file, as it does every day, and has nothing else to do."""
    _wait(worker, lambda: _has_scrubbed() and not Job.select().where(Job.state.in_([WAITING, RUNNING])).exists(), lambda: None)


def _has_scrubbed() -> bool:
    """Whether a cleaning has come to its end."""
    return bool(Job.select().where((Job.kind == SCRUB) & (Job.state == DONE)).exists())


def wait_until_purged(worker: subprocess.Popen[bytes], number: int, look: Callable[[], T]) -> list[T]:
    """Wait until the bytes of a deletion are gone; returns what was seen meanwhile."""
    return _wait(worker, lambda: Deletion.get_by_id(number).state == "purged", look)


def _wait(worker: subprocess.Popen[bytes], over: Callable[[], bool], look: Callable[[], T]) -> list[T]:
    """Look, and ask whether it is over, now and then; a worker that ends takes the measurement with it."""
    until, seen = time.monotonic() + LONGEST, []
    while not over():
        assert worker.poll() is None, "The worker has ended."
        assert time.monotonic() < until, "It takes too long."
        seen.append(look())
        time.sleep(ASK_EVERY)
    return seen


def occurrences(folder: Path, needles: tuple[bytes, ...]) -> int:
    """How often any of the needles stands in any file below the folder."""
    return sum(_in_file(path, needles) for path in sorted(folder.rglob("*")) if path.is_file())


def _in_file(path: Path, needles: tuple[bytes, ...]) -> int:
    """How often any of them stands in one file, whatever its size; one across two blocks is counted with the second."""
    count, kept = 0, dict.fromkeys(needles, b"")
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            for needle in needles:
                count += (kept[needle] + block).count(needle)
                kept[needle] = block[-(len(needle) - 1) :]
    return count
