"""Files with a request: what they really are, how many, how large; kept encrypted, handed out as files only."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from privacy_center.core import scanning
from privacy_center.core.uploads import LARGEST_FORM
from privacy_center.rights.draft_jobs import forget_old_drafts, remove_unknown
from privacy_center.rights.drafts import Draft, DraftFile
from privacy_center.rights.models import Attachment
from tests.conftest import Visitor
from tests.rights.asking import asked_by_nadia, carried, fill, send, to_check

FILES = "/requests/new/complaint/files"
CHECK = "/requests/new/complaint/check"


def photo(**exif: Any) -> bytes:
    """A photograph that says where it was taken."""
    picture, out = Image.new("RGB", (40, 30), "red"), io.BytesIO()
    data = picture.getexif()
    data[0x010E] = "taken at home, 1 Orchard Road"
    picture.save(out, "JPEG", exif=data)
    return out.getvalue()


def attach(browser: Any, *files: tuple[bytes, str], page: str = CHECK, to: str = FILES, **data: Any) -> Any:
    """Choose files and press the button."""
    chosen = [(io.BytesIO(content), name) for content, name in files]
    return browser.submit(to, {**carried(browser.get(page).text), **data, "files": chosen}, page=page, content_type="multipart/form-data")


def test_files_go_along_with_the_request(as_mei: Visitor) -> None:
    to_check(as_mei, "complaint")
    assert attach(as_mei, (b"It was like this.\n", "notes.txt"), (photo(), "proof.jpg")).status_code == 303
    assert "notes.txt" in as_mei.get(CHECK).text

    page = fill(as_mei, CHECK, {}).location

    files = {each.name: each for each in Attachment.select()}
    assert set(files) == {"notes.txt", "proof.jpg"} and DraftFile.select().count() == 0
    got = as_mei.get(f"{page}/files/{files['notes.txt'].id}")
    assert got.data == b"It was like this.\n"
    assert got.headers["Content-Disposition"] == "attachment; filename=notes.txt" and "sandbox" in got.headers["Content-Security-Policy"]


def test_where_a_picture_was_taken_is_not_kept(as_mei: Visitor) -> None:
    to_check(as_mei, "complaint")
    attach(as_mei, (photo(), "proof.jpg"))
    page = fill(as_mei, CHECK, {}).location

    got = as_mei.get(f"{page}/files/{Attachment.get().id}").data

    assert b"Orchard" in photo() and b"Orchard" not in got


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.pdf", "This file is empty"),
        (b"<html><script>alert(1)</script>", "page.pdf", "page.pdf"),
        (b"MZ\x90\x00" + b"\x00" * 200, "letter.pdf", "letter.pdf"),
        (b"PK\x03\x04" + b"\x00" * 200, "all.zip", "all.zip"),
        (b"\x89PNG\r\n\x1a\n but not really", "cat.png", "cat.png"),
        (b"x" * (10 * 1024 * 1024 + 1), "long.txt", "larger than 10 MB"),
    ],
)
def test_what_lies_about_itself_is_refused_and_nothing_typed_is_lost(as_mei: Visitor, content: bytes, name: str, said: str) -> None:
    to_check(as_mei, "complaint")

    answer = attach(as_mei, (content, name))

    assert (answer.status_code, said in answer.text) == (422, True)
    assert "Nobody answered my letter" in answer.text and DraftFile.select().count() == 0


def test_a_hundred_megabytes_are_refused_and_nothing_typed_is_lost(as_mei: Visitor) -> None:
    to_check(as_mei, "complaint")

    answer = attach(as_mei, (b"x" * (LARGEST_FORM + 1), "huge.txt"))

    assert answer.status_code == 413 and "more than we take at once" in answer.text and "Nobody answered my letter" in answer.text


def test_names_with_paths_are_only_names(as_mei: Visitor) -> None:
    to_check(as_mei, "complaint")

    attach(as_mei, (b"words", "../../etc/passwd.txt"), (b"words", "C:/Users/mei/notes.txt"), (b"words", "<img src=x>.txt"))

    assert {each.name for each in DraftFile.select()} == {"passwd.txt", "notes.txt", "img src x.txt"}
    assert "<img src=x>" not in as_mei.get(CHECK).text


def test_five_files_are_enough(as_mei: Visitor) -> None:
    to_check(as_mei, "complaint")
    attach(as_mei, *[(b"words", f"{number}.txt") for number in range(5)])

    assert 'type="file"' not in as_mei.get(CHECK).text
    assert attach(as_mei, (b"words", "6.txt")).status_code == 422
    assert DraftFile.select().count() == 5


def test_a_file_can_be_removed_before_sending(as_mei: Visitor, app: Flask) -> None:
    to_check(as_mei, "complaint")
    attach(as_mei, (b"words", "notes.txt"))

    fill(as_mei, CHECK, {"remove": DraftFile.get().id}, to=FILES)

    assert DraftFile.select().count() == 0
    assert not [each for each in (app.config["SETTINGS"].instance_path / "storage" / "drafts").rglob("*") if each.is_file()]


def test_nobody_removes_the_file_of_somebody_else(as_mei: Visitor, as_mallory: Visitor) -> None:
    to_check(as_mei, "complaint")
    attach(as_mei, (b"words", "notes.txt"))
    to_check(as_mallory, "complaint")

    for number in (DraftFile.get().id, "x", "9" * 30, "-1"):
        assert fill(as_mallory, CHECK, {"remove": number}, to=FILES).status_code == 303

    assert DraftFile.select().count() == 1


def test_files_are_stored_encrypted(as_mei: Visitor, app: Flask) -> None:
    to_check(as_mei, "complaint")
    attach(as_mei, (b"a marker in a file", "notes.txt"))
    fill(as_mei, CHECK, {})

    stored = [each.read_bytes() for each in (app.config["SETTINGS"].instance_path / "storage").rglob("*") if each.is_file()]

    assert stored and not any(b"a marker in a file" in each for each in stored)


def test_the_file_of_one_request_is_not_found_under_another(as_mei: Visitor, as_mallory: Visitor) -> None:
    to_check(as_mei, "complaint")
    attach(as_mei, (b"words", "notes.txt"))
    mine = fill(as_mei, CHECK, {}).location
    number = Attachment.get().id
    hers = send(as_mallory, "complaint").location

    assert as_mei.get(f"{mine}/files/{number}").status_code == 200
    assert as_mallory.get(f"{mine}/files/{number}").status_code == as_mallory.get(f"{hers}/files/{number}").status_code == 404


def test_a_message_brings_files_too(visitor: Visitor, outbox: list[Any]) -> None:
    page = asked_by_nadia(visitor, outbox)

    assert attach(visitor, (b"proof", "proof.txt"), page=page, to=f"{page}/messages", words="Here it is").status_code == 303
    assert attach(visitor, (b"", "empty.txt"), page=page, to=f"{page}/messages", words="And here").status_code == 422

    assert [each.name for each in Attachment.select()] == ["proof.txt"]
    assert visitor.get(f"{page}/files/{Attachment.get().id}").data == b"proof"


@pytest.mark.parametrize(("verdict", "said"), [(scanning.Verdict.INFECTED, "malware"), (scanning.Verdict.UNKNOWN, "Try again in a few minutes")])
def test_what_the_scanner_does_not_clear_is_not_kept(as_mei: Visitor, monkeypatch: pytest.MonkeyPatch, verdict: Any, said: str) -> None:
    monkeypatch.setattr(scanning, "scan", lambda _content: verdict)
    to_check(as_mei, "complaint")

    answer = attach(as_mei, (b"words", "notes.txt"))

    assert (answer.status_code, said in answer.text, DraftFile.select().count()) == (422, True, 0)


def test_drafts_and_their_files_go_after_two_days(as_mei: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    to_check(as_mei, "complaint")
    attach(as_mei, (b"words", "notes.txt"))
    from privacy_center.core import clock

    monkeypatch.setattr(clock, "_frozen", clock.now() + clock.timedelta(days=2, seconds=1))

    assert forget_old_drafts() == 1
    assert (Draft.select().count(), DraftFile.select().count()) == (0, 0)
    assert not [each for each in (app.config["SETTINGS"].instance_path / "storage" / "drafts").rglob("*") if each.is_file()]


def test_what_a_letter_names_is_not_swept_away(as_mei: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    to_check(as_mei, "complaint")
    attach(as_mei, (b"words", "notes.txt"))
    page = fill(as_mei, CHECK, {}).location
    from privacy_center.core import clock

    monkeypatch.setattr(clock, "_frozen", clock.now() + clock.timedelta(days=3))
    assert remove_unknown() == 0 and forget_old_drafts() == 1
    monkeypatch.setattr(clock, "_frozen", None)

    assert as_mei.get(f"{page}/files/{Attachment.get().id}").data == b"words"
