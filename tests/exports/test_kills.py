"""Workers killed at any moment: one copy, whole, in the end, announced; or one that says that it failed. Nothing else is left anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.exports import asking
from privacy_center.exports.contents import Choice
from privacy_center.exports.models import Export
from tests.exports.everything import CONTENT, talks
from tests.exports.meanwhile import in_scratch, in_store, work
from tests.exports.taking import feed, file, talk

ROOT = Path(__file__).parents[2]
KILLED, LIVED = -9, 0
pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(scope="module")
def live(built: Any) -> Iterator[Callable[..., int]]:
    """Lets a worker live until its moment comes; returns how it ended."""
    command = [sys.executable, "-m", "tests.exports.doomed"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **built[1]}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        asked, told = process.stdin, process.stdout

        def one(**moment: Any) -> int:
            asked.write(json.dumps({"life": "build", **moment}) + "\n")
            asked.flush()
            return int(told.readline())

        yield one
        asked.close()


def bring(conversations: int) -> None:
    """So many conversations, and some files."""
    feed(*(line for number in range(conversations) for line in talk(f"c{number}", "a question", "an answer")))
    feed(*(file(f"{number}.bin", CONTENT, conversation=f"c{number}") for number in range(5)))


def patient() -> None:
    """Count no attempts: this worker is not to blame."""
    jobs.Job.update(attempts=0).where(jobs.Job.kind == asking.BUILD).execute()


def whole(app: Any, export: Export) -> zipfile.ZipFile:
    """The archive of a copy that is offered: there, and as it is said to be."""
    path = app.config["SETTINGS"].instance_path / "storage" / export.storage_key
    assert hashlib.sha256(path.read_bytes()).hexdigest() == export.sha256
    archive = zipfile.ZipFile(path)
    assert archive.testzip() is None
    return archive


def assert_one_whole(app: Any, outbox: list[Any], conversations: int) -> None:
    """One copy, ready and whole, announced; nothing else in the store or where copies are made."""
    work()
    export = Export.get()
    assert (Export.select().count(), export.state) == (1, "ready")
    assert len(talks(whole(app, export))) == conversations
    assert in_store() == [export.storage_key] and in_scratch() == []
    assert len(outbox) == 1


def test_a_worker_killed_at_any_statement_makes_one_whole_copy_in_the_end(app: Any, mei: User, outbox: list[Any], live: Callable[..., int]) -> None:
    bring(15)
    export = asking.ask(mei, Choice(), "en")
    for step in [*range(0, 10, 3), *range(10, 300, 16)]:
        patient()
        ended = live(step=step)
        export = Export.get_by_id(export.id)
        if export.state == "ready":
            whole(app, export)
        if ended == LIVED:
            break
        assert ended == KILLED
    assert step > 40
    assert_one_whole(app, outbox, 15)


@pytest.mark.slow
@pytest.mark.engine("sqlite")
def test_a_worker_killed_at_any_instant_makes_one_whole_copy_in_the_end(app: Any, mei: User, outbox: list[Any], live: Callable[..., int]) -> None:
    bring(300)
    chance = random.Random(4)
    asking.ask(mei, Choice(), "en")
    ended = []
    for _life in range(10):
        patient()
        ended.append(live(milliseconds=chance.randint(20, 300)))
    assert KILLED in ended
    patient()
    assert live() == LIVED
    assert_one_whole(app, outbox, 300)


def test_a_copy_that_kills_its_worker_every_time_is_given_up_and_leaves_nothing(mei: User, outbox: list[Any], live: Callable[..., int]) -> None:
    bring(5)
    export = asking.ask(mei, Choice(), "en")
    for _life in range(8):
        if live(step=18) == LIVED:
            break
    work()
    export = Export.get_by_id(export.id)
    assert (export.state, export.trouble, in_store()) == ("failed", "crashed", [])
    assert [mail.subject for mail in outbox] == ["Your copy could not be made"]
    with clock.at(clock.now() + timedelta(days=2)):
        jobs.run_sweeps(only_due=False)
    assert in_scratch() == []
