"""Disks that are full, stores that are away, jobs that are lost: a copy is made in the end, or it is said why not."""

from __future__ import annotations

import errno
import io
import json
from pathlib import Path
from typing import Any

import pytest

from privacy_center.core import jobs, storage
from privacy_center.exports import asking
from privacy_center.exports.jobs import go_on
from privacy_center.exports.models import Export
from privacy_center.history.models import File
from tests.exports import everything
from tests.exports.everything import CONTENT
from tests.exports.meanwhile import history, in_scratch, in_store, work
from tests.exports.taking import ask, build, download, feed, file, newest, opened, talk

pytestmark = [pytest.mark.usefixtures("store"), pytest.mark.engine("sqlite")]  # of disks and stores, not of databases
AWAY, LOST = storage.Unreachable, storage.Missing


def fails(monkeypatch: pytest.MonkeyPatch, name: str, error: Exception, times: int = 999) -> list[int]:
    """Let the store fail so many times when it is asked to do this; how often it did is the length of the answer."""
    usual, failed = getattr(storage, name), []

    def fail(*given: Any, **named: Any) -> Any:
        if (len(failed) < times and not str(given[-1]).startswith("exports/")) or (name == "publish" and len(failed) < times):
            failed.append(1)
            raise error
        return usual(*given, **named)

    monkeypatch.setattr(storage, name, fail)
    return failed


def assert_failed(browser: Any, words: str) -> None:
    """It has failed, its page says why and offers to try again, and nothing of it is left."""
    page = browser.get(f"/exports/{newest().id}").text
    assert words in page and "Make it again" in page, page
    assert (newest().state, in_store(), in_scratch()) == ("failed", [], [])
    assert "Your copy could not be made" in browser.get("/").text


def test_a_full_disk_is_said_to_be_full(as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.FileIO):
        def write(self, content: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    usual: Any = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode="r", **how: Full(path, mode) if path.suffix == ".part" else usual(path, mode, **how))
    build(as_mei)
    assert newest().state == "building"  # there may be room again
    work()
    assert_failed(as_mei, "There was no room left on our disks")
    monkeypatch.undo()
    ask(as_mei)
    jobs.run_due()
    assert newest().state == "ready"


@pytest.mark.parametrize(("error", "why"), [(LOST("k"), "It is not in our file store any more."), (AWAY("k"), "Our file store could not read it.")])
def test_a_file_that_cannot_be_read_stops_nothing_and_is_named(as_mei: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, why: str) -> None:
    history()
    feed(file("other.txt", CONTENT, conversation="boats"))
    fails(monkeypatch, "read", error, times=1)
    export = build(as_mei)
    archive = opened(download(as_mei, export))
    about = json.loads(archive.read("about.json"))
    assert about["missing"] == {"files": 1, "named": [{"file": "notes.txt", "why": why}]}
    assert "1 file could not be put in" in archive.read("index.html").decode()
    assert [name.rsplit("/", 1)[-1] for name in archive.namelist() if name.startswith("files/")] == ["other.txt"]
    assert [line["in_archive"][-9:] for line in everything.table(archive, File)] == ["", "other.txt"]
    assert "1 file is missing" in as_mei.get(f"/exports/{export.id}").text


def test_a_file_that_breaks_off_half_way_is_not_half_in_it(as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    history()
    usual = storage.read

    def half(key: str) -> Any:
        yield next(usual(key))[:5]
        raise storage.Unreachable(key)

    monkeypatch.setattr(storage, "read", half)
    archive = opened(download(as_mei, build(as_mei)))
    assert not [name for name in archive.namelist() if name.startswith("files/")]


def test_a_file_whose_contents_we_never_had_is_named_but_not_said_to_be_unreadable(as_mei: Any) -> None:
    feed(*talk("bread"), file("had.txt", CONTENT), {**file("never.txt", CONTENT), "content_base64": None})
    export = build(as_mei)
    about = json.loads(opened(download(as_mei, export)).read("about.json"))
    assert about["missing"]["named"] == [{"file": "never.txt", "why": "We hold no contents of it."}]
    assert "is missing" not in as_mei.get(f"/exports/{export.id}").text


def test_a_store_that_is_away_is_waited_for(as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(*(file(f"{number}.txt", CONTENT) for number in range(25)))
    failed = fails(monkeypatch, "read", AWAY("key"), times=20)
    build(as_mei)
    assert (newest().state, len(failed), in_store()) == ("building", 20, [])
    work()
    assert (newest().state, newest().missing) == ("ready", 0)


def test_a_store_that_stays_away_is_a_reason(as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(*(file(f"{number}.txt", CONTENT) for number in range(25)))
    fails(monkeypatch, "read", AWAY("key"))
    build(as_mei)
    work()
    assert_failed(as_mei, "Our file store could not be reached")


def test_a_store_that_has_lost_many_files_is_not_away(as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(*(file(f"{number}.txt", CONTENT) for number in range(25)))
    fails(monkeypatch, "read", LOST("key"))
    assert build(as_mei).missing == 25


def test_a_store_that_does_not_take_the_copy_is_tried_again(as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = fails(monkeypatch, "publish", AWAY("key"), times=2)
    build(as_mei)
    assert (newest().state, in_scratch()) == ("building", [])
    work()
    assert (newest().state, len(failed)) == ("ready", 2)


def test_a_store_that_never_takes_it_is_a_reason(as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, "publish", AWAY("key"))
    build(as_mei)
    work()
    assert_failed(as_mei, "Our file store could not be reached")


def test_a_copy_whose_worker_dies_every_time_is_given_up(as_mei: Any) -> None:
    ask(as_mei)
    jobs.Job.update(attempts=99).where(jobs.Job.kind == asking.BUILD).execute()
    work()
    assert_failed(as_mei, "It broke off several times on our side")


def test_a_copy_whose_job_is_lost_is_begun_anew(as_mei: Any) -> None:
    for state in ("waiting", "building"):
        ask(as_mei)
        Export.update(state=state).where(Export.state == "waiting").execute()
        jobs.Job.delete().execute()
        assert (go_on(), go_on()) == (1, 0)
        jobs.run_due()
        assert newest().state == "ready"
