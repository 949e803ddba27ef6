"""Taking turns at SQLite's one write lock. It is not fair by itself: who writes much would shut out who writes now and then."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from typing import Any

import cysqlite
from playhouse.cysqlite_ext import CySqliteDatabase

WRITES = ("INSERT", "UPDATE", "DELETE")
LOOK_AGAIN_AFTER = 0.001  # seconds
LONGEST_WAY_GIVEN = 0.25  # a line that never ends must not stop who gives way


class TurnTakingDatabase(CySqliteDatabase):
    """SQLite whose writers stand in line: a lock on a file beside the database, shared by all who wait for a transaction."""

    def _connect(self) -> Any:
        connection = super()._connect()
        # One plan for a statement, whatever its values: else SQLite prepares every join anew for each value, which takes longer than the join.
        connection.db_config(cysqlite.SQLITE_DBCONFIG_ENABLE_QPSG, 1)  # type: ignore[attr-defined]
        return connection

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction; whoever has to wait for it is seen by those who give way."""
        with self._line() as line:
            fcntl.flock(line, fcntl.LOCK_SH)
            super().begin(lock_type)

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Run a statement; one that writes without a transaction around it stands in line as well."""
        if not sql.startswith(WRITES) or self.in_transaction():
            return super().execute_sql(sql, params)
        with self._line() as line:
            fcntl.flock(line, fcntl.LOCK_SH)
            return super().execute_sql(sql, params)

    def give_way(self) -> None:
        """Between two of many transactions: let everybody go first who waits for theirs."""
        until = time.monotonic() + LONGEST_WAY_GIVEN
        with self._line() as line:
            while _somebody_waits(line) and time.monotonic() < until:
                time.sleep(LOOK_AGAIN_AFTER)

    @contextlib.contextmanager
    def _line(self) -> Iterator[int]:
        """The file that the line forms at; closing it leaves the line."""
        file: Any = os.open(f"{self.database}-line", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield file
        finally:
            os.close(file)


def _somebody_waits(line: int) -> bool:
    """Whether anybody stands in line at this moment."""
    try:
        fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(line, fcntl.LOCK_UN)
    return False
