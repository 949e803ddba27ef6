"""Who talks with ZCode about what, how often, and since when."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from privacy_center.sandbox.demo import scenario
from privacy_center.sandbox.demo.lines import Line
from privacy_center.sandbox.demo.moments import spread
from privacy_center.sandbox.demo.oddities import oddities
from privacy_center.sandbox.demo.scenario import Scenario
from privacy_center.sandbox.demo.telling import tell


@dataclass(frozen=True)
class Habits:
    """How somebody uses ZCode: conversations in each language, for how many days, in which time zone, from where."""

    english: int
    chinese: int
    days: int
    zone: int
    time_zone: str
    region: str
    events: int
    visits: int
    oddities: bool = False


HABITS = {
    "zai-mei": Habits(english=218, chinese=28, days=720, zone=8, time_zone="Asia/Singapore", region="SG", events=1500, visits=200, oddities=True),
    "zai-jun": Habits(english=7, chinese=84, days=540, zone=8, time_zone="Asia/Shanghai", region="CN", events=600, visits=80),
    "zai-alex": Habits(english=12, chinese=0, days=8, zone=-8, time_zone="America/Los_Angeles", region="US", events=90, visits=30),
    "zai-sam": Habits(english=40, chinese=0, days=330, zone=0, time_zone="Europe/London", region="GB", events=240, visits=60),
}
OPENERS = ("webhook-twice", "payment-callback")


def conversations(subject: str, now: datetime) -> Iterator[Line]:
    """The lines of all conversations of *subject*, oldest first."""
    habits = HABITS[subject]
    chance = random.Random(f"repertoire of {subject}")  # noqa: S311  (variety, not secrecy)
    chosen = [*turns_at("en", habits.english), *turns_at("zh", habits.chinese), *((each, 0) for each in oddities() if habits.oddities)]
    chance.shuffle(chosen)
    chosen.sort(key=lambda each: each[1] == 0 and each[0].name in OPENERS)  # the newest one is a good one to begin with
    moments = spread(chance, len(chosen), now=now, days=habits.days, zone=habits.zone)
    for (told, number), begins in zip(chosen, moments, strict=True):
        yield from tell(told, subject=subject, number=number, begins=begins, now=now)


def turns_at(shelf: str, count: int) -> list[tuple[Scenario, int]]:
    """*count* tellings from a shelf, every scenario as often as the others, each time in another variation."""
    shelved = scenario.all_of(shelf)
    return [(shelved[number % len(shelved)], number // len(shelved)) for number in range(count)]
