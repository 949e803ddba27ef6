"""The gaps of SQLite's pages: what splits left in them is overwritten, whoever else reads and writes; what is unknown is left alone."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import cysqlite
import pytest

from privacy_center.core import db, jobs
from privacy_center.core.jobs import Work
from privacy_center.erasure import gaps, residue
from privacy_center.erasure.gaps import Gaps, UnknownLayout
from privacy_center.erasure.models import Deletion
from tests.erasure.doing import ask, confirm, finish

MARKER = b"Zmarkerq"
SECONDS = 1.5
BUSY = """
import random, sys, time, cysqlite
path, number = sys.argv[1], int(sys.argv[2])
db = cysqlite.connect(path, timeout=30, autoconnect=True)
for pragma in ("journal_mode = wal", "secure_delete = 1", "busy_timeout = 30000", "synchronous = 0"):
    db.execute(f"PRAGMA {pragma}").fetchall()
chance, mine = random.Random(number), []
print("begun", flush=True)
while True:
    key, words = chance.getrandbits(61) * 2 + number, "others" * chance.randint(1, 200)
    db.execute("INSERT INTO leaf VALUES (?, ?)", (key, words))
    mine.append((key, words))
    key, words = mine[chance.randrange(len(mine))]
    assert db.execute("SELECT words FROM leaf WHERE id = ?", (key,)).fetchall() == [(words,)]
    if len(mine) > 200:
        db.execute("DELETE FROM leaf WHERE id = ?", mine.pop(0)[:1])
    db.execute("SELECT COUNT(*), SUM(LENGTH(words)) FROM leaf").fetchall()
    time.sleep(0.002)
"""


def fill(rows: int = 6000) -> None:
    """Rows at random places and of all sizes, so that pages are split again and again; every tenth carries the marker."""
    chance = random.Random()
    db.database.execute_sql("CREATE TABLE IF NOT EXISTS leaf (id INTEGER PRIMARY KEY, words TEXT)")
    db.database.execute_sql("CREATE INDEX IF NOT EXISTS leaf_words ON leaf (words)")
    for start in range(0, rows, 500):
        with db.database.atomic():
            for number in range(start, min(rows, start + 500)):
                words = ("Zmarkerq gone " if number % 10 == 0 else "stays ") * chance.randint(1, 60)
                db.database.execute_sql("INSERT INTO leaf VALUES (?, ?)", (chance.getrandbits(62), words))
    db.database.execute_sql("DELETE FROM leaf WHERE words LIKE 'Zmarkerq%'")


def file() -> Path:
    """The database's file."""
    return Path(db.database.obj.database)


def copies() -> int:
    """How often the marker stands in the file or its log."""
    # By another process: had this one closed the file, it would lose its locks on it.
    return sum(subprocess.run(["cat", path], capture_output=True, check=True).stdout.count(MARKER) for path in (file(), Path(f"{file()}-wal")))


def scrub() -> None:
    """Clean the database's files as the worker does."""
    job = jobs.Job.create(kind="trial", subject=0)
    assert job.claim()
    for _ in range(20):
        try:
            residue.clean(Work(job))
        except residue.StillRead:  # the others read all the time: tried again, as the job is
            continue
        return
    pytest.fail("the log could not be truncated")


@pytest.mark.engine("sqlite")
def test_copies_that_splits_left_behind_are_overwritten(app: Any) -> None:
    fill()
    left = copies()
    scrub()
    assert (left > 0, copies()) == (True, 0)
    assert db.fetch("PRAGMA integrity_check") == [("ok",)]
    assert db.fetch("SELECT COUNT(*) FROM leaf WHERE words LIKE 'stays%'") == [(5400,)]


@pytest.mark.engine("sqlite")
def test_nothing_is_harmed_though_others_read_and_write_all_the_time(app: Any) -> None:
    fill(2000)
    others = [subprocess.Popen([sys.executable, "-c", BUSY, str(file()), str(number)], stdout=subprocess.PIPE) for number in range(2)]
    try:
        for each in others:
            assert each.stdout and each.stdout.readline() == b"begun\n"
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            fill(200)
            scrub()
            assert db.fetch("PRAGMA integrity_check") == [("ok",)]
        assert [each.poll() for each in others] == [None, None]
    finally:
        for each in others:
            each.kill()
            each.communicate()
    scrub()
    assert copies() == 0
    assert db.fetch("PRAGMA integrity_check") == [("ok",)]


def database(path: Path, *pragmas: str) -> Path:
    """A database of its own, with a page in it that was split, and copies in its gaps."""
    made: Any = cysqlite.connect(str(path))
    for statement in (*(f"PRAGMA {pragma}" for pragma in (*pragmas, "secure_delete = 1", "synchronous = 0")), "BEGIN"):
        made.execute(statement)
    made.execute("CREATE TABLE leaf (id INTEGER PRIMARY KEY, words TEXT)")
    chance = random.Random(2)
    for number in range(6000):
        made.execute("INSERT INTO leaf VALUES (?, ?)", (chance.getrandbits(62), ("Zmarkerq " if number % 10 == 0 else "stays ") * chance.randint(1, 30)))
    made.execute("DELETE FROM leaf WHERE words LIKE 'Zmarkerq%'")
    made.execute("COMMIT")
    made.close()
    return path


@pytest.mark.parametrize("size", [512, 1024, 4096, 32768])
def test_pages_of_every_size_are_known(tmp_path: Path, size: int) -> None:
    path = database(tmp_path / "db", f"page_size = {size}")
    left, found = path.read_bytes().count(MARKER), Gaps(path)
    for some in found.dirty():
        found.overwrite(some)
    assert left > 0
    assert path.read_bytes().count(MARKER) == 0
    assert cysqlite.connect(str(path)).execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def unknown(path: Path, how: str) -> Path:
    """A file that is laid out in another way."""
    if how == "no database":
        path.write_bytes(b"no database at all" * 100)
    elif how == "empty":
        path.touch()
    elif how == "too large":
        database(path, "page_size = 512")
        with path.open("r+b") as grown:
            grown.truncate(gaps.MOST_PAGES * 512)  # sparse: it takes no room
    elif how == "reserved":
        database(path)
        with path.open("r+b") as changed:
            changed.seek(20)
            changed.write(b"\x08")
    else:
        database(path, how)
    return path


@pytest.mark.parametrize("how", ["no database", "empty", "too large", "reserved", "auto_vacuum = 1", "auto_vacuum = 2", "page_size = 65536"])
def test_an_unknown_layout_is_refused_untouched(tmp_path: Path, how: str) -> None:
    path = unknown(tmp_path / "db", how)
    before = path.stat()
    with pytest.raises(UnknownLayout):
        Gaps(path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.engine("sqlite")
def test_a_deletion_in_a_database_of_unknown_layout_ends_and_its_receipt_says_what_was_not_done(as_mei: Any, history: Any) -> None:
    db.database.execute_sql("PRAGMA auto_vacuum = 1").fetchall()
    db.database.execute_sql("VACUUM")
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    asked = ask(as_mei, scope="everything")
    assert "written over as it is used again" in asked.text
    page = confirm(as_mei, asked)
    finish()
    done = as_mei.get(page.request.path).text
    assert (Deletion.get().state, Deletion.get().trouble) == ("purged", None)
    assert "From our disks since" not in done
    assert "what is left inside pages is overwritten as they fill" in done
