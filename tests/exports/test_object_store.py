"""With an object store: the copy is put there whole, and fetched from there by a link that lasts a minute."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from privacy_center.core import jobs, storage
from privacy_center.exports import asking
from tests.exports.bucket import open_bucket
from tests.exports.meanwhile import history
from tests.exports.taking import build, download, newest, opened


@pytest.fixture
def bucket(app: Flask, outbox: list[Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The app's files lie in an object store; what it holds."""
    with open_bucket() as server:
        where = {"ENDPOINT": f"http://127.0.0.1:{server.server_port}", "ALLOW_HTTP": "true", "REGION": "eu-1"}
        for name, value in {"ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret", **where}.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        storage.open_storage("s3://bucket")
        yield server.held  # type: ignore[attr-defined]
        storage.open_storage(app.config["SETTINGS"].storage)


def fetched(link: str, **headers: str) -> Any:
    """The answer of the object store."""
    with urlopen(Request(link, headers=headers), timeout=10) as answer:
        return answer.status, answer.read(), answer.headers


def test_a_click_leads_to_a_signed_link_that_brings_the_copy_under_its_name(as_mei: Any, bucket: dict[str, Any]) -> None:
    history()
    export = build(as_mei)
    answer = download(as_mei, export)
    assert answer.status_code == 303 and "X-Amz-Expires=60&" in answer.location
    status, content, headers = fetched(answer.location)
    assert (status, hashlib.sha256(content).hexdigest()) == (200, export.sha256)
    assert headers["Content-Disposition"] == f'attachment; filename="zcode-data-{export.seen_at:%Y-%m-%d}.zip"'
    assert headers["Content-Type"] == "application/zip"
    assert fetched(answer.location, Range="bytes=100-")[:2] == (206, content[100:])
    assert newest().downloads == 1
    assert download(as_mei, export).location != "" and newest().downloads == 2


@pytest.mark.engine("sqlite")
def test_a_large_copy_goes_there_in_parts_and_keeps_its_name(bucket: dict[str, Any], tmp_path: Path) -> None:
    path, content = tmp_path / "made.part", os.urandom(12_000_000)
    path.write_bytes(content)
    storage.publish(path, "exports/large.zip", name="zcode-data.zip")
    headers = {"Content-Type": "application/zip", "Content-Disposition": 'attachment; filename="zcode-data.zip"'}
    assert bucket == {"/bucket/exports/large.zip": (content, headers)}
    assert storage.size_of("exports/large.zip") == len(content)


def test_the_files_in_it_come_from_there_too(as_mei: Any, bucket: dict[str, Any]) -> None:
    history()
    link = download(as_mei, build(as_mei)).location
    answer: Any = type("Answer", (), {"status_code": 200, "data": fetched(link)[1]})
    assert [name.rsplit("/", 1)[-1] for name in opened(answer).namelist() if name.startswith("files/")] == ["notes.txt"]


def test_a_copy_that_is_lost_there_is_said_to_be(as_mei: Any, bucket: dict[str, Any]) -> None:
    export = build(as_mei)
    bucket.clear()
    assert download(as_mei, export).location == f"/exports/{export.id}"
    assert (newest().state, newest().trouble) == ("failed", "lost")


def test_a_copy_that_is_deleted_is_gone_from_there(as_mei: Any, bucket: dict[str, Any]) -> None:
    export = build(as_mei)
    assert f"/bucket/{export.storage_key}" in bucket
    asking.delete(export)
    jobs.run_due()
    assert bucket == {}
