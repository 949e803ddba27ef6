"""What the feed's tests start from: a way to send records in, and one to ask for what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings

from privacy_center.core import outbox
from privacy_center.feed.ingest import Outcome, ingest
from privacy_center.settings import ConnectedSystem
from tests.cast import ISSUER
from tests.feed.receiver import Receiver
from tests.makers import lines

# No deadline: a machine that is busy with other things is no failure. No database of examples: a run leaves nothing behind.
settings.register_profile("feed", deadline=None, database=None)
settings.load_profile("feed")

Connect = Callable[..., None]


@pytest.fixture
def feed(app: Flask) -> Callable[..., Outcome]:
    """Sends records, or lines as they are, in one call."""
    return lambda *records: ingest(lines(records), issuer=ISSUER)


@pytest.fixture
def refused(feed: Callable[..., Outcome]) -> Callable[..., str]:
    """Sends one record that must be refused, and returns why."""

    def why(record: Any) -> str:
        outcome = feed(record)
        assert (outcome.stored, outcome.unchanged, outcome.refused_count) == (0, 0, 1)
        return outcome.refused[0].reason

    return why


@pytest.fixture
def connect(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Connect:
    """Lets the settings name these systems."""

    def connecting(*systems: ConnectedSystem, sandbox: bool = True) -> None:
        monkeypatch.setattr(outbox, "_systems", list(systems))
        monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], sandbox=sandbox))

    return connecting


@pytest.fixture
def receiver(connect: Connect) -> Iterator[Receiver]:
    """A connected system that works."""
    made = Receiver()
    connect(made.system)
    yield made
    made.stop()
