"""Taking turns at SQLite's write lock: who writes much lets others pass, and nobody waits for nobody."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from privacy_center.core import turns
from privacy_center.core.turns import TurnTakingDatabase


@pytest.fixture
def database(tmp_path: Path) -> TurnTakingDatabase:
    """A database of its own, with one table."""
    made = TurnTakingDatabase(str(tmp_path / "turns.sqlite"), pragmas={"journal_mode": "wal", "busy_timeout": 5000}, lock_type="IMMEDIATE")
    made.execute_sql("CREATE TABLE act (who TEXT)")
    return made


def write_meanwhile(database: TurnTakingDatabase, done: list[float], *, in_transaction: bool) -> threading.Thread:
    """Another thread that writes as soon as it may, and notes when."""

    def write() -> None:
        if in_transaction:
            with database.atomic():
                database.execute_sql("INSERT INTO act VALUES ('other')")
        else:
            database.execute_sql("INSERT INTO act VALUES ('other')")
        done.append(time.monotonic())
        database.close()

    thread = threading.Thread(target=write)
    thread.start()
    return thread


@pytest.mark.parametrize("in_transaction", [True, False])
def test_who_gives_way_lets_go_first_who_waits(database: TurnTakingDatabase, in_transaction: bool) -> None:
    done: list[float] = []
    with database.atomic():
        database.execute_sql("INSERT INTO act VALUES ('much')")
        other = write_meanwhile(database, done, in_transaction=in_transaction)
        time.sleep(0.05)
    database.give_way()
    with database.atomic():
        begun = time.monotonic()
    other.join()

    assert done[0] <= begun


def test_giving_way_takes_no_time_when_nobody_waits(database: TurnTakingDatabase) -> None:
    begun = time.monotonic()
    for _ in range(100):
        database.give_way()

    assert time.monotonic() - begun < 1


def test_giving_way_ends_though_the_line_does_not(database: TurnTakingDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_somebody_waits", lambda _line: True)
    begun = time.monotonic()
    database.give_way()

    assert turns.LONGEST_WAY_GIVEN <= time.monotonic() - begun < turns.LONGEST_WAY_GIVEN + 2


def test_reading_never_stands_in_line(database: TurnTakingDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TurnTakingDatabase, "_line", lambda _self: pytest.fail("stood in line to read"))

    assert list(database.execute_sql("SELECT * FROM act").fetchall()) == []
