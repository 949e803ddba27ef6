"""A file store that fails while the purge removes files: tried again, said on the page, and gone in the end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from privacy_center.core import clock, jobs, storage
from privacy_center.erasure import asking
from privacy_center.erasure.jobs import go_on
from privacy_center.erasure.models import Deletion, DoomedFile
from privacy_center.history.models import Conversation, File
from tests import makers
from tests.erasure.doing import ask, confirm, feed, finish, removed
from tests.erasure.test_kills import HELLO

FILES = 70


@pytest.fixture
def deleting(as_mei: Any, history: Any) -> Any:
    """The page of a deletion of everything, with many files, that has just been confirmed."""
    for page in list(storage.listed("files/")):  # of other tests
        for key, _at in page:
            storage.remove(key)
    feed(*(makers.line("file", conversation=name, **HELLO) for name in ["bread", "boats"] * (FILES // 2)))
    return confirm(as_mei, ask(as_mei, scope="everything"))


def stored() -> int:
    """How many files the store holds of what the feed brought."""
    return sum(len(page) for page in storage.listed("files/"))


class Failing:
    """A store that removes so many files and then fails, until it is mended."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, removes: int) -> None:
        self.real, self.left, self.asked = storage.obstore.delete, removes, 0
        monkeypatch.setattr(storage.obstore, "delete", self)

    def __call__(self, *given: Any) -> None:
        """Remove, or fail."""
        self.asked += 1
        if self.left == 0:
            raise OSError("Read-only file system: /srv/files/1/secret-name")
        self.left -= 1
        self.real(*given)


@pytest.mark.parametrize("removes", [0, 1, 50, FILES - 1])
def test_a_store_that_fails_is_tried_again_until_all_is_gone(deleting: Any, as_mei: Any, monkeypatch: pytest.MonkeyPatch, removes: int) -> None:
    store = Failing(monkeypatch, removes=removes)
    jobs.run_due()
    deletion = Deletion.get()
    assert (deletion.state, stored()) == ("hidden", FILES - removes)
    assert DoomedFile.select().count() + File.select().count() >= stored()
    assert "Should a step fail, it is tried again" in as_mei.get(deleting.request.path).text
    store.left = -1
    finish()
    assert (stored(), DoomedFile.select().count(), Conversation.select().count()) == (0, 0, 0)
    assert removed(deletion) == {"conversation": 5, "file": FILES, "message": 7}


def test_a_store_that_goes_on_failing_is_said_on_the_page_and_tried_again_for_ever(deleting: Any, as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Failing(monkeypatch, removes=3)
    for hours in range(0, 78, 6):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.run_due()
    page = as_mei.get(deleting.request.path).text
    assert "The purge has stopped" in page
    assert "stays hidden, but not all of its bytes are gone" in page
    assert "secret-name" not in page
    assert [each.reason for each in jobs.Job.select()] == ["OSError"]
    store.left = -1
    assert go_on() == 1
    finish()
    assert "5 conversations are gone" in as_mei.get(deleting.request.path).text
    assert stored() == 0


def test_a_file_that_is_missing_already_is_as_good_as_removed(deleting: Any, app: Any) -> None:
    folder: Path = app.config["SETTINGS"].instance_path / "storage"
    for path in [each for each in folder.rglob("*") if each.is_file()][:30]:
        path.unlink()
    finish()
    assert stored() == 0
    assert removed(Deletion.get())["file"] == FILES


def test_a_store_whose_folder_is_gone_keeps_nothing_from_going(deleting: Any, app: Any) -> None:
    for page in list(storage.listed("files/")):
        for key, _at in page:
            storage.remove(key)
    for folder in sorted((app.config["SETTINGS"].instance_path / "storage").rglob("*"), reverse=True):
        folder.rmdir()
    finish()
    assert Deletion.get().state == "purged"


def test_what_a_file_fails_to_leave_is_no_other_deletions(as_mei: Any, as_mallory: Any, history: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(makers.line("file", conversation="bread", **HELLO), makers.line("conversation", id="hers", user="zai-mallory"))
    confirm(as_mei, ask(as_mei, scope="everything"))
    store = Failing(monkeypatch, removes=0)
    jobs.run_due()
    confirm(as_mallory, ask(as_mallory, scope="everything"))
    jobs.run_due()
    assert [each.state for each in Deletion.select().order_by(Deletion.id)] == ["hidden", "purged"]
    store.left = -1
    finish()
    assert jobs.Job.select().where(jobs.Job.kind == asking.PURGE).count() == 2
    assert stored() == 0
