"""The pages that machines read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from peewee import OperationalError

from privacy_center.core import clock, db
from tests.conftest import BASE_URL, Visitor


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_machines_read_plain_text_and_get_no_cookie(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 200 and answer.mimetype == "text/plain"
    assert "Set-Cookie" not in answer.headers


def test_the_process_lives_though_the_database_is_gone(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "connect", broken)

    assert visitor.get("/healthz").status_code == 200


def test_without_a_database_nobody_is_sent_here(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "connect", broken)

    answer = visitor.get("/readyz")

    assert answer.status_code == 503 and answer.text == "The database does not answer.\n"


def test_before_its_migrations_nobody_is_sent_here(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "pending_migrations", lambda: ["0002_second_edition"])

    answer = visitor.get("/readyz")

    assert answer.status_code == 503 and "flask db upgrade" in answer.text


def test_crawlers_are_kept_to_the_front_page(visitor: Visitor) -> None:
    assert visitor.get("/robots.txt").text == "User-agent: *\nAllow: /$\nAllow: /static/\nDisallow: /\n"


def test_whoever_finds_a_weakness_knows_whom_to_tell(visitor: Visitor) -> None:
    with clock.at(datetime(2026, 11, 18, 9, 41, tzinfo=UTC)):
        lines = dict(line.split(": ", 1) for line in visitor.get("/.well-known/security.txt").text.splitlines())

    assert lines["Contact"].startswith("mailto:")
    assert datetime.fromisoformat(lines["Expires"]) - datetime(2026, 11, 18, tzinfo=UTC) == timedelta(days=180)
    assert lines["Canonical"] == f"{BASE_URL}/.well-known/security.txt"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_machines_may_only_look(app: Flask, path: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        assert app.test_client().post(path).status_code == 405
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def broken() -> None:
    """A database that isn't there."""
    raise OperationalError("connection refused")
