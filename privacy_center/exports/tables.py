"""The records of one holding as a table: for programs and spreadsheets (`data/`), and to be read (`tables/`)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask_babel import gettext
from peewee import BooleanField, Field, IntegerField, Model

from privacy_center.core.db import JSONText, Moment, moment
from privacy_center.datamap import registry
from privacy_center.datamap.words import Note
from privacy_center.exports.zip64 import Archive, Entry

# What a spreadsheet would run as a formula when a cell begins with it (OWASP, CSV Injection).
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
A_NUMBER = re.compile(r"[+-]\d+(\.\d+)?").fullmatch
IN_ARCHIVE = "in_archive"
A_SECOND = 1_000_000  # microseconds
A_MINUTE, A_DAY = 60 * A_SECOND, 86_400 * A_SECOND
SECONDS = [f"{second:02}" for second in range(60)]
MINUTES = [f"T{hour:02}:{minute}:" for hour in range(24) for minute in SECONDS]


@dataclass(frozen=True)
class Column:
    """One column: its field, what it is called, what its values are."""

    field: Field
    name: str
    note: Note
    type: str
    title: str


def columns_of(model: type[Model]) -> list[Column]:
    """The columns of a holding: its personal fields and no other."""
    return [Column(field, field.name, note, _type(field), str(note.words)) for field, note in registry.personal_fields(model)]


def _type(field: Field) -> str:
    """The type of a field's values, in the words of Table Schema."""
    types: dict[type[Field], str] = {Moment: "datetime", JSONText: "any", BooleanField: "boolean"}
    for kind, name in types.items():
        if isinstance(field, kind):
            return name
    return "integer" if isinstance(field, IntegerField) else "string"


def time_of(value: int) -> str:
    """A stored moment as ISO 8601 in UTC; by hand, as there are millions."""
    day, rest = divmod(value, A_DAY)
    minute, rest = divmod(rest, A_MINUTE)
    second, fraction = divmod(rest, A_SECOND)
    return f"{_day_of(day)}{MINUTES[minute]}{SECONDS[second]}.{fraction:06}Z" if fraction else f"{_day_of(day)}{MINUTES[minute]}{SECONDS[second]}Z"


@lru_cache(4096)
def _day_of(day: int) -> str:
    """2026-11-17, counted from 1970."""
    return moment(day * A_DAY).date().isoformat()


EXACT: dict[str, Callable[[Any], Any]] = {"datetime": time_of, "boolean": bool}


def exact(columns: Sequence[Column], values: Iterable[Any]) -> list[Any]:
    """The values of a record for programs: moments in ISO 8601, everything else as it is stored."""
    return [value if value is None or column.type not in EXACT else EXACT[column.type](value) for column, value in zip(columns, values, strict=True)]


class Table:
    """The table of one holding while it is written, as CSV; values that have parts of their own stand in their cells as JSON."""

    def __init__(self, archive: Archive, model: type[Model], *, with_place: bool) -> None:
        self.columns = columns_of(model)
        self.with_place = with_place
        self.count = 0
        self.path = f"data/{model._meta.table_name}.csv"
        self._entry: Entry = archive.open(self.path)
        self._entry.write(_line([column.name for column in self.columns] + [IN_ARCHIVE] * with_place))

    def add(self, values: Sequence[Any], place: str | None = None) -> None:
        """One record: the values of its columns as they are stored, then where its file lies in the archive, if it has one."""
        self._entry.write(_line(exact(self.columns, values) + [place] * self.with_place))
        self.count += 1

    def close(self) -> None:
        """Complete the table."""
        self._entry.close()

    @property
    def schema(self) -> dict[str, Any]:
        """What its columns are (Table Schema 2)."""
        fields = [_described(column) for column in self.columns]
        if self.with_place:
            fields.append({"name": IN_ARCHIVE, "type": "string", "title": gettext("Where the file lies in this archive")})
        return {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": fields}


def _described(column: Column) -> dict[str, Any]:
    """One column in the schema."""
    said: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.title}
    if column.note.values:
        said["description"] = "; ".join(f"{code}: {words}" for code, words in column.note.values.items())
    return said


def _line(cells: list[Any]) -> bytes:
    """A line of CSV (RFC 4180) in UTF-8, no cell of which is a formula."""
    line = io.StringIO()
    csv.writer(line).writerow([defused(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def defused(cell: Any) -> Any:
    """The cell; a text that a spreadsheet would run gets an apostrophe before it. A plain number runs nothing."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) and not A_NUMBER(cell) else cell


def in_words(columns: Sequence[Column], values: Iterable[Any]) -> Iterator[str]:
    """The values of a record as a person reads them."""
    for column, value in zip(columns, values, strict=True):
        if value is None:
            yield ""
        elif column.type == "datetime":
            yield time_of(value)[:19].replace("T", " ")
        elif column.type == "boolean":
            yield gettext("yes") if value else gettext("no")
        else:
            yield str(column.note.values[value]) if column.note.values and value in column.note.values else str(value)
