"""Files: whole or not there, and gone when they are removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from privacy_center.core import storage


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A folder of these tests' own; the app's afterwards."""
    storage.open_storage(tmp_path.as_uri())
    yield tmp_path
    storage.open_storage(app.config["SETTINGS"].storage)


def test_what_was_kept_is_read_again() -> None:
    content = bytes(range(256)) * 20_000
    storage.keep("files/one", content)

    pieces = list(storage.read("files/one"))

    assert b"".join(pieces) == content
    assert len(pieces) > 1


def test_keeping_twice_keeps_the_last() -> None:
    storage.keep("files/one", b"first")
    storage.keep("files/one", b"second")

    assert b"".join(storage.read("files/one")) == b"second"


def test_nothing_there_is_missing_before_the_first_piece() -> None:
    with pytest.raises(storage.Missing):
        storage.read("files/none")


def test_what_was_removed_is_gone_from_the_disk(folder: Path) -> None:
    storage.keep("files/one", b"words")

    storage.remove("files/one")
    storage.remove("files/one")

    assert [each for each in folder.rglob("*") if each.is_file()] == []


def test_a_key_cannot_lead_out_of_the_folder(folder: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)path|segment"):
        storage.keep("../outside", b"words")

    assert not (folder.parent / "outside").exists()


def test_the_trial_of_the_doctor_leaves_nothing(folder: Path) -> None:
    storage.works()

    assert [each for each in folder.rglob("*") if each.is_file()] == []
