"""Files that come with a report: quarantined, encrypted, scanned, gone in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from privacy_center.core import clock, db, jobs, scanning, storage
from privacy_center.guardians.models import Evidence, Report
from tests.core.fake_clamd import EICAR, Clamd
from tests.guardians.conftest import Guardian, photo


@pytest.fixture
def clamd() -> Iterator[Clamd]:
    """A scanner that is asked from now on."""
    server = Clamd()
    scanning.set_scanner(server.address)
    yield server
    scanning.set_scanner("")
    server.shutdown()
    server.server_close()


def brings(petra: Guardian, *files: tuple[bytes, str], **more: Any) -> Any:
    """Petra chooses files on the page of files."""
    sent = {"files": [(BytesIO(content), name) for content, name in files], "add": "1", **more}
    return petra.browser.submit(petra.at("files"), sent, content_type="multipart/form-data")


@pytest.fixture
def drafting(petra: Guardian) -> Guardian:
    """Petra with a report that she is writing."""
    petra.begins()
    petra.proves()
    return petra


def on_disk(app: Flask) -> list[Path]:
    """What lies in the file store."""
    return [each for each in (app.config["SETTINGS"].instance_path / "storage").rglob("*") if each.is_file()]


def test_a_photo_is_kept_encrypted_and_named(drafting: Guardian, app: Flask) -> None:
    assert brings(drafting, (photo(), "birth certificate.jpg")).status_code == 303
    assert "birth certificate.jpg" in drafting.sees("files")
    assert len(on_disk(app)) == 1
    assert b"JFIF" not in on_disk(app)[0].read_bytes()


def test_a_file_waits_in_quarantine_until_it_was_scanned(drafting: Guardian, clamd: Clamd) -> None:
    brings(drafting, (photo(), "paper.jpg"))
    assert "Waiting for the virus check" in drafting.sees("files")
    assert not Evidence.get().can_be_opened
    jobs.run_due()
    assert "Checked, nothing found" in drafting.sees("files")
    assert Evidence.get().can_be_opened
    assert len(clamd.seen) == 1


def test_the_test_virus_is_removed(drafting: Guardian, clamd: Clamd, app: Flask) -> None:
    brings(drafting, (EICAR, "homework.txt"))
    jobs.run_due()
    assert "Dangerous, so removed" in drafting.sees("files")
    assert on_disk(app) == []
    assert not Evidence.get().can_be_opened


def test_while_the_scanner_is_down_a_file_stays_in_quarantine(drafting: Guardian) -> None:
    scanning.set_scanner("tcp://127.0.0.1:1")
    brings(drafting, (photo(), "paper.jpg"))
    jobs.run_due()
    page = drafting.sees("files")
    scanning.set_scanner("")
    assert "Waiting for the virus check" in page
    assert "it is tried again" in page
    assert not Evidence.get().can_be_opened
    assert jobs.unfinished("guardians.scan", Evidence.get().id)


def test_when_the_scanner_is_back_the_file_is_scanned(drafting: Guardian, clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    address = clamd.address
    scanning.set_scanner("tcp://127.0.0.1:1")
    brings(drafting, (photo(), "paper.jpg"))
    jobs.run_due()
    scanning.set_scanner(address)
    later = clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.run_due()
    assert Evidence.get().state == "clean"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"PK\x03\x04", "papers.zip", "This is an archive"),
        (b"#!/bin/sh", "run.pdf", "a program or a script"),
        (b"", "empty.pdf", "This file is empty"),
        (photo() + b"PK\x05\x06" + bytes(18), "photo.jpg", "something else hidden in it"),
    ],
)
def test_what_is_refused_is_named_with_the_reason_and_nothing_else_is_lost(drafting: Guardian, content: bytes, name: str, sentence: str) -> None:
    answer = brings(drafting, (photo(), "good.jpg"), (content, name))
    assert answer.status_code == 422
    assert f"{name}: " in answer.text
    assert sentence in answer.text
    assert "good.jpg" in answer.text
    assert Evidence.select().count() == 1


def test_a_sixth_file_is_refused(drafting: Guardian) -> None:
    answer = brings(drafting, *[(photo(40 + number), f"page {number}.jpg") for number in range(6)])
    assert "There are five files already" in answer.text
    assert Evidence.select().count() == 5
    assert "These are five" in drafting.sees("files")


def test_the_same_file_twice_is_kept_once(drafting: Guardian, app: Flask) -> None:
    brings(drafting, (photo(), "paper.jpg"))
    brings(drafting, (photo(), "paper.jpg"))
    assert Evidence.select().count() == len(on_disk(app)) == 1


def test_a_file_can_be_taken_back(drafting: Guardian, app: Flask) -> None:
    brings(drafting, (photo(), "paper.jpg"))
    drafting.browser.submit(drafting.at(f"files/{Evidence.get().id}/deletion"), page=drafting.at("files"))
    assert Evidence.select().count() == 0
    assert on_disk(app) == []


def test_somebody_elses_file_cannot_be_taken_away(drafting: Guardian, app: Flask) -> None:
    brings(drafting, (photo(), "paper.jpg"))
    other = Guardian(app, drafting.outbox)
    other.begins()
    other.proves("mallory@example.net")
    other.browser.submit(other.at(f"files/{Evidence.get().id}/deletion"), page=other.at("files"))
    assert Evidence.select().count() == 1


def test_when_files_cannot_be_kept_the_report_goes_on_without(drafting: Guardian, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_asked: Any) -> None:
        raise storage.Unreachable

    monkeypatch.setattr(storage, "keep", down)
    answer = brings(drafting, (photo(), "paper.jpg"))
    assert "We can’t keep files just now" in answer.text
    assert Evidence.select().count() == 0


def test_going_on_sends_the_chosen_files_too(drafting: Guardian) -> None:
    answer = drafting.browser.submit(drafting.at("files"), {"files": [(BytesIO(photo()), "paper.jpg")]}, content_type="multipart/form-data")
    assert answer.location.endswith("/check")
    assert Evidence.select().count() == 1


def test_files_go_ninety_days_after_the_case_and_the_report_stays(petra: Guardian, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    petra.sends()
    petra.browser.submit(petra.at("files/more"), {"files": [(BytesIO(photo()), "paper.jpg")]}, page=petra.at(), content_type="multipart/form-data")
    assert len(on_disk(app)) == 1
    petra.browser.submit(petra.at("withdrawal"))
    later = clock.now() + timedelta(days=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.run_sweeps(only_due=False)
    assert on_disk(app) == []
    assert Evidence.select().count() == 0
    assert Report.select().count() == 1


def test_a_file_that_no_row_names_is_swept_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.keep("evidence/left-behind", b"sealed")
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.run_sweeps(only_due=False)
    assert on_disk(app) == []


def test_other_forms_stay_small(visitor: Any, petra: Guardian) -> None:
    petra.begins()
    answer = petra.browser.submit(petra.at("address"), {"email": "x" * 2_000_000})
    assert answer.status_code == 413


def test_nothing_of_a_case_is_left_when_its_time_is_over(petra: Guardian, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    petra.sends(account_email="marker@example.com", typed="marker of a child")
    petra.browser.submit(petra.at("letters"), {"words": "marker in a letter"}, page=petra.at())
    petra.browser.submit(petra.at("withdrawal"))
    later = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.run_sweeps(only_due=False)
    assert Report.select().count() == 0
    for table in db.database.get_tables():
        rows = db.fetch(f'SELECT * FROM "{table}"')
        assert "marker" not in repr(rows), table
        assert "petra@example.org" not in repr(rows), table
