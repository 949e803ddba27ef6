"""Counting: every day of several years, every time zone, every law."""

from __future__ import annotations

import calendar
import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy_center.rights import deadlines, laws
from privacy_center.rights.homes import OUR_ZONE, Home, codes
from privacy_center.rights.laws import LAWS, Unit
from privacy_center.rights.words import RIGHTS

ONE_DAY = timedelta(days=1)
DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(366 + 3 * 365)]  # a leap year, and three others
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("posix/", "right/")))
moments = st.datetimes(datetime(2023, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))
homes = st.sampled_from([Home(), Home("US", "CA"), Home("US", "TX"), Home("GB", "SCT"), *[Home(code) for code in sorted(codes())]])


def at_noon(day: date, zone: str = "UTC") -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)


def due_on(law: str, day: date, right: str = "access") -> date:
    return deadlines.due(LAWS[law], right, at_noon(day), "UTC").on


@pytest.mark.parametrize("day", [date(2024, 1, 31), date(2023, 1, 31), date(2024, 1, 30), date(2023, 1, 29)])
def test_a_month_ends_on_the_last_day_where_the_next_has_no_such_day(day: date) -> None:
    assert due_on("eu", day) == date(day.year, 2, calendar.monthrange(day.year, 2)[1])


def test_the_examples_of_the_ico() -> None:
    assert due_on("uk", date(2026, 9, 3)) == date(2026, 10, 5)  # the 3rd is a Saturday
    assert due_on("uk", date(2026, 11, 25)) == date(2026, 12, 29)  # Christmas, Boxing Day, a weekend, a substitute day
    assert due_on("uk", date(2026, 3, 31)) == date(2026, 4, 30)  # April has no 31st


def test_a_month_is_the_same_day_of_the_next_month_or_its_last_on_every_day() -> None:
    for day in DAYS:
        end, year, month = due_on("eu", day), *divmod(day.year * 12 + day.month, 12)
        assert (end.year, end.month) == (year, month + 1)
        assert end.day == min(day.day, calendar.monthrange(end.year, end.month)[1])


def test_the_uk_month_never_ends_on_a_day_off_and_never_before_the_month_is_over() -> None:
    for day in DAYS:
        end = due_on("uk", day)
        assert deadlines.is_working_day(LAWS["uk"], end) and end.weekday() < 5
        assert due_on("eu", day) <= end <= due_on("eu", day) + 5 * ONE_DAY


def test_between_receipt_and_acknowledgement_lie_ten_business_days_on_every_day() -> None:
    law = LAWS["us-ca"]
    for day in DAYS:
        end = deadlines.last_day(law, law.acknowledge[""], day)
        worked = [each for each in (day + timedelta(days=number) for number in range(1, (end - day).days + 1)) if deadlines.is_working_day(law, each)]
        assert len(worked) == 10 and worked[-1] == end


def test_spans_in_days_are_that_long_on_every_day() -> None:
    plain = [law for law in LAWS.values() if law.respond.unit is Unit.DAYS]
    for day in DAYS:
        for law in plain:
            assert deadlines.last_day(law, law.respond, day) - day == timedelta(days=law.respond.number)


def test_a_later_receipt_is_never_due_sooner() -> None:
    for law in LAWS.values():
        ends = [deadlines.last_day(law, law.respond, day) for day in DAYS]
        assert ends == sorted(ends)


def test_a_due_date_ends_with_its_day_in_every_time_zone() -> None:
    for zone, day in itertools.product(map(ZoneInfo, ZONES), DAYS[::17]):
        end = deadlines.end_of(day, zone.key)
        assert end.astimezone(zone).date() == day, zone
        assert (end + timedelta(microseconds=1)).astimezone(zone).date() >= day, zone
        assert (end + timedelta(hours=2)).astimezone(zone).date() > day, zone


@given(moments, st.sampled_from(ZONES), st.sampled_from(sorted(LAWS)), st.sampled_from(sorted(RIGHTS)))
def test_receipt_counts_by_the_calendar_of_the_person(received: datetime, zone: str, key: str, right: str) -> None:
    found = deadlines.due(LAWS[key], right, received, zone)

    day = received.astimezone(ZoneInfo(zone)).date()
    assert found.on == deadlines.last_day(LAWS[key], LAWS[key].clock(right), day)
    assert found.due.astimezone(ZoneInfo(zone)).date() == found.on and found.due > received


@given(moments, homes, st.sampled_from(sorted(RIGHTS)))
def test_nothing_that_applies_is_stricter_than_what_is_promised(received: datetime, home: Home, right: str) -> None:
    promised = deadlines.strictest(home, right, received)

    for law in laws.applying(home.country, home.region, right):
        for zone in home.zones:
            assert promised.due <= deadlines.due(law, right, received, zone).due
    assert timedelta(days=9) < promised.due - received < timedelta(days=47)


@given(moments, homes, st.sampled_from(sorted(RIGHTS)))
def test_an_extension_is_later_than_the_date_and_no_longer_than_three_months(received: datetime, home: Home, right: str) -> None:
    longest, first = deadlines.latest_extension(home, right, received), deadlines.strictest(home, right, received)

    assert (longest is None) == (not deadlines.reasons_to_extend(home, right))
    assert longest is None or first.due < longest < received + timedelta(days=100)


def test_a_country_that_nobody_listed_falls_to_our_own_rule_and_an_unknown_one_to_our_zone() -> None:
    assert laws.of_home("KE").key == laws.HOUSE
    assert deadlines.strictest(Home("KE"), "deletion", at_noon(date(2026, 11, 24))).on == date(2026, 12, 24)
    assert Home.of("ZZ").zones == (OUR_ZONE,) and Home.of("<script>") == Home()


def test_the_law_of_our_own_country_counts_for_everybody() -> None:
    in_germany = deadlines.strictest(Home("DE"), "access", at_noon(date(2026, 7, 10)))
    assert in_germany.law.key == laws.SINGAPORE and in_germany.on == date(2026, 8, 9)  # a month would be a day more
    assert deadlines.strictest(Home("DE"), "deletion", at_noon(date(2026, 7, 10))).law.key == "eu"


def test_brazil_and_korea_are_answered_in_their_shorter_time() -> None:
    assert deadlines.strictest(Home("BR"), "access", at_noon(date(2026, 11, 24))).on == date(2026, 12, 9)
    assert deadlines.strictest(Home("KR"), "correction", at_noon(date(2026, 11, 24))).on == date(2026, 12, 4)
    assert deadlines.latest_extension(Home("BR"), "access", at_noon(date(2026, 11, 24))) is None


def test_in_a_country_of_many_zones_the_earliest_moment_counts() -> None:
    received = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)  # still the 1st in Los Angeles, the 2nd in New York
    found = deadlines.strictest(Home("US", "CA"), "deletion", received)
    assert found.on == date(2026, 12, 16)
    assert found.due <= deadlines.due(LAWS["us-ca"], "deletion", received, "America/New_York").due


def test_every_country_has_a_zone_and_every_law_says_where_it_was_read() -> None:
    assert all(zone in available_timezones() for code in codes() for zone in Home(code).zones)
    assert all(law.checked and (law.source.startswith("http") or law.key == laws.HOUSE) for law in LAWS.values())
