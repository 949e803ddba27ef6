"""The one clock of the centre, so that tests can set it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

_frozen: datetime | None = None


def now() -> datetime:
    """The present moment, in UTC, with its offset."""
    return _frozen or datetime.now(UTC)


@contextlib.contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at *moment* inside the block; for tests."""
    global _frozen  # noqa: PLW0603 - one clock for every thread
    before, _frozen = _frozen, moment
    try:
        yield
    finally:
        _frozen = before


def ago(**parts: float) -> datetime:
    """The moment that lies so many days, hours… (as timedelta takes them) before now."""
    return now() - timedelta(**parts)
