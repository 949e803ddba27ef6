"""What happens while a copy is made: something else at the right moment, on a connection of its own, as in another process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from privacy_center.core import clock, jobs, storage
from privacy_center.exports import building, telling
from tests import together
from tests.exports.everything import CONTENT
from tests.exports.taking import feed, file, talk

Act = Callable[[], Any]


def elsewhere(act: Act) -> Any:
    """What *act* answers on a thread and a connection of its own; raises what it raises."""
    return at_once(act)[0]


def at_once(*acts: Act) -> list[Any]:
    """What the acts answer when they begin at the same moment; raises what any of them raised."""
    answers = together.at_once(*acts)
    if wrong := next((answer for answer in answers if isinstance(answer, Exception)), None):
        raise wrong
    return answers


class Meanwhile:
    """Lets something happen when the builder comes to a moment; it goes on when that is over."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        self.hears_at_once(True)

    def hears_at_once(self, hears: bool) -> None:
        """Whether the builder hears of it at once, or not before it offers the copy."""
        self.hears = hears
        self.patch.setattr(telling, "TELL_EVERY", 0.005 if hears else 60)

    def reading(self, act: Act, times: int = 1) -> None:
        """When it reads a file from the store: in the midst of the copy."""
        self._before("read", act, times)

    def publishing(self, act: Act, times: int = 1) -> None:
        """When it puts the copy into the store: the copy is whole."""
        self._before("publish", act, times)

    def _before(self, name: str, act: Act, times: int) -> None:
        usual, left = getattr(storage, name), [act] * times

        def first_act(*given: Any, **named: Any) -> Any:
            if left:
                elsewhere(left.pop())
                time.sleep(0.05 if self.hears else 0)
            return usual(*given, **named)

        self.patch.setattr(storage, name, first_act)


def history() -> None:
    """Two conversations, one with a file, so that the store is asked for something."""
    feed(*talk("bread", "How long does it rise?"), *talk("boats", "Which knot holds?"), file("notes.txt", CONTENT, conversation="bread"))


def work(rounds: int = 12) -> None:
    """Let all work be done, what failed tried again after a while, until it is done or given up."""
    for hours in range(rounds):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.run_due()
    assert not jobs.Job.select().where(jobs.Job.state.in_([jobs.WAITING, jobs.RUNNING])).exists()


def in_store() -> list[str]:
    """The keys of all archives in the file store."""
    return [key for page in storage.listed("exports/") for key, _written_at in page]


def in_scratch() -> list[Path]:
    """What lies where copies are made."""
    return list(building.scratch_folder().glob("*"))


def empty() -> Iterator[None]:
    """A file store without archives, before and after."""
    for key in in_store():
        storage.remove(key)
    for path in in_scratch():
        path.unlink()
    yield
