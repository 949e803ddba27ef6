"""The HTTP door: what it lets in, what it answers, and that it answers machines in their own language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from peewee import OperationalError

from privacy_center.core import clock
from privacy_center.feed import batch, views
from privacy_center.feed.signature import sign
from privacy_center.telemetry.models import LogEntry
from tests.conftest import FEED_KEY, Visitor
from tests.makers import line, lines

PATH = "/api/v1/records"
NDJSON = "application/x-ndjson"


@pytest.fixture
def send(visitor: Visitor) -> Callable[..., Any]:
    """Sends records in a signed call."""

    def sending(*records: Any, key: str = FEED_KEY, **how: Any) -> Any:
        body = b"\n".join(lines(records))
        headers = {"X-Signature": sign(key, body), **how.pop("headers", {})}
        return visitor.post(PATH, data=body, headers=headers, **{"content_type": NDJSON, **how})

    return sending


def test_a_signed_call_stores_its_records_and_says_so(send: Callable[..., Any]) -> None:
    record = line("log_entry")
    answer = send(record, record, b'{"type": "order"}', b"nonsense")

    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert {name: answer.json[name] for name in ("stored", "unchanged")} == {"stored": 1, "unchanged": 1}
    assert [(each["line"], each["type"], each["id"]) for each in answer.json["refused"]] == [(3, "order", None), (4, None, None)]
    assert answer.json["refused"][0]["reason"].startswith("lacks id, user, order_number")


def test_an_answer_has_exactly_the_names_of_the_contract(send: Callable[..., Any]) -> None:
    answer = send(b"nonsense")

    assert list(answer.json) == ["stored", "unchanged", "refused"]
    assert [list(each) for each in answer.json["refused"]] == [["line", "type", "id", "reason"]]


def test_every_refusal_is_told_however_many_there_are(send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "IN_MEMORY", 1000)
    answer = send(*[b"nonsense"] * 3000)

    assert [each["line"] for each in answer.json["refused"]] == list(range(1, 3001))


def test_a_call_without_records_is_answered(send: Callable[..., Any]) -> None:
    assert send().json == {"stored": 0, "unchanged": 0, "refused": []}


def test_no_session_and_no_form_token_are_asked_for(send: Callable[..., Any], app: Flask) -> None:
    assert app.config.get("WTF_CSRF_ENABLED", True)
    assert send(line("log_entry")).status_code == 200


@pytest.mark.parametrize("header", [None, "", "t=1,v1=x", "Bearer key"])
def test_a_call_without_its_signature_stores_nothing(visitor: Visitor, header: str | None) -> None:
    headers = {"X-Signature": header} if header is not None else {}
    answer = visitor.post(PATH, data=lines([line("log_entry")])[0], content_type=NDJSON, headers=headers)

    assert (answer.status_code, answer.content_type) == (401, "application/json")
    assert "lacks its signature" in answer.json["error"]
    assert LogEntry.select().count() == 0


def test_a_call_signed_with_another_key_stores_nothing(send: Callable[..., Any]) -> None:
    answer = send(line("log_entry"), key="another-key")

    assert (answer.status_code, answer.json["error"]) == (401, "The signature does not fit the body.")
    assert LogEntry.select().count() == 0


def test_a_call_is_good_for_five_minutes(send: Callable[..., Any]) -> None:
    with clock.at(clock.now() - timedelta(seconds=305)):
        body = lines([line("log_entry")])[0]
        signature = sign(FEED_KEY, body)
    answer = send(line("log_entry"), headers={"X-Signature": signature})

    assert (answer.status_code, LogEntry.select().count()) == (401, 0)


def test_a_body_that_breaks_off_stores_nothing(visitor: Visitor) -> None:
    body = b"\n".join(lines([line("log_entry"), line("log_entry")]))
    cut = {"wsgi.input": BytesIO(body[:-20]), "CONTENT_LENGTH": str(len(body))}
    answer = visitor.post(PATH, headers={"X-Signature": sign(FEED_KEY, body)}, content_type=NDJSON, environ_overrides=cut)

    assert (answer.status_code, answer.content_type) in {(400, "application/json"), (401, "application/json")}
    assert LogEntry.select().count() == 0


@pytest.mark.parametrize("type_", ["application/json", "text/plain", "multipart/form-data", ""])
def test_another_kind_of_body_is_refused(send: Callable[..., Any], type_: str) -> None:
    answer = send(line("log_entry"), content_type=type_)

    assert (answer.status_code, answer.content_type, LogEntry.select().count()) == (415, "application/json", 0)


def test_a_charset_in_the_type_does_no_harm(send: Callable[..., Any]) -> None:
    assert send(line("log_entry"), content_type=f"{NDJSON}; charset=utf-8").status_code == 200


def test_a_compressed_body_is_refused(send: Callable[..., Any]) -> None:
    assert send(line("log_entry"), headers={"Content-Encoding": "gzip"}).status_code == 415


def test_a_body_that_is_too_large_is_refused_whole(send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LARGEST_CALL", 1000)
    assert send(*[line("log_entry")] * 2).status_code == 200
    answer = send(*(line("log_entry") for _ in range(20)))

    assert (answer.status_code, answer.content_type) == (413, "application/json")
    assert LogEntry.select().count() == 1


def test_a_call_may_be_larger_than_any_form(send: Callable[..., Any]) -> None:
    assert send(*(line("correspondence", body="x" * 600_000) for _ in range(4))).json["stored"] == 4


def test_without_a_key_the_door_is_shut(send: Callable[..., Any], app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], feed_key=""))
    answer = send(line("log_entry"), key="")

    assert (answer.status_code, answer.content_type, LogEntry.select().count()) == (404, "application/json", 0)


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_another_method_is_refused_in_json(visitor: Visitor, method: str) -> None:
    answer = visitor.open(PATH, method=method)

    assert (answer.status_code, answer.content_type) == (405, "application/json")
    assert "POST" in answer.headers["Allow"]


def test_a_database_that_does_not_answer_is_told_and_the_call_can_be_sent_again(send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: Any) -> None:
        raise OperationalError("database is locked")

    record = line("log_entry")
    with monkeypatch.context() as broken:
        broken.setattr(batch, "store_feedback", busy)
        answer = send(record)
    assert (answer.status_code, answer.content_type, answer.headers["Retry-After"]) == (503, "application/json", "10")
    assert LogEntry.select().count() == 0

    assert send(record).json["stored"] == 1
