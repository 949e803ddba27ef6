"""Dates as the lists and the reading page write them; by hand, as Babel's patterns cost more than the whole query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from babel.dates import get_day_names, get_month_names
from flask_babel import get_locale


@dataclass(frozen=True)
class Calendar:
    """How one language names months and days."""

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

    def in_month(self, when: datetime) -> str:
        """Tue 17, 16:02"""
        name, hour, minute = self.days[when.weekday()], when.hour, when.minute
        return f"{when.day} 日 {name} {hour:02}:{minute:02}" if self.chinese else f"{name} {when.day}, {hour:02}:{minute:02}"


def clock_time(when: datetime) -> str:
    """16:02"""
    return f"{when.hour:02}:{when.minute:02}"


def machine_time(when: datetime) -> str:
    """The moment as `<time datetime>` has it, to the minute."""
    return when.isoformat(timespec="minutes").replace("+00:00", "Z")


def calendar() -> Calendar:
    """The calendar of the page's language."""
    return calendar_of(str(get_locale() or "en"))


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
