"""Contents of files and attachments: kept where the row says, removed when no row says so any more."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, storage
from privacy_center.feed import batch
from privacy_center.feed.ingest import Outcome
from privacy_center.history.models import File
from privacy_center.telemetry.models import Feedback, FeedbackAttachment
from tests.makers import line


def with_contents(contents: bytes, **fields: Any) -> dict[str, Any]:
    """A file that brings its contents."""
    checked = {"size": len(contents), "sha256": hashlib.sha256(contents).hexdigest()}
    return line("file", content_base64=base64.b64encode(contents).decode(), **{**checked, **fields})


def attachment(contents: bytes, name: str = "screen.png") -> dict[str, str]:
    """An attachment of feedback."""
    return {"name": name, "media_type": "image/png", "content_base64": base64.b64encode(contents).decode()}


def kept() -> set[str]:
    """Every key under which contents are kept."""
    return {key for page in storage.listed("files/") for key, _at in page}


def read(key: str) -> bytes:
    """The contents under a key."""
    return b"".join(storage.read(key))


@pytest.fixture(autouse=True)
def _empty_store(app: Flask) -> None:
    """Nothing is kept from the test before."""
    for key in kept():
        storage.remove(key)


def test_contents_are_kept_in_the_folder_of_their_user(feed: Callable[..., Outcome]) -> None:
    feed(with_contents("你好".encode(), id="f"))

    [file] = File.select()
    assert file.storage_key.startswith(f"files/{User.get().id}/")
    assert read(file.storage_key).decode() == "你好"
    assert kept() == {file.storage_key}


def test_a_file_without_contents_keeps_none(feed: Callable[..., Outcome]) -> None:
    feed(line("file"))

    assert [file.storage_key for file in File.select()] == [None]
    assert kept() == set()


def test_a_file_that_is_empty_has_contents_all_the_same(feed: Callable[..., Outcome]) -> None:
    feed(with_contents(b""))

    assert read(File.get().storage_key) == b""


def test_contents_of_another_size_than_said_are_refused(refused: Callable[[Any], str]) -> None:
    assert refused(with_contents(b"hello", size=6)) == "content_base64 holds 5 bytes, but size says 6"
    assert kept() == set()


def test_contents_with_another_checksum_than_said_are_refused(refused: Callable[[Any], str]) -> None:
    assert refused(with_contents(b"hello", sha256="0" * 64)) == "content_base64 does not have the checksum that sha256 says"
    assert kept() == set()


def test_the_same_file_again_keeps_its_contents_where_they_are(feed: Callable[..., Outcome]) -> None:
    record = with_contents(b"hello", id="f")
    feed(record)
    before = kept()

    assert feed(record, record).unchanged == 2
    assert kept() == before
    assert len(before) == 1


def test_contents_that_are_replaced_are_removed(feed: Callable[..., Outcome]) -> None:
    feed(with_contents(b"old", id="f"))
    feed(with_contents(b"newer", id="f"))

    assert kept() == {File.get().storage_key}
    assert read(File.get().storage_key) == b"newer"


def test_of_two_versions_in_one_call_only_the_last_is_kept(feed: Callable[..., Outcome]) -> None:
    feed(with_contents(b"old", id="f"), with_contents(b"newer", id="f"))

    assert kept() == {File.get().storage_key}
    assert read(File.get().storage_key) == b"newer"


def test_a_later_line_without_contents_takes_them_away(feed: Callable[..., Outcome]) -> None:
    record = with_contents(b"hello", id="f")
    feed(record)
    del record["content_base64"]

    assert feed(record).stored == 1
    assert File.get().storage_key is None
    assert kept() == set()


def test_a_batch_that_fails_leaves_no_contents_behind(feed: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "store_feedback", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        feed(with_contents(b"hello"))
    assert (File.select().count(), kept()) == (0, set())


def test_a_store_that_takes_nothing_fails_the_call_and_names_nothing(feed: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_key: str, _contents: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(storage, "keep", full)
    with pytest.raises(OSError, match="no space"):
        feed(with_contents(b"hello"))
    assert File.select().count() == 0


def test_attachments_are_kept_with_their_feedback(feed: Callable[..., Outcome]) -> None:
    feed(line("feedback", id="fb", attachments=[attachment(b"one", "a.png"), attachment(b"two", "b.png")]))

    rows = list(FeedbackAttachment.select().order_by(FeedbackAttachment.id))
    assert [(row.name, row.size, row.feedback.external_id, read(row.storage_key)) for row in rows] == [("a.png", 3, "fb", b"one"), ("b.png", 3, "fb", b"two")]
    assert {row.account_digest for row in rows} == {Feedback.get().account_digest}


def test_attachments_that_are_replaced_are_removed(feed: Callable[..., Outcome]) -> None:
    feed(line("feedback", id="fb", attachments=[attachment(b"one"), attachment(b"two")]))
    feed(line("feedback", id="fb", attachments=[attachment(b"three")]))

    [row] = FeedbackAttachment.select()
    assert (read(row.storage_key), kept()) == (b"three", {row.storage_key})

    feed(line("feedback", id="fb"))
    assert (FeedbackAttachment.select().count(), kept()) == (0, set())


def test_feedback_again_keeps_its_attachments_where_they_are(feed: Callable[..., Outcome]) -> None:
    record = line("feedback", attachments=[attachment(b"one")])
    feed(record)
    before = kept()

    assert (feed(record).unchanged, kept()) == (1, before)


def test_the_sweep_removes_what_nothing_names_once_it_is_old_enough(feed: Callable[..., Outcome]) -> None:
    feed(with_contents(b"hello"), line("feedback", attachments=[attachment(b"one")]))
    named = kept()
    for key in ("files/1/forgotten", "files/feedback/forgotten", "files/999999/forgotten"):
        storage.keep(key, b"left by a call that broke off")

    assert jobs.run_sweeps(only_due=False)["forgotten files"] == 0
    with clock.at(clock.now() + timedelta(days=2)):
        assert jobs.run_sweeps(only_due=False)["forgotten files"] == 3
    assert kept() == named
