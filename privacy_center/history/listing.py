"""The list of conversations by last activity: one query a page, written out, as Peewee's building and objects cost six times it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from privacy_center.core import pages
from privacy_center.core.db import fetch, moment
from privacy_center.history.calendar import calendar
from privacy_center.history.filters import Filters
from privacy_center.history.models import not_hidden
from privacy_center.history.rows import ACTIVE_AT, ID, Row, RowMaker, by_month, columns

PAGE = 25
LIST = "history"
MOST_CHOICES = 50

# Jumps from value to value along the indexes, so that it costs the same with 200,000 conversations as with ten.
NEXT_VALUES = """
SELECT 'NAME', value FROM (
    WITH RECURSIVE found(value, number) AS (
        SELECT (SELECT c.NAME FROM conversation c WHERE c.user_id = ? AND c.NAME IS NOT NULL{hidden} ORDER BY c.NAME LIMIT 1), 1
        UNION ALL
        SELECT (SELECT c.NAME FROM conversation c WHERE c.user_id = ? AND c.NAME > found.value{hidden} ORDER BY c.NAME LIMIT 1), number + 1
        FROM found WHERE value IS NOT NULL AND number < ?
    )
    SELECT value FROM found WHERE value IS NOT NULL
) AS values_of_NAME
"""
CHOICES = " UNION ALL ".join(NEXT_VALUES.replace("NAME", name) for name in ("model", "workspace"))


@dataclass(frozen=True)
class Page:
    """One page of conversations: months with their rows, and what is around."""

    months: list[tuple[str, list[Row]]]
    count: int
    older: str | None
    first: bool
    lost_place: bool = False
    month_before: str = ""
    looked_back_to: str = ""


def newest(user_id: int, filters: Filters, after: str | None) -> Page:
    """The page of *user_id*'s conversations that begins after the cursor; the first when there is none, or a forged one."""
    place = pages.place(LIST, after, (int, int))
    found = query(user_id, filters, place)
    make = RowMaker(filters.path)
    older = None
    if len(found) > PAGE:
        last = found[PAGE - 1]
        older = filters.address(after=pages.cursor(LIST, last[ACTIVE_AT], last[ID]))
    return Page(
        months=by_month(make.row(record, record[ACTIVE_AT]) for record in found[:PAGE]),
        count=min(len(found), PAGE),
        older=older,
        first=place is None,
        lost_place=bool(after) and place is None,
        month_before=calendar().month(moment(place[0])) if place else "",
    )


def query(user_id: int, filters: Filters, place: tuple[Any, ...] | None) -> list[tuple[Any, ...]]:
    """One record more than a page holds, newest first, from below *place*."""
    conditions, parameters = filters.conditions()
    if place:
        # As a row value: written with OR, a page deep in 200,000 conversations takes 150 times as long.
        conditions += " AND (c.active_at, c.id) < (?, ?)"
        parameters += place
    (visible, hidden_parameters), *of_others = not_hidden(user_id, "c", "p", "s")
    wanted, wanted_parameters = columns(*of_others)
    return fetch(  # the conditions are words of ours
        f"SELECT {wanted} FROM conversation c WHERE c.user_id = ?{conditions}{visible} ORDER BY c.active_at DESC, c.id DESC LIMIT {PAGE + 1}",  # noqa: S608
        *wanted_parameters,
        user_id,
        *parameters,
        *hidden_parameters,
    )


def choices(user_id: int) -> dict[str, list[str]]:
    """The models and the workspaces that the person's conversations have, at most 50 of each."""
    found: dict[str, list[str]] = {"model": [], "workspace": []}
    ((hidden, parameters),) = not_hidden(user_id, "c")
    for name, value in fetch(CHOICES.replace("{hidden}", hidden), *(user_id, *parameters, user_id, *parameters, MOST_CHOICES) * 2):
        if value:
            found[name].append(value)
    return found
