"""What tests of copies start from: an empty place for archives, and a hand on what happens meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.exports.meanwhile import Meanwhile, empty


@pytest.fixture
def store(app: Flask, outbox: list[Any]) -> Iterator[None]:
    """The file store and the place where copies are made, without what other tests have left there; and mail goes nowhere."""
    yield from empty()


@pytest.fixture
def meanwhile(app: Flask, store: None, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Lets something happen while a copy is made."""
    return Meanwhile(monkeypatch)
