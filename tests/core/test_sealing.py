"""Files that people send lie encrypted; what was changed is never handed out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from privacy_center.core import sealing, storage
from privacy_center.core.sealing import PIECE, Unreadable

KEY = "evidence/trial"


@pytest.fixture(autouse=True)
def our_keys(app: Flask) -> Iterator[None]:
    """The keys of the settings, again after each test."""
    yield
    sealing.set_keys(*app.config["SETTINGS"].sealing_keys)


def stored(app: Flask) -> Path:
    """Where the file lies."""
    path: Path = app.config["SETTINGS"].instance_path / "storage" / KEY
    return path


def opened() -> bytes:
    """What is read."""
    return b"".join(sealing.open(KEY))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_kept_comes_back(app: Flask, size: int) -> None:
    sealing.keep(KEY, b"x" * size)
    assert opened() == b"x" * size


def test_nothing_of_it_can_be_read_on_the_disk(app: Flask) -> None:
    sealing.keep(KEY, b"the marker of a child " * 1000)
    assert b"marker" not in stored(app).read_bytes()


def test_the_same_file_twice_looks_different(app: Flask) -> None:
    sealing.keep(KEY, b"words")
    first = stored(app).read_bytes()
    sealing.keep(KEY, b"words")
    assert stored(app).read_bytes() != first


@pytest.mark.parametrize("at", [0, 8, 20, 60, -1])
def test_a_changed_byte_is_found(app: Flask, at: int) -> None:
    sealing.keep(KEY, b"words of a guardian")
    bytes_there = bytearray(stored(app).read_bytes())
    bytes_there[at] ^= 1
    stored(app).write_bytes(bytes(bytes_there))
    with pytest.raises(Unreadable):
        opened()


@pytest.mark.parametrize("left", [0, 10, 44, 44 + PIECE + 16, -1])
def test_a_file_that_was_cut_off_is_found(app: Flask, left: int) -> None:
    sealing.keep(KEY, b"x" * (2 * PIECE))
    stored(app).write_bytes(stored(app).read_bytes()[:left])
    with pytest.raises(Unreadable):
        opened()


def test_a_file_in_the_place_of_another_is_found(app: Flask) -> None:
    sealing.keep(KEY, b"words")
    sealing.keep("evidence/other", b"other words")
    stored(app).write_bytes((stored(app).parent / "other").read_bytes())
    with pytest.raises(Unreadable):
        opened()


def test_earlier_keys_still_open(app: Flask) -> None:
    sealing.set_keys("a" * 40)
    sealing.keep(KEY, b"words")
    sealing.set_keys("b" * 40, "a" * 40)
    assert opened() == b"words"


def test_another_key_opens_nothing(app: Flask) -> None:
    sealing.keep(KEY, b"words")
    sealing.set_keys("b" * 40)
    with pytest.raises(Unreadable):
        opened()


def test_what_is_not_there_is_missing(app: Flask) -> None:
    with pytest.raises(storage.Missing):
        sealing.open("evidence/nothing")
