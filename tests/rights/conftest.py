"""What the tests of requests share: a clock that is put forward, another browser, a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.rights.models import Request
from tests.conftest import Visitor
from tests.rights.making import ask

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def later(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The clock stands still at noon, until it is put forward."""
    monkeypatch.setattr(clock, "_frozen", NOON)

    def put_forward(**parts: float) -> None:
        monkeypatch.setattr(clock, "_frozen", clock.now() + timedelta(**parts))

    return put_forward


@pytest.fixture
def elsewhere(app: Flask) -> Visitor:
    """Another browser, to which the link was passed on."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def asked(later: Callable[..., None], mei: User) -> Request:
    """A complaint of Mei's, who lives in Germany."""
    return ask(mei)
