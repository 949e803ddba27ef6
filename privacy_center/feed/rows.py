"""Rows of the feed's tables, many at a time: which are there, and what is written over them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import orjson
from peewee import Model

from privacy_center.core.db import JSONText, execute_many, fetch, is_sqlite
from privacy_center.feed.reading import Record

Key = tuple[Any, str]  # whose (the user's number, or the digest of an account), and the product's own id
OF_USER = ("user_id", "external_id")
OF_ACCOUNT = ("account_digest", "external_id")


class Counts:
    """How many lines brought something new, how many what was there, and how long their transaction took."""

    def __init__(self) -> None:
        self.stored = 0
        self.unchanged = 0
        self.seconds = 0.0


def known(model: type[Model], keys: Iterable[Key], *columns: str, key: tuple[str, str] = OF_USER) -> dict[Key, tuple[Any, ...]]:
    """The rows of *model* that have these keys, in one query: key to the values of *columns*."""
    wanted = list(keys)
    if not wanted:
        return {}
    owner, external_id = (f't."{name}"' for name in key)
    chosen = ", ".join(f't."{name}"' for name in columns)
    table = model._meta.table_name
    if is_sqlite():
        pairs = "json_each(?) AS k"
        owner_of_pair, id_of_pair = "k.value ->> 0", "k.value ->> 1"
        values: tuple[Any, ...] = (orjson.dumps(wanted).decode(),)
    else:
        pairs = f"unnest(?::{'bigint' if key is OF_USER else 'text'}[], ?::text[]) AS k(owner, id)"
        owner_of_pair, id_of_pair = "k.owner", "k.id"
        values = ([each[0] for each in wanted], [each[1] for each in wanted])
    # Every name in this query is a table's or column's of ours.
    query = f'SELECT {owner}, {external_id}, {chosen} FROM {pairs} JOIN "{table}" AS t ON {owner} = {owner_of_pair} AND {external_id} = {id_of_pair}'  # noqa: S608
    return {(row[0], row[1]): row[2:] for row in fetch(query, *values)}


def settle(records: Iterable[tuple[Key, Record]], digests: dict[Key, str | None], counts: Counts) -> dict[Key, Record]:
    """Count each record against the one before it, and return those that have to be written: the last of each key."""
    latest: dict[Key, Record] = {}
    for key, record in records:
        before = latest[key].digest if key in latest else digests.get(key)
        if before == record.digest:
            counts.unchanged += 1
        else:
            counts.stored += 1
            latest[key] = record
    return {key: record for key, record in latest.items() if digests.get(key) != record.digest}


def write(model: type[Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], key: tuple[str, str] = OF_USER) -> None:
    """Write rows, over those with the same key where there are some."""
    execute_many(_statement(model, columns, key), rows)


@cache
def _statement(model: type[Model], columns: tuple[str, ...], key: tuple[str, str]) -> str:
    """The statement that inserts a row, or replaces it; every name in it is a table's or column's of ours."""
    names = ", ".join(f'"{each}"' for each in columns)
    places = ", ".join("?" for _ in columns)
    changes = ", ".join(f'"{each}" = EXCLUDED."{each}"' for each in columns if each not in key)
    table = model._meta.table_name
    return f'INSERT INTO "{table}" ({names}) VALUES ({places}) ON CONFLICT ("{key[0]}", "{key[1]}") DO UPDATE SET {changes}'  # noqa: S608


def write_records(model: type[Model], fields: tuple[str, ...], records: dict[Key, Record], key: tuple[str, str] = OF_USER) -> None:
    """Write records whose fields are the columns of their table."""
    as_json = {name for name in fields if isinstance(model._meta.fields[name], JSONText)}
    rows = [(*each, *(_value(record.values.get(name), name in as_json) for name in fields), record.digest) for each, record in records.items()]
    write(model, (*key, *fields, "digest"), rows, key)


def _value(value: Any, as_json: bool) -> Any:
    return orjson.dumps(value).decode() if as_json and value is not None else value
