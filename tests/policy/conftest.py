"""Publishing as staff do it, and the mails that went out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock
from tests import cast
from tests.policy import texts

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """It is noon of 20 November 2026."""
    with clock.at(NOW):
        yield


@pytest.fixture
def policy(app: Flask, tmp_path: Path) -> Callable[..., Result]:
    """Runs `flask policy …`; a text or bytes among the arguments become a file."""

    def run(*arguments: Any, name: str = "policy.txt") -> Result:
        given = []
        for each in arguments:
            if isinstance(each, bytes) or "\n" in each or not each:
                (tmp_path / name).write_bytes(each if isinstance(each, bytes) else each.encode())
                each = str(tmp_path / name)  # noqa: PLW2901
            given.append(each)
        return app.test_cli_runner().invoke(args=["policy", *given])

    return run


@pytest.fixture
def publish(policy: Callable[..., Result]) -> Callable[..., str]:
    """Publishes an edition and returns what the command said; it must have worked."""

    def run(text: str | bytes = texts.PLAIN, effective: str = "2026-06-15", *options: str, name: str = "policy.txt") -> str:
        done = policy("publish", text, "--effective", effective, *options, name=name)
        assert done.exit_code == 0, done.output
        return done.output

    return run


@pytest.fixture
def people(app: Any) -> list[str]:
    """Seven people with an address, and Olga, who has none."""
    cast.olga()
    return [str(User.open(cast.ISSUER, f"zai-{n}", email=f"person{n}@example.com", name=f"Person {n}", language="en").email) for n in range(7)]
