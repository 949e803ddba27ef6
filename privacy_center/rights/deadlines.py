"""Counting: by when a request must be answered, its receipt confirmed, and until when an answer may be put off.

A due date is a day in the calendar of the person; it is kept as the last moment of that day there. Months are counted as the ICO does: to
the same day of a later month, or its last day where it has no such day. Where several laws, or several time zones of a country, may
apply, the earliest moment counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

from privacy_center.datamap.words import Words
from privacy_center.rights import laws
from privacy_center.rights.homes import Home
from privacy_center.rights.laws import Clock, Law, Unit

ONE_DAY = timedelta(days=1)
# The calendar of working days and public holidays by which a law counts.
CALENDARS = {"uk": ("GB", "ENG"), "us-ca": ("US", "CA"), laws.SINGAPORE: ("SG", None), "cn": ("CN", None)}


@dataclass(frozen=True)
class Deadline:
    """By when an answer is owed: the law that says so, the day, its last moment in the time zone, and when receipt must be confirmed."""

    law: Law
    because: Words
    zone: str
    on: date
    due: datetime
    acknowledge_by: datetime | None


def due(law: Law, right: str, received: datetime, zone: str) -> Deadline:
    """When a request for *right* that was received at that moment must be answered by one law, for a person in one time zone."""
    clock, acknowledge = law.clock(right), law.acknowledgement(right)
    day = received.astimezone(ZoneInfo(zone)).date()
    on = last_day(law, clock, day)
    return Deadline(law, clock.because, zone, on, end_of(on, zone), end_of(last_day(law, acknowledge, day), zone) if acknowledge else None)


def strictest(home: Home, right: str, received: datetime) -> Deadline:
    """The earliest due date that a person who lives there may rely on, by any law that applies and any time zone of their country.

    Receipt is to be confirmed by the earliest date that any of them names.
    """
    found = [due(law, right, received, zone) for law in laws.applying(home.country, home.region, right) for zone in home.zones]
    first = min(found, key=lambda each: each.due)  # of equals the first: the law of their own country
    confirm = min((each.acknowledge_by for each in found if each.acknowledge_by), default=None)
    return Deadline(first.law, first.because, first.zone, first.on, first.due, confirm)


def latest_extension(home: Home, right: str, received: datetime) -> datetime | None:
    """Until when an answer may be put off at most, once, by the laws that apply; None where one of them allows none."""
    applying = laws.applying(home.country, home.region, right)
    if any(law.extension is None for law in applying):
        return None
    return min(_extended(law, received, zone) for law in applying for zone in home.zones)


def _extended(law: Law, received: datetime, zone: str) -> datetime:
    """The last moment to which one law lets an answer be put off."""
    assert law.extension
    day = received.astimezone(ZoneInfo(zone)).date()
    return end_of(last_day(law, law.extension.longest, day), zone)


def reasons_to_extend(home: Home, right: str) -> list[str]:
    """The reasons that every law that applies accepts for putting an answer off."""
    applying = laws.applying(home.country, home.region, right)
    if any(law.extension is None for law in applying):
        return []
    accepted: Iterable[str] = applying[0].extension.reasons if applying[0].extension else ()
    return [reason for reason in accepted if all(law.extension and reason in law.extension.reasons for law in applying)]


def last_day(law: Law, clock: Clock, day: date) -> date:
    """The last day of a span that begins with the receipt on *day*."""
    if clock.unit is Unit.WORKING_DAYS:
        return working_days_after(law, day, clock.number)
    end = day + (relativedelta(months=clock.number) if clock.unit is Unit.MONTHS else timedelta(days=clock.number))
    while clock.rolls and not is_working_day(law, end):
        end += ONE_DAY
    return end


def working_days_after(law: Law, day: date, number: int) -> date:
    """The working day that is so many after *day*."""
    while number:
        day += ONE_DAY
        number -= is_working_day(law, day)
    return day


def is_working_day(law: Law, day: date) -> bool:
    """Whether people work on that day where the law holds."""
    return bool(_calendar(*CALENDARS[law.key]).is_working_day(day))


@lru_cache(16)
def _calendar(country: str, subdivision: str | None) -> Any:
    """The public holidays of a country; it adds years as they are asked for."""
    return holidays.country_holidays(country, subdiv=subdivision)


def end_of(day: date, zone: str) -> datetime:
    """The last moment of a day in a time zone, in UTC."""
    next_day = datetime.combine(day + ONE_DAY, time(0), ZoneInfo(zone))
    return next_day.astimezone(UTC) - timedelta(microseconds=1)
