"""When things happen: more in recent months, on working days and in working hours, less in August and at the turn of the year."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

HOURS = {8: 3, 9: 9, 10: 10, 11: 8, 12: 3, 13: 5, 14: 9, 15: 9, 16: 8, 17: 6, 18: 3, 19: 2, 20: 4, 21: 5, 22: 3, 23: 1}
QUIET_MONTHS = {8: 0.45, 12: 0.6, 2: 0.75}


def spread(chance: random.Random, count: int, *, now: datetime, days: int, zone: int) -> list[datetime]:
    """*count* moments in the last *days* days, oldest first, as somebody *zone* hours east of Greenwich lives."""
    offsets = range(days)
    weights = [weight((now - timedelta(days=back)) + timedelta(hours=zone), back / days) for back in offsets]
    found = []
    for back in chance.choices(offsets, weights, k=count):
        hour = chance.choices(list(HOURS), list(HOURS.values()))[0]
        midnight = (now + timedelta(hours=zone) - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0)
        moment = midnight - timedelta(hours=zone) + timedelta(hours=hour, seconds=chance.randrange(3600))
        found.append(moment if moment < now else moment - timedelta(days=1))
    found.sort()
    found[-1] = now - timedelta(minutes=47)  # the last one is always of today
    return found


def weight(day: datetime, age: float) -> float:
    """How likely something happens on a day, by its place in the week and the year and by its age (0 today, 1 oldest)."""
    weekend = 0.22 if day.weekday() >= 5 else 1.0
    return weekend * QUIET_MONTHS.get(day.month, 1.0) * (1.1 - age) ** 1.9


def iso(moment: datetime) -> str:
    """RFC 3339 in UTC, as the feed has it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
