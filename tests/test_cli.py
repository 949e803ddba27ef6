"""The operator's commands: what they do, what they say, and how they end."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.providers import built
from privacy_center.core import audit, clock, db, jobs, storage
from privacy_center.core.jobs import FAILED, Job, Sweep

NOBODY = 9  # a port on which nobody answers


@pytest.fixture
def flask(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command as `flask …` would, with nobody to talk to outside; its answer has output and exit_code."""
    monkeypatch.setattr(app.extensions["mailman"], "port", NOBODY)
    monkeypatch.setitem(app.extensions, "zai", zai_at(NOBODY, app))
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=list(words))


def zai_at(port: int, app: Flask) -> Any:
    """Z.ai on this machine, at that port."""
    return built(replace(app.config["SETTINGS"], zai_authorize_url=f"http://127.0.0.1:{port}/authorize"))


@contextlib.contextmanager
def somebody(speak: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of somebody who speaks with one caller."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=speak, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]


def refuse(listening: socket.socket) -> None:
    """Answer one request as Z.ai answers a client that it doesn't know."""
    caller, _ = listening.accept()
    with caller:
        caller.recv(4096)
        caller.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def greet(listening: socket.socket) -> None:
    """Speak just enough SMTP with one caller."""
    caller, _ = listening.accept()
    with caller, caller.makefile("rwb") as line:
        line.write(b"220 here\r\n")
        line.flush()
        for said in line:
            line.write(b"221 bye\r\n" if said.upper().startswith(b"QUIT") else b"250 ok\r\n")
            line.flush()


def test_status_says_what_has_run_and_upgrade_that_there_is_nothing_to_do(flask: Any) -> None:
    status, upgrade = flask("db", "status"), flask("db", "upgrade")

    assert (status.exit_code, upgrade.exit_code) == (0, 0)
    assert "ran      0001_first_edition" in status.output
    assert upgrade.output == "Nothing to do: the database is up to date.\n"


def test_status_ends_with_1_while_a_migration_waits(flask: Any) -> None:
    db.database.execute_sql("DELETE FROM schema_migration")
    status = flask("db", "status")
    db.migrations().fake()

    assert status.exit_code == 1
    assert "pending  0001_first_edition" in status.output


def test_an_audit_log_that_holds_is_said_to(flask: Any) -> None:
    audit.write("record.seen", actor="staff:2", person=7)

    assert flask("audit", "verify").output == "All 1 entries hold.\n"


@pytest.mark.engine("sqlite")
def test_an_audit_log_that_was_tampered_with_ends_with_1(flask: Any) -> None:
    audit.write("record.seen", actor="staff:2", person=7)
    db.database.execute_sql("DROP TRIGGER audit_entry_no_update")
    db.database.execute_sql("UPDATE audit_entry SET person = 8")

    answer = flask("audit", "verify")

    assert answer.exit_code == 1
    assert "Entry 1 was changed after it was written. The 0 entries before it hold." in answer.output


def test_the_data_map_is_printed_for_people_spreadsheets_and_machines(flask: Any) -> None:
    assert flask("datamap").output.startswith("# Data map")
    assert flask("datamap", "--format", "csv").output.startswith("table,title,category,field")
    assert json.loads(flask("datamap", "--format", "json").output)["records"]


def test_sweep_does_what_is_due_and_says_how_much(flask: Any) -> None:
    Job.create(kind="of another edition", subject=1)
    Job.create(kind="trial", subject=1, state="done", ended_at=clock.ago(days=40))

    output = flask("sweep").output

    assert "old jobs: 1" in output
    assert re.search(r"jobs done: [1-9]", output)


def test_the_doctor_finds_what_is_wrong_and_ends_with_1(flask: Any) -> None:
    answer = flask("doctor")

    assert answer.exit_code == 1
    assert "Queue     WRONG: no worker has been seen for 2 minutes" in answer.output
    assert "Mail      WRONG: the mail server localhost:25 does not let us in" in answer.output
    assert "Sign-in   WRONG: Z.ai's sign-in page can't be reached" in answer.output
    assert "Storage   files are kept in file storage" in answer.output
    assert "Ledger    erasures are noted in file storage" in answer.output
    assert "Stripe    not used" in answer.output


def test_the_doctor_asks_for_the_laws_to_be_gone_through_every_year(flask: Any) -> None:
    assert re.search(r"Laws      \d+ laws, gone through on 20", flask("doctor").output)

    with clock.at(clock.now() + timedelta(days=366)):
        assert "Laws      WRONG: laws or authorities were last gone through on" in flask("doctor").output


def test_the_doctor_names_engine_and_version(flask: Any, engine: str) -> None:
    name = {"sqlite": "SQLite 3.", "postgresql": "PostgreSQL "}[engine]

    assert f"Database  {name}" in flask("doctor").output


def test_the_doctor_sees_a_worker_that_lives(flask: Any) -> None:
    Sweep.create(name=jobs.WORKER_LIVES, last_run=clock.now())

    assert "Queue     a worker is at work, and nothing waits too long" in flask("doctor").output


def test_the_doctor_sees_jobs_that_wait_and_jobs_that_gave_up(flask: Any) -> None:
    Sweep.create(name=jobs.WORKER_LIVES, last_run=clock.now())
    Job.create(kind="trial", subject=1, state=FAILED, ended_at=clock.now())
    assert "jobs gave up since yesterday: trial" in flask("doctor").output

    Job.create(kind="trial", subject=2, run_after=clock.now() - timedelta(minutes=5))

    assert "1 job(s) have waited for more than 2 minutes" in flask("doctor").output


def test_the_doctor_greets_the_mail_server(flask: Any, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with somebody(greet) as port:
        monkeypatch.setattr(app.extensions["mailman"], "port", port)

        assert "takes mail" in flask("doctor").output


def test_the_doctor_asks_whether_zai_knows_us(flask: Any, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with somebody(refuse) as port:
        monkeypatch.setitem(app.extensions, "zai", zai_at(port, app))

        assert "Z.ai's sign-in page answers 400; is PRIVACY_CENTER_ZAI_CLIENT_ID registered for http://127.0.0.1:8000?" in flask("doctor").output


def test_the_doctor_says_when_files_cannot_be_kept(flask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(key: str, content: bytes) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(storage, "keep", full)

    assert "Storage   WRONG: files can't be kept (OSError); see PRIVACY_CENTER_STORAGE_URL" in flask("doctor").output


def test_the_doctor_counts_who_works_at_the_desk(flask: Any) -> None:
    flask("staff", "add", "ada@example.com", "--role", "officer")

    assert "Desk      1 officer(s), and 0 auditor(s)" in flask("doctor").output
