"""What every answer carries, and what people read when something is wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from flask import Flask, request
from peewee import SqliteDatabase

from privacy_center.core import db
from privacy_center.factory import create_app
from tests.conftest import Visitor

PIECE = {"HX-Request": "true", "HX-Request-Type": "partial"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/history", "/no/such/page", "/static/css/base.css", "/static/none.css"])
def test_every_answer_carries_the_headers_that_protect_it(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)

    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_pages_are_stored_by_nobody_and_styles_may_be(visitor: Visitor) -> None:
    assert visitor.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert visitor.get("/static/css/base.css").headers["Cache-Control"] != "no-store"


def test_a_secure_site_asks_to_be_visited_securely_only(built: tuple[Flask, dict[str, str]], app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/sign-in").headers
    secure = another_app(built[1], BASE_URL="https://127.0.0.1")

    answer = secure.test_client().get("/sign-in", base_url="https://127.0.0.1")

    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_an_address_that_leads_nowhere_says_so(visitor: Visitor) -> None:
    answer = visitor.get("/no/such/page")

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text


def test_htmx_gets_one_sentence_about_an_error(visitor: Visitor) -> None:
    answer = visitor.get("/no/such/page", headers=PIECE)

    assert answer.status_code == 404
    assert answer.text.startswith('<p class="error" role="alert">There is nothing at this address.')


def test_a_wrong_method_is_refused_with_those_that_are_right(visitor: Visitor) -> None:
    answer = visitor.delete("/sign-in")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert "That can’t be done at this address" in answer.text.replace("'", "’")


def test_a_body_that_is_too_large_is_refused(visitor: Visitor) -> None:
    answer = visitor.post("/sign-in", data={"next": "x" * 2_000_000})

    assert answer.status_code == 413
    assert "That is too large" in answer.text


def test_a_form_without_its_token_changes_nothing_and_says_why(visitor: Visitor) -> None:
    answer = visitor.post("/sign-in", data={"next": "/"})

    assert answer.status_code == 400
    assert "This form was too old" in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:9999", ""])
def test_a_request_in_another_sites_name_is_refused(visitor: Visitor, host: str) -> None:
    answer = visitor.get("/sign-in", headers={"Host": host})

    assert answer.status_code == 400
    assert answer.text == "No site of that name is here. This one is at http://127.0.0.1:8000\n"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_database_that_is_busy_is_a_page_that_asks_for_patience(as_mei: Visitor) -> None:
    with busy_database():
        answer = as_mei.submit("/sign-out", page="/account")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "We can't answer just now" in answer.text


def test_after_a_busy_moment_the_next_request_works(as_mei: Visitor) -> None:
    with busy_database():
        as_mei.submit("/sign-out", page="/account")

    assert as_mei.submit("/sign-out", page="/account").status_code == 303


@pytest.mark.parametrize(("proxies", "address"), [("0", "127.0.0.1"), ("1", "203.0.113.9"), ("2", "198.51.100.1")])
def test_a_proxy_is_believed_only_as_often_as_the_settings_say(built: tuple[Flask, dict[str, str]], app: Flask, proxies: str, address: str) -> None:
    seen: list[str | None] = []
    other = another_app(built[1], PROXIES=proxies)
    other.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.append(request.remote_addr))

    other.test_client().get("/sign-in", base_url="http://127.0.0.1:8000", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})

    assert seen == [address]


def another_app(settings: dict[str, str], **changed: str) -> Flask:
    """An app on the same database with other settings; the models are bound to it until the next test."""
    db.database.close()
    return create_app({**settings, **{f"PRIVACY_CENTER_{name}": value for name, value in changed.items()}})


@contextlib.contextmanager
def busy_database() -> Iterator[None]:
    """Let somebody else hold the database, and wait for it a moment only."""
    impatience = "PRAGMA busy_timeout = 50" if db.is_sqlite() else "SET lock_timeout = '50ms'"
    db.database.execute_sql(impatience)
    other = type(db.database.obj)(db.database.obj.database, **db.database.obj.connect_params)
    other.connect()
    hold = "BEGIN IMMEDIATE" if isinstance(other, SqliteDatabase) else "LOCK TABLE session IN ACCESS EXCLUSIVE MODE"
    try:
        if not isinstance(other, SqliteDatabase):
            other.begin()
        other.execute_sql(hold)
        yield
    finally:
        other.rollback()
        other.close()
