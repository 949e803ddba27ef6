"""Deletions asked for and confirmed over HTTP, and taken back behind the site's back, so that each can be timed again and again."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from benchmarks.client import Client
from benchmarks.effort import Effort
from benchmarks.timing import Timing
from privacy_center.core.db import database
from privacy_center.core.jobs import Job
from privacy_center.erasure.models import Deletion
from privacy_center.history.veils import Veil

ONE, OLDER_HALF, EVERYTHING = "one", "the older half", "everything"
ASKING, SEEING, CONFIRMING, ALTOGETHER = "asking", "the page that asks back", "confirming", "altogether"
MINE, OTHERS = "their history page", "another person's history page"
SEEN, CSRF = (re.compile(f'name="{name}" value="([^"]*)"') for name in ("seen", "csrf_token"))
FORMS = "/history/deletions"


@dataclass
class Asked:
    """What was timed, by what was deleted: the requests, and history pages without the deletion and with it."""

    requests: dict[tuple[str, str], Timing] = field(default_factory=lambda: defaultdict(Timing))
    without: dict[tuple[str, str], Timing] = field(default_factory=lambda: defaultdict(Timing))
    hidden: dict[tuple[str, str], Timing] = field(default_factory=lambda: defaultdict(Timing))


class Desk:
    """Where one person's deletions are asked for; somebody else looks at their own history meanwhile."""

    def __init__(self, client: Client, other: Client) -> None:
        self.client, self.other = client, other
        self.csrf = _value(CSRF, client.visit(FORMS))
        other.visit("/history")

    def ask(self, form: dict[str, str]) -> str:
        """Ask for a deletion; returns the address of the page that asks back."""
        return self.client.submit(FORMS, {"csrf_token": self.csrf, **form})

    def confirm(self, address: str, page: bytes) -> None:
        """Confirm what the page says."""
        self.client.submit(f"{address}/confirmation", {"csrf_token": self.csrf, "seen": _value(SEEN, page)})

    def pages(self, each: int) -> dict[str, list[float]]:
        """How long both persons' history pages take now."""
        clients = {MINE: self.client, OTHERS: self.other}
        return {whose: [client.seconds_for("/history") for _ in range(each)] for whose, client in clients.items()}

    def look(self) -> float:
        """How long somebody else's history page takes now."""
        return self.other.seconds_for("/history")


def time_requests(desk: Desk, forms: dict[str, dict[str, str]], effort: Effort) -> Asked:
    """Ask for each deletion and confirm it, round by round; the order turns round with every round."""
    found = Asked()
    for number in range(effort.rounds + 1):
        for what in list(forms)[:: 1 if number % 2 else -1]:
            taken = _once(desk, forms[what], max(3, effort.each // 10))
            if number:  # the first round warms up
                for kept, by_name in zip((found.requests, found.without, found.hidden), taken, strict=True):
                    for name, seconds in by_name.items():
                        kept[what, name].rounds.append(seconds)
    return found


def _once(desk: Desk, form: dict[str, str], each: int) -> tuple[dict[str, list[float]], ...]:
    """Ask, see and confirm one deletion, and take it back: the seconds of the requests, of pages before, of pages after."""
    without, steps = desk.pages(each), Steps()
    address = steps.time(ASKING, partial(desk.ask, form))
    page = steps.time(SEEING, partial(desk.client.page, address))
    steps.time(CONFIRMING, partial(desk.confirm, address, page))
    hidden = desk.pages(each)
    take_back(int(address.rpartition("/")[2]))
    return {**steps.taken, ALTOGETHER: [sum(seconds for [seconds] in steps.taken.values())]}, without, hidden


@dataclass
class Steps:
    """How long each step took."""

    taken: dict[str, list[float]] = field(default_factory=dict)

    def time(self, name: str, doing: Callable[[], Any]) -> Any:
        """Do a step; returns what it returns."""
        begun = time.perf_counter()
        done = doing()
        self.taken[name] = [time.perf_counter() - begun]
        return done


def take_back(number: int) -> None:
    """Undo a deletion that nobody has begun to purge; no page offers that."""
    with database.atomic():
        Veil.delete().where(Veil.id.in_(Deletion.select(Deletion.veil).where(Deletion.id == number))).execute()
        Deletion.delete().where(Deletion.id == number).execute()
        Job.delete().where((Job.kind == "erasure.purge") & (Job.subject == number)).execute()


def _value(pattern: re.Pattern[str], page: bytes) -> str:
    """What a hidden field of the page's form carries."""
    found = pattern.search(page.decode())
    assert found, "The page has no such field."
    return found[1]
