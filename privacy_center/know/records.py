"""The records of one holding: a page of them by keyset, or one alone, every personal field in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from peewee import Model, Tuple

from privacy_center.core import pages
from privacy_center.core.db import microseconds
from privacy_center.datamap import registry
from privacy_center.datamap.words import Holding
from privacy_center.history.models import Conversation, File, Message
from privacy_center.know.values import ALONE, LISTED, Limits, Value, in_words

PAGE = 25

# Where a record can be read in its own room rather than field by field.
READ_AT: dict[type[Model], Callable[[Any], str | None]] = {
    Conversation: lambda row: _conversation(row.id),
    Message: lambda row: _conversation(row.conversation_id),
    File: lambda row: _conversation(row.conversation_id),
}


def _conversation(number: int | None) -> str | None:
    """The page of a conversation."""
    return url_for("history.conversation", conversation_id=number) if number else None


@dataclass(frozen=True)
class Row:
    """One record: when, the few fields of the table, all fields, and where else it can be read."""

    id: int
    when: datetime
    cells: list[tuple[Any, Value]]
    fields: list[tuple[Any, Value]]
    href: str | None


@dataclass(frozen=True)
class Page:
    """Some records of a holding, newest first: which ones, and where the next page begins."""

    rows: list[Row]
    begins: int
    older: str | None
    lost: bool


def page(model: type[Model], said: Holding, user: Any, after: str | None) -> Page:
    """The records after the place that *after* names; a place that nobody gave leads to the first page, and says so."""
    dated: Any = model._meta.fields[said.dated_by]
    key: Any = model._meta.primary_key
    name = f"know {registry.slug_of(model)}"
    place = pages.place(name, after, (int, int, int))
    found = registry.rows_of(model, user).order_by(dated.desc(), key.desc()).limit(PAGE + 1)
    if place:
        found = found.where(Tuple(dated, key) < Tuple(place[0], place[1]))
    rows, begins = list(found), place[2] if place else 0
    older = _place_of(name, rows[PAGE - 1], said, begins + PAGE) if len(rows) > PAGE else None
    return Page([row(each, said, LISTED) for each in rows[:PAGE]], begins, older, lost=bool(after) and place is None)


def _place_of(name: str, last: Any, said: Holding, seen: int) -> str:
    """The place of the last record on a page, and how many were seen so far."""
    return pages.cursor(name, microseconds(getattr(last, said.dated_by)), last._pk, seen)


def one(model: type[Model], said: Holding, user: Any, number: int) -> Row | None:
    """One record of the person's, whole; None when there is none of that number."""
    found = registry.rows_of(model, user).where(model._meta.primary_key == number).get_or_none()
    return row(found, said, ALONE) if found else None


def row(record: Any, said: Holding, limits: Limits) -> Row:
    """A record in words."""
    model = type(record)
    fields = [(column, note, in_words(column, note, record.__data__.get(column.name), limits)) for column, note in registry.personal_fields(model)]
    told = {column.name: (note.words, value) for column, note, value in fields}
    cells = [told[name] for name in headings(said) if name in told]
    href = READ_AT.get(model, lambda _record: None)(record)
    return Row(record._pk, getattr(record, said.dated_by), cells, [(note.words, value) for _column, note, value in fields], href)


def headings(said: Holding) -> list[str]:
    """The names of the fields that the table shows beside the date."""
    return [name for name in (said.titled_by, *said.listed) if name]


def columns(model: type[Model], said: Holding) -> list[Any]:
    """What stands above the table, the date first."""
    told = {field.name: note.words for field, note in registry.personal_fields(model)}
    return [told[name] for name in (said.dated_by, *headings(said)) if name in told]
