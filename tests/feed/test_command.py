"""`flask ingest`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from peewee import OperationalError

from privacy_center.feed import batch, commands
from privacy_center.telemetry.models import LogEntry
from tests.makers import line, lines


@pytest.fixture
def ingest(app: Flask) -> Any:
    """Runs `flask ingest …`; its answer has stdout, stderr and exit_code."""
    runner = app.test_cli_runner()
    return lambda *words, **how: runner.invoke(args=["ingest", *(str(word) for word in words)], **how)


def file_of(folder: Path, *records: Any, name: str = "records.ndjson") -> Path:
    """A file of these records."""
    path = folder / name
    path.write_bytes(b"\n".join(lines(records)) + b"\n")
    return path


def test_good_records_are_stored_and_the_outcome_is_json(ingest: Any, tmp_path: Path) -> None:
    record = line("log_entry")
    done = ingest(file_of(tmp_path, record, record))

    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"stored": 1, "unchanged": 1, "refused": []}


def test_a_refused_record_is_told_in_words_and_the_end_is_1(ingest: Any, tmp_path: Path) -> None:
    path = file_of(tmp_path, line("order", id="o-1", price=18.0), line("log_entry"))
    done = ingest(path)
    reason = 'price must be an amount as decimal text, like "18.00"'

    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"stored": 1, "unchanged": 0, "refused": [{"line": 1, "type": "order", "id": "o-1", "reason": reason}]}
    assert f"{path}, line 1: order o-1: {reason}" in done.stderr


def test_standard_input_is_read_for_a_dash(ingest: Any) -> None:
    done = ingest("-", input=lines([line("log_entry")])[0])

    assert (done.exit_code, json.loads(done.stdout)["stored"]) == (0, 1)


def test_several_files_are_told_apart(ingest: Any, tmp_path: Path) -> None:
    good = file_of(tmp_path, line("log_entry"), name="good.ndjson")
    bad = file_of(tmp_path, b"nonsense", name="bad.ndjson")
    told = json.loads(ingest(good, bad).stdout)

    assert (told["stored"], [(each["file"], each["line"]) for each in told["refused"]]) == (1, [(str(bad), 1)])


def test_a_missing_file_is_one_clear_sentence_and_nothing_is_begun(ingest: Any, tmp_path: Path) -> None:
    done = ingest(file_of(tmp_path, line("log_entry")), tmp_path / "nowhere.ndjson")

    assert done.exit_code == 1
    assert done.stderr == f"Error: {tmp_path / 'nowhere.ndjson'} can't be read: No such file or directory.\n"
    assert LogEntry.select().count() == 0


def test_a_folder_is_one_clear_sentence_too(ingest: Any, tmp_path: Path) -> None:
    assert ingest(tmp_path).stderr == f"Error: {tmp_path} can't be read: Is a directory.\n"


def test_only_the_first_refusals_are_listed_and_the_others_counted(ingest: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "MOST_LISTED", 3)
    done = ingest(file_of(tmp_path, *[b"nonsense"] * 5))
    told = json.loads(done.stdout)

    assert ([each["line"] for each in told["refused"]], told["refused_left_out"]) == ([1, 2, 3], 2)
    assert done.stderr.count("is not JSON") == 5


def test_a_database_that_does_not_answer_is_one_clear_sentence(ingest: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(batch, "store_feedback", full)
    done = ingest(file_of(tmp_path, line("log_entry")))

    assert done.exit_code == 1
    assert "What was stored stays; send the file again whole." in done.stderr
    assert "Traceback" not in done.output


def test_an_empty_file_is_no_mistake(ingest: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    assert ingest(tmp_path / "empty").exit_code == 0
