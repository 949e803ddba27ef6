"""The database: one connection a thread, the base of all models, the fields of our own, migrations.

SQLite by default, PostgreSQL by URL; everything above this file speaks to both alike and asks `is_sqlite()` only where an
engine has means of its own (search, purging).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from peewee import BigIntegerField, DatabaseProxy, Model, PostgresqlDatabase, TextField, __exception_wrapper__  # type: ignore[attr-defined]
from playhouse import db_url
from playhouse.migrations import Runner

from privacy_center.core.turns import TurnTakingDatabase

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MIGRATIONS = Path(__file__).parent.parent / "migrations"

# secure_delete: the wheels leave it off, and without it deleted words stay in freed pages.
# synchronous=2 (FULL): what was acknowledged survives a power cut.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 10_000,
    "cache_size": -32_000,
    "temp_store": 2,
}

database: Any = DatabaseProxy()


class Moment(BigIntegerField):
    """A point in time: aware datetimes in Python, microseconds since 1970 UTC in the database (sorts, compares, indexes alike on both engines)."""

    def db_value(self, value: Any) -> int | None:
        """Microseconds for the database; takes aware datetimes, or microseconds as they are."""
        if value is None or isinstance(value, int):
            return value
        return microseconds(value)

    def python_value(self, value: Any) -> datetime | None:
        """The aware datetime of a stored number."""
        return None if value is None else moment(value)


class JSONText(TextField):
    """A JSON value kept as text, so that both engines store the same bytes."""

    def db_value(self, value: Any) -> str | None:
        """The JSON of *value*; text is taken as JSON already."""
        if value is None or isinstance(value, str):
            return value
        return orjson.dumps(value).decode()

    def python_value(self, value: Any) -> Any:
        """The value that was stored."""
        return None if value is None else orjson.loads(value)


def microseconds(value: datetime) -> int:
    """An aware datetime as microseconds since 1970; raises TypeError for a naive one."""
    return (value - EPOCH) // MICROSECOND


def moment(value: int) -> datetime:
    """Microseconds since 1970 as an aware datetime in UTC."""
    return EPOCH + timedelta(microseconds=value)


class Record(Model):
    """The base of everything that is stored."""

    id: Any  # the number of the row; Peewee adds it where a model has no key of its own

    class Meta:
        database = database
        legacy_table_names = False


def open_database(url: str) -> None:
    """Bind all models to the database at *url*. Nothing is connected yet."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        database.initialize(TurnTakingDatabase(str(path), rank_functions=False, pragmas=PRAGMAS, lock_type="IMMEDIATE", autoconnect=False))
    else:
        address = url.replace("postgres://", "postgresql://", 1)
        database.initialize(db_url.connect(address, unquote_password=True, autoconnect=False, prefer_psycopg3=True))


def is_sqlite() -> bool:
    """Whether the engine is SQLite; else it is PostgreSQL."""
    return not isinstance(database.obj, PostgresqlDatabase)


def fetch(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows of a query whose placeholders are `?` on both engines; for the few that the query builder is too slow for."""
    rows: list[tuple[Any, ...]] = database.execute_sql(sql.replace("?", database.param), values).fetchall()
    return rows


def among(column: str, values: Iterable[str | int]) -> tuple[str, Any]:
    """A condition on *column* for any number of values in one placeholder, so that the statement is always the same; and what fills it."""
    if is_sqlite():
        return f"{column} IN (SELECT value FROM json_each(?))", orjson.dumps(list(values)).decode()  # noqa: S608 - a column of ours
    return f"{column} = ANY(?)", list(values)


def execute_many(sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Run one statement, its placeholders `?` on both engines, for each of *rows*."""
    with __exception_wrapper__:  # the errors of Peewee, whatever the engine
        database.cursor().executemany(sql.replace("?", database.param), rows)


def give_way() -> None:
    """Between two of many transactions: let others write first who wait for it. PostgreSQL's writers don't wait for each other."""
    if is_sqlite() and not database.in_transaction():
        database.obj.give_way()


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """One consistent state for everything that this thread reads inside; nothing can be written meanwhile, on this connection."""
    if is_sqlite():
        database.begin("DEFERRED")  # reads an old state while others write; IMMEDIATE would shut them out
        fetch("SELECT 1 FROM sqlite_master LIMIT 1")  # on both engines it is the state of the first look
    else:
        database.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        fetch("SELECT 1")
    try:
        yield
    finally:
        database.rollback()


def connect() -> None:
    """Make sure that this thread has a working connection; it keeps it across requests."""
    if not database.is_closed():
        if database.is_connection_usable():
            return
        database.close()
    database.connect()
    if not is_sqlite():
        database.execute_sql(f"SET lock_timeout = {PRAGMAS['busy_timeout']}")  # else a request would wait without end


def end_request() -> None:
    """Leave no transaction open behind a request or job that broke off."""
    if not database.is_closed() and database.in_transaction():
        database.rollback()
        while database.in_transaction():  # else close() refuses
            database.pop_transaction()
        database.close()


def migrations() -> Runner:
    """The runner of this project's migrations, on the open database."""
    return Runner(database.obj, directory=str(MIGRATIONS))


def pending_migrations() -> list[str]:
    """The names of migrations that have not run on this database."""
    return [each.name for each in migrations().status() if each.applied is None]
