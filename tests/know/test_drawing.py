"""The pictures: geometry in percent, out of dates and rules alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy_center.datamap.words import Retention, months, until_deleted, years
from privacy_center.know.drawing import HoldingsChart, MonthsChart, Span

TODAY = datetime(2026, 11, 18, 9, 41, tzinfo=UTC)
MOMENTS = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9998, 12, 30), timezones=st.just(UTC))
TODAYS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2120, 1, 1), timezones=st.just(UTC))
RULES: list[Retention] = [until_deleted(), months(13, since="at"), years(7, since="at")]


def span(first: int, last: int, rule: Retention) -> Span:
    """Held since so many days ago, the newest so many days ago."""
    return Span(TODAY - timedelta(days=first), TODAY - timedelta(days=last), rule)


def test_what_is_held_reaches_until_today() -> None:
    chart = HoldingsChart([span(900, 1, until_deleted())], TODAY)

    bar = chart.bar(span(900, 1, until_deleted()))

    assert bar.held_from + bar.held_width == pytest.approx(chart.today, abs=0.02)


def test_what_only_its_person_ends_is_dotted_and_never_pale() -> None:
    bar = HoldingsChart([], TODAY).bar(span(30, 1, until_deleted()))

    assert bar.open_from is not None and bar.ahead_width == 0 and not bar.beyond


def test_what_goes_by_itself_is_pale_until_the_newest_is_gone() -> None:
    rows = [span(900, 0, months(13, since="at"))]
    chart = HoldingsChart(rows, TODAY)

    bar = chart.bar(rows[0])

    assert chart.today + bar.ahead_width == pytest.approx(chart.place(datetime(2027, 12, 18, 9, 41, tzinfo=UTC)), abs=0.02)
    assert bar.open_from is None and not bar.beyond


def test_what_goes_after_the_scale_ends_in_an_arrow() -> None:
    rows = [span(30, 1, years(7, since="at"))]

    assert HoldingsChart(rows, TODAY).bar(rows[0]).beyond


def test_what_should_be_gone_already_promises_nothing() -> None:
    bar = HoldingsChart([], TODAY).bar(span(900, 800, months(13, since="at")))

    assert bar.ahead_width == 0 and not bar.beyond


def test_what_began_today_can_still_be_seen() -> None:
    assert HoldingsChart([], TODAY).bar(span(0, 0, until_deleted())).held_width > 0.5


def test_the_scale_grows_with_what_is_held_but_not_without_end() -> None:
    few = HoldingsChart([span(100, 1, until_deleted())], TODAY)
    many = HoldingsChart([span(40_000, 1, until_deleted())], TODAY)

    assert few.begin.year == 2025 and many.begin.year == 2014


def test_no_label_runs_into_today_or_its_neighbour() -> None:
    for day in range(0, 365, 7):
        chart = HoldingsChart([span(3000, 1, years(7, since="at"))], TODAY + timedelta(days=day))
        labelled = [tick.x for tick in chart.ticks if tick.labelled]
        assert all(abs(x - chart.today) >= 6 for x in labelled)
        assert all(later - earlier >= 9 for earlier, later in pairwise(labelled))


@given(first=MOMENTS, last=MOMENTS, today=TODAYS, rule=st.sampled_from(RULES))
def test_no_date_draws_outside_the_picture(first: datetime, last: datetime, today: datetime, rule: Retention) -> None:
    row = Span(min(first, last), max(first, last), rule)
    chart = HoldingsChart([row], today)

    bar = chart.bar(row)

    assert 0 <= bar.held_from <= 100 and 0 <= bar.held_width <= 100
    assert bar.ahead_width >= 0 and bar.held_from + bar.held_width + bar.ahead_width <= 100.7
    assert 0 <= chart.today <= 100


def test_the_tallest_month_fills_the_picture_and_an_empty_one_is_not_drawn() -> None:
    chart = MonthsChart([(datetime(2026, month, 1, tzinfo=UTC), number) for month, number in ((8, 0), (9, 50), (10, 100), (11, 1))])

    assert [column.height for column in chart.columns] == [0.0, 50.0, 100.0, 2.0]
    assert chart.total == 151 and chart.busiest.month.month == 10


def test_no_month_at_all_is_no_picture() -> None:
    chart = MonthsChart([(datetime(2026, 11, 1, tzinfo=UTC), 0)])

    assert chart.busiest is None and chart.total == 0
