"""Somebody without an account, and the mail that reaches them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, current_app

from privacy_center.core import clock, jobs
from privacy_center.verification import proving
from privacy_center.verification.models import Proof

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DIGITS = re.compile(r"^    (\d{4}) (\d{4})$", re.MULTILINE)


@pytest.fixture
def later(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The clock stands still at noon, until it is put forward by so much."""
    passed = [timedelta(0)]
    monkeypatch.setattr(clock, "_frozen", NOON)

    def put_forward(**parts: float) -> None:
        passed[0] += timedelta(**parts)
        monkeypatch.setattr(clock, "_frozen", NOON + passed[0])

    return put_forward


def ask(address: str = "nadia@example.org", *, from_: str = "192.0.2.1", subject: int = 1, about: str = "trial") -> Proof:
    """Ask for a code as somebody at the internet address *from_* would."""
    with current_app.test_request_context(environ_base={"REMOTE_ADDR": from_}):
        return proving.ask(address, about=about, subject=subject, language="en")


def again(proof: Proof, *, from_: str = "192.0.2.1") -> None:
    """Ask for another code, from there."""
    with current_app.test_request_context(environ_base={"REMOTE_ADDR": from_}):
        proving.send_again(proof)


def mailed(outbox: list[Any]) -> str:
    """The digits in the newest mail, once the jobs are done."""
    jobs.run_due()
    found = DIGITS.search(outbox[-1].body)
    assert found
    return "".join(found.groups())


def wrong(code: str) -> str:
    """Some other code."""
    return f"{(int(code) + 1) % 10**8:08d}"
