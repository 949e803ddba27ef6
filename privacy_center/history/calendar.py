"""Dates as the lists and the reading page write them; by hand, as Babel's patterns cost more than the whole query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from babel.dates import get_day_names, get_month_names

from privacy_center.core.db import EPOCH
from privacy_center.core.language import language

MICROSECONDS_A_DAY = 86_400_000_000
MICROSECONDS_A_MINUTE = 60_000_000


@dataclass(frozen=True, eq=False)
class Calendar:
    """How one language names months and days; there is one of each, so that two are compared by what they are."""

    chinese: bool
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]

    def month(self, when: datetime) -> str:
        """November 2026"""
        return f"{when.year} 年 {when.month} 月" if self.chinese else f"{self.months[when.month - 1]} {when.year}"

    def day(self, when: date) -> str:
        """17 November 2026"""
        if self.chinese:
            return f"{when.year} 年 {when.month} 月 {when.day} 日"
        return f"{when.day} {self.months[when.month - 1]} {when.year}"

    def moment(self, when: datetime) -> str:
        """17 November 2026, 16:02"""
        return f"{self.day(when)}{' ' if self.chinese else ', '}{clock_time(when)}"

    def short_day(self, when: date) -> str:
        """17 Nov 2026"""
        if self.chinese:
            return self.day(when)
        return f"{when.day} {self.short_months[when.month - 1]} {when.year}"

    def stamp(self, microseconds: int) -> tuple[str, str, str]:
        """A moment as a row of a list needs it: for machines (2026-11-17T16:02Z), within its month (Tue 17, 16:02), and its month.

        What a day is called is remembered, as a page has few of them and asks for 25.
        """
        day, rest = divmod(microseconds, MICROSECONDS_A_DAY)
        hour, minute = divmod(rest // MICROSECONDS_A_MINUTE, 60)
        machine, in_month, month = _day_of(self, day)
        return f"{machine}T{hour:02}:{minute:02}Z", f"{in_month}{hour:02}:{minute:02}", month


@lru_cache(4096)
def _day_of(dates: Calendar, day: int) -> tuple[str, str, str]:
    """A day, counted from 1970, as `stamp` needs it."""
    when = EPOCH + timedelta(days=day)
    name = dates.days[when.weekday()]
    return when.date().isoformat(), f"{when.day} 日 {name} " if dates.chinese else f"{name} {when.day}, ", dates.month(when)


def clock_time(when: datetime) -> str:
    """16:02"""
    return f"{when.hour:02}:{when.minute:02}"


def machine_time(when: datetime) -> str:
    """The moment as `<time datetime>` has it, to the minute."""
    return when.isoformat(timespec="minutes").replace("+00:00", "Z")


def calendar() -> Calendar:
    """The calendar of the page's language."""
    return calendar_of(language())


@lru_cache(maxsize=8)
def calendar_of(locale: str) -> Calendar:
    """The calendar of a language."""
    months, short = get_month_names("wide", locale=locale), get_month_names("abbreviated", locale=locale)
    days = get_day_names("abbreviated", locale=locale)
    numbers = range(1, 13)
    return Calendar(
        chinese=locale.startswith("zh"),
        months=tuple(months[number] for number in numbers),
        short_months=tuple(short[number] for number in numbers),
        days=tuple(days[number] for number in range(7)),
    )


def midnight(day: date) -> datetime:
    """The first moment of a day in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
