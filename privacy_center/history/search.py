"""Search in one person's history: every conversation that has all the sought words in one message or its title, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import orjson

from privacy_center.core import pages
from privacy_center.core.db import fetch, is_sqlite, moment
from privacy_center.history.calendar import calendar
from privacy_center.history.filters import Filters
from privacy_center.history.finding import Finder, Found
from privacy_center.history.hits import base_of, hits_of
from privacy_center.history.index import BEGINNING, MICROSECONDS_A_MINUTE, MINUTE_SHIFT, MINUTES, range_of, text_of
from privacy_center.history.listing import PAGE, Page
from privacy_center.history.marks import marked, passage
from privacy_center.history.plain import one_line
from privacy_center.history.rows import CREATED_AT, ID, TITLE, Row, RowMaker, by_month
from privacy_center.history.sought import Sought

LIST = "search"
AT_ONCE = 2000
LIGHT = 256 * 1024
TEXTS = "SELECT search_id, id, CASE WHEN octet_length(parts) <= ? THEN {} END FROM message WHERE search_id IN ({})"


def newest(user_id: int, filters: Filters, sought: Sought, after: str | None) -> Page:
    """The page of conversations found that begins after the cursor; the first when there is none, or a forged one."""
    place = pages.place(LIST, after, (int, int))
    low, high = range_of(user_id)
    finder = Finder(user_id, filters, hits_of(user_id, sought), min(place[0], high) if place else high + 1, PAGE + 1)
    if sought and (place is None or place[0] > low):
        finder.find()
    else:
        finder.go_on = None
    shown = finder.found[:PAGE]
    cursor = _cursor(finder, shown, place)
    rows = _rows(shown, filters, sought)
    return Page(
        months=by_month(rows),
        count=len(rows),
        older=filters.address(after=cursor) if cursor else None,
        first=place is None,
        lost_place=bool(after) and place is None,
        month_before=calendar().month(moment(place[1])) if place and place[1] else "",
        looked_back_to=_minute(finder.go_on) if finder.go_on is not None and len(shown) < PAGE else "",
    )


def every(user_id: int, filters: Filters, sought: Sought) -> Iterator[int]:
    """The numbers of all conversations that the search finds, however many pages that would be."""
    go_on: int | None = range_of(user_id)[1] + 1
    while sought and go_on is not None:
        finder = Finder(user_id, filters, hits_of(user_id, sought), go_on, AT_ONCE)
        finder.find()
        yield from (each.record[ID] for each in finder.found)
        go_on = finder.go_on


def _cursor(finder: Finder, shown: list[Found], place: tuple[Any, ...] | None) -> str | None:
    """Where the next page begins: below the last conversation shown, or where the search stopped looking."""
    month = shown[-1].record[CREATED_AT] if shown else place[1] if place else 0
    if len(finder.found) > PAGE:
        return pages.cursor(LIST, base_of(shown[-1].hit), month)
    return pages.cursor(LIST, finder.go_on, month) if finder.go_on is not None else None


def _minute(place: int) -> str:
    """The day that a place in the index belongs to."""
    minute = place >> MINUTE_SHIFT & (MINUTES - 1)
    return calendar().day(moment(BEGINNING + minute * MICROSECONDS_A_MINUTE))


def _rows(found: list[Found], filters: Filters, sought: Sought) -> list[Row]:
    """The conversations found, their words marked, each with a passage around its newest hit."""
    texts = _texts([each.hit for each in found])
    make = RowMaker(filters.path)
    words = urlencode({"q": filters.words})
    rows = []
    for record, hit in found:
        message, text = texts.get(hit, (None, ""))
        rows.append(
            make.row(
                record,
                record[CREATED_AT],
                title=marked(one_line(record[TITLE]), sought),
                passage=passage(text, sought) if text else None,
                query=f"?{words}" if message is None else f"?{words}&branch={message}#m{message}",
            )
        )
    return rows


def _texts(places: list[int]) -> dict[int, tuple[int, str]]:
    """The message at each of the places that is one's, and its text; heavy ones are read one at a time."""
    if not places:
        return {}
    # As bytes where they can be had: Chinese would be decoded from them and encoded again, which takes as long as the reading.
    query = TEXTS.format("CAST(parts AS BLOB)" if is_sqlite() else "parts", ", ".join("?" * len(places)))
    found = {}
    for place, message, parts in fetch(query, LIGHT, *places):
        whole = parts if parts is not None else fetch("SELECT parts FROM message WHERE id = ?", message)[0][0]
        found[place] = (message, text_of(orjson.loads(whole)))
    return found
