"""How many records a month: counted on ranges of one index, for as many months as a picture shows."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from peewee import Model, Select, fn

from privacy_center.core.db import database
from privacy_center.datamap import registry

MONTHS = 24


def by_month(model: type[Model], user: Any, today: datetime, number: int = MONTHS) -> list[tuple[datetime, int]]:
    """The last *number* months with how many rows of *model* about *user* are dated in each, in one query.

    Ranges and not GROUP BY: the months need no arithmetic in the database, so both engines read nothing but the index.
    """
    edges = [_month(today, back) for back in range(number - 1, -2, -1)]
    said = registry.holds(model)
    dated = model._meta.fields[said.dated_by]  # type: ignore[union-attr]
    rows = registry.rows_of(model, user)
    counts = [rows.select(fn.COUNT(model._meta.primary_key)).where(dated >= begin, dated < end) for begin, end in pairwise(edges)]
    figures = database.execute(Select(columns=counts)).fetchone()
    return list(zip(edges[:-1], (int(each) for each in figures), strict=True))


def _month(today: datetime, back: int) -> datetime:
    """The first moment of the month that lies so many months back."""
    months = today.year * 12 + today.month - 1 - back
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
