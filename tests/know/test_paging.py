"""Pages of records: newest first, each record once, and no way to make a place up."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import pages
from privacy_center.core.db import database, microseconds
from privacy_center.datamap import registry
from privacy_center.history.models import Conversation, File, Message
from privacy_center.know import counting, records
from privacy_center.telemetry.models import LogEntry, UsageEvent
from tests.conftest import BASE_URL, Visitor
from tests.know.rows import HOLDINGS, ONE_EACH, WHEN, address, filled, said_of, shown

HERE = address(UsageEvent)
OLDER = re.compile(r'rel="next" href="([^"]+)"')


def events(user: User, number: int, **fields: Any) -> None:
    """So many events, an hour apart, the last one the newest."""
    for each in range(number):
        filled(UsageEvent, user, each, **{"occurred_at": WHEN + timedelta(hours=each), **fields})


def names(page: str) -> list[str]:
    """The events on a page, in their order."""
    return re.findall(r'<td data-label="Event">(event_name-\d+)</td>', page)


def test_the_newest_come_first_and_each_once(as_mei: Visitor, mei: User) -> None:
    events(mei, 60)
    seen, path = [], HERE

    while path:
        page = shown(as_mei.get(path))
        seen += names(page)
        older = OLDER.search(page)
        path = unescape(older.group(1)) if older else ""

    assert seen == [f"event_name-{number}" for number in reversed(range(60))]


def test_records_of_the_same_moment_are_neither_lost_nor_doubled(as_mei: Visitor, mei: User) -> None:
    events(mei, 30, occurred_at=WHEN)
    first = shown(as_mei.get(HERE))

    second = shown(as_mei.get(unescape(OLDER.search(first).group(1))))  # type: ignore[union-attr]

    assert sorted(names(first) + names(second)) == sorted(f"event_name-{number}" for number in range(30))


def test_a_page_says_which_records_it_shows(as_mei: Visitor, mei: User) -> None:
    events(mei, 30)
    first = shown(as_mei.get(HERE))

    second = shown(as_mei.get(unescape(OLDER.search(first).group(1))))  # type: ignore[union-attr]

    assert "1 to 25 of 30" in first and ">Newest</a>" not in first
    assert "26 to 30 of 30" in second and ">Newest</a>" in second and not OLDER.search(second)


@pytest.mark.parametrize("after", ["x", "W10", "a" * 2000, "[1,2,3].forged", "%00", "💥"])
def test_a_forged_place_leads_to_the_first_page_and_says_so(as_mei: Visitor, mei: User, after: str) -> None:
    events(mei, 2)

    page = shown(as_mei.get(HERE, query_string={"after": after}))

    assert "That page of the list is not there any more" in page
    assert names(page) == ["event_name-1", "event_name-0"]


def test_a_place_in_another_list_is_worth_nothing(app: Any, as_mei: Visitor, mei: User) -> None:
    events(mei, 2)
    other = pages.cursor("know log-entry", microseconds(WHEN), 1, 25)

    assert "That page of the list is not there any more" in shown(as_mei.get(HERE, query_string={"after": other}))


def test_another_persons_place_shows_ones_own_records(as_mallory: Visitor, mei: User, mallory: User) -> None:
    events(mei, 30)
    filled(UsageEvent, mallory, 99, occurred_at=WHEN - timedelta(days=1))
    place = pages.cursor("know usage-event", microseconds(WHEN), 10**6, 25)

    page = shown(as_mallory.get(HERE, query_string={"after": place}))

    assert re.findall(r"event_name-\d+", page) == ["event_name-99"]


def test_a_place_whose_record_is_gone_goes_on_from_there(as_mei: Visitor, mei: User) -> None:
    events(mei, 30)
    place = unescape(OLDER.search(as_mei.get(HERE).text).group(1))  # type: ignore[union-attr]
    UsageEvent.delete().where(UsageEvent.event_name == "event_name-5").execute()

    assert names(shown(as_mei.get(place))) == [f"event_name-{number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("model", HOLDINGS, ids=lambda model: model.__name__)
def test_no_page_walks_over_other_peoples_rows(app: Any, mei: User, model: Any) -> None:
    said = said_of(model)
    dated = model._meta.fields[said.dated_by]

    plan = explained(registry.rows_of(model, mei).order_by(dated.desc(), model._meta.primary_key.desc()).limit(26))

    assert not any(line.startswith("SCAN") for line in plan), plan


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("model", [Conversation, Message, File, UsageEvent, LogEntry], ids=lambda model: model.__name__)
def test_where_there_may_be_millions_a_page_is_read_off_an_index(app: Any, mei: User, model: Any) -> None:
    dated = model._meta.fields[said_of(model).dated_by]

    plan = explained(registry.rows_of(model, mei).order_by(dated.desc(), model.id.desc()).limit(26))

    assert len(plan) == 1 and "USING INDEX" in plan[0]


def explained(query: Any) -> list[str]:
    """How SQLite would find the rows of a query."""
    sql, values = query.sql()
    return [row[-1] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]


@pytest.mark.parametrize("model", HOLDINGS, ids=lambda model: model.__name__)
def test_counts_equal_the_rows(app: Any, mei: User, mallory: User, model: Any) -> None:
    number_of_rows = 1 if model in ONE_EACH else 3
    for number in range(number_of_rows):
        filled(model, mei, number + 1)
    filled(model, mallory, 4)

    with app.test_request_context(base_url=BASE_URL):
        held, page = counting.count(model, said_of(model), mei), records.page(model, said_of(model), mei, None)

    assert held.count == len(list(registry.rows_of(model, mei))) == number_of_rows
    assert held.first == held.last == WHEN
    assert len(page.rows) == held.count
