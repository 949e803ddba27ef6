"""The download: whole or in part, as RFC 9110 has it; counted when it begins; what is not there is said not to be."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from privacy_center.core import jobs, storage
from privacy_center.core.audit import AuditEntry
from tests.exports.meanwhile import history, in_store
from tests.exports.taking import build, confirm_it_is_them, download, newest

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def export(as_mei: Any) -> Any:
    """A copy that is ready."""
    history()
    return build(as_mei)


def test_it_comes_with_its_name_its_size_its_mark_and_for_nobody_else(as_mei: Any, export: Any) -> None:
    answer = download(as_mei, export)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="zcode-data-{export.seen_at:%Y-%m-%d}.zip"'
    assert (answer.mimetype, answer.content_length, answer.headers["Accept-Ranges"]) == ("application/zip", export.size, "bytes")
    assert (answer.headers["ETag"], answer.headers["Cache-Control"]) == (f'"{export.sha256}"', "private, no-store")
    assert hashlib.sha256(answer.data).hexdigest() == export.sha256
    assert export.sha256 in as_mei.get(f"/exports/{export.id}").text


def test_a_part_is_that_part(as_mei: Any, export: Any) -> None:
    whole = download(as_mei, export).data
    for asked, part in {"0-9": slice(0, 10), "7-": slice(7, None), "-5": slice(-5, None), "0-99999999": slice(0, None)}.items():
        answer = download(as_mei, export, Range=f"bytes={asked}")
        first, last, _step = part.indices(export.size)
        assert (answer.status_code, answer.data) == (206, whole[part])
        assert (answer.headers["Content-Range"], answer.content_length) == (f"bytes {first}-{last - 1}/{export.size}", last - first)


def test_what_is_no_single_part_is_answered_with_the_whole(as_mei: Any, export: Any) -> None:
    for asked in ("bytes=0-1,5-6", "items=0-5", "bytes=x", "bytes=9-5"):
        answer = download(as_mei, export, Range=asked)
        assert (answer.status_code, len(answer.data)) == (200, export.size), asked


def test_a_part_beyond_the_end_is_refused_with_the_size(as_mei: Any, export: Any) -> None:
    answer = download(as_mei, export, Range=f"bytes={export.size}-")
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{export.size}")
    assert newest().downloads == 0


def test_a_part_of_another_copy_is_answered_with_the_whole_of_this_one(as_mei: Any, export: Any) -> None:
    same = download(as_mei, export, Range="bytes=5-", **{"If-Range": f'"{export.sha256}"'})
    other = download(as_mei, export, Range="bytes=5-", **{"If-Range": '"of another"'})
    assert (same.status_code, other.status_code, len(other.data)) == (206, 200, export.size)
    assert download(as_mei, export, **{"If-None-Match": f'"{export.sha256}"'}).status_code == 304


def test_a_download_is_counted_when_it_begins_and_not_when_it_goes_on(as_mei: Any, export: Any) -> None:
    confirm_it_is_them()
    head = as_mei.head(f"/exports/{export.id}/archive")
    assert (head.status_code, head.content_length, newest().downloads) == (200, export.size, 0)
    for headers in ({"Range": "bytes=5-"}, {"Range": "bytes=-5"}, {"If-None-Match": f'"{export.sha256}"'}):
        download(as_mei, export, **headers)
    assert newest().downloads == 0
    for headers in ({}, {"Range": "bytes=0-"}, {"Range": "bytes=5-", "If-Range": '"of another"'}):
        download(as_mei, export, **headers)
    assert newest().downloads == 3
    assert AuditEntry.select().where(AuditEntry.action == "copy downloaded").count() == 3


@pytest.mark.parametrize("left", [None, b"half of it"])
def test_a_copy_that_is_lost_or_not_whole_is_said_to_be_and_can_be_made_again(as_mei: Any, export: Any, left: bytes | None) -> None:
    if left:
        storage.keep(export.storage_key, left)
    else:
        storage.remove(export.storage_key)
    assert download(as_mei, export).location == f"/exports/{export.id}"
    page = as_mei.get(f"/exports/{export.id}").text
    assert "Your copy could not be made" in page and "Make it again" in page
    assert (newest().state, newest().trouble, newest().downloads) == ("failed", "lost", 0)
    jobs.run_due()
    assert in_store() == []


def test_a_store_that_is_away_is_no_loss(as_mei: Any, export: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_key: str) -> int:
        raise storage.Unreachable

    with monkeypatch.context() as patch:
        patch.setattr(storage, "size_of", away)
        answer = download(as_mei, export)
        assert (answer.status_code, newest().state) == (503, "ready")
        assert "Try again in a minute" in answer.text
    assert download(as_mei, export).status_code == 200
