"""The yearly numbers: what counts, what is kept back so that nobody is found in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import orjson
from hypothesis import given
from hypothesis import strategies as st

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.rights import answering, asking, statistics
from privacy_center.rights.statistics import Hidden
from tests.conftest import Visitor
from tests.know.rows import shown
from tests.rights.making import OFFICER, ask, ask_without_account

SPRING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def answered(user: User, number: int, days: int, right: str = "complaint") -> None:
    for _each in range(number):
        with clock.at(SPRING):
            request = ask(user, right)
        with clock.at(SPRING + timedelta(days=days)):
            assert answering.fulfil(request, by=OFFICER, words="It was so, and we have mended it.")


def test_the_page_tells_how_many_what_became_of_them_and_how_long_it_took(visitor: Visitor, mei: User) -> None:
    answered(mei, 6, 4)
    with clock.at(SPRING + timedelta(days=10)):
        page = shown(visitor.get("/statistics?year=2026"))

    assert "<dt>Received</dt><dd>6</dd>" in page and "<dt>Median days</dt><dd>4</dd>" in page
    assert '<th scope="row">Complain</th><td class="amount" data-label="Received">6</td>' in page
    assert "GDPR (European Union" in page


def test_of_one_to_four_it_is_said_that_they_are_fewer_than_five(visitor: Visitor, mei: User) -> None:
    answered(mei, 6, 4)
    answered(mei, 2, 4, "correction")

    year = statistics.of_year(2026)
    assert [line.received for line in year.kinds] == [Hidden.BACK, Hidden.FEW]  # else 8 − 6 would tell
    assert year.total.received == 8 and year.laws[0].received == 8
    assert "fewer than 5" in shown(visitor.get("/statistics?year=2026"))


@given(st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=1, max_size=6))
def test_a_small_number_can_not_be_found_by_subtraction(rows: list[list[int]]) -> None:
    whole = [[sum(column) for column in zip(*rows, strict=True)], *rows]
    table = {(line, str(place)): number for line, row in enumerate(whole) for place, number in enumerate([sum(row), *row])}
    sums = [[(line, str(place)) for place in range(5)] for line in range(len(whole))]
    sums += [[(line, str(place)) for line in range(len(whole))] for place in range(5)]
    back = statistics.kept_back(table, sums)

    assert all(cell in back for cell, number in table.items() if 0 < number < 5)
    assert all(len(back.intersection(cells)) != 1 for cells in sums)


def test_a_request_that_nobody_verified_counts_nowhere(mei: User) -> None:
    with clock.at(SPRING):
        ask_without_account()
        asking.verified(ask_without_account("bo@example.net"))

    assert statistics.requests(SPRING, SPRING + timedelta(days=1)).__next__().outcome == "open"
    assert len(list(statistics.requests(SPRING, SPRING + timedelta(days=1)))) == 1


def test_what_is_answered_after_its_date_or_not_yet_is_late(mei: User) -> None:
    answered(mei, 5, 50)
    for _each in range(5):
        with clock.at(SPRING):
            ask(mei)

    with clock.at(SPRING + timedelta(days=60)):
        assert statistics.of_year(2026).total.late == 10
    assert statistics.of_year(2026).total.open == 5


def test_json_and_csv_say_the_same_as_the_page(visitor: Visitor, mei: User) -> None:
    answered(mei, 6, 4)
    with clock.at(SPRING + timedelta(days=10)):
        whole, table = orjson.loads(visitor.get("/statistics.json").data), visitor.get("/statistics.csv").text

    assert whole["years"][0]["received"] == 6 and whole["years"][0]["median_days"] == 4.0
    (complaints,) = whole["years"][0]["kinds"]
    assert (complaints["title"], complaints["granted"], complaints["late"]) == ("Complain", 6, 0)
    assert "2026,kind,Complain,6,6,0,0,0,0,4.0\r\n" in table


def test_a_year_without_numbers_is_not_there(visitor: Visitor, mei: User) -> None:
    assert visitor.get("/statistics?year=1999").status_code == 404
    assert visitor.get("/statistics?year=x").status_code == 404
    assert "None yet." in shown(visitor.get("/statistics"))


def test_other_rooms_add_what_they_answer(mei: User) -> None:
    received = statistics.Case("Reports", statistics.GRANTED, SPRING, SPRING + timedelta(days=2))
    cases = statistics.source(lambda since, until: [received] * 7 if since <= SPRING < until else [])
    try:
        assert [(line.title, line.received, line.median_days) for line in statistics.of_year(2026).kinds] == [("Reports", 7, 2.0)]
        with clock.at(SPRING + timedelta(days=700)):
            assert statistics.years() == [2028, 2027, 2026]
    finally:
        statistics._sources.remove(cases)
