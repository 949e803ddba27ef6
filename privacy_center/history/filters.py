"""What a person narrows their history by, read from the address; what can't be read is said and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext, lazy_gettext

from privacy_center.core.db import microseconds
from privacy_center.history.calendar import calendar, midnight

# Where, in one word, as a line of facts has it; the record itself says it in the data map's words.
SOURCES = {
    "desktop": lazy_gettext("Desktop"),
    "cli": lazy_gettext("Terminal"),
    "web": lazy_gettext("Web"),
    "mobile": lazy_gettext("Phone"),
    "bot": lazy_gettext("Bot"),
}
LONGEST = 400
UNQUOTED = "!$'()*,/:;?@"  # as in all other addresses
NAMES = ("q", "from", "to", "model", "source", "workspace", "archived")


@dataclass(frozen=True)
class Chip:
    """One chosen filter in words, and the address without it."""

    words: str
    without: str


@dataclass
class Filters:
    """The search words and filters of one look at the history."""

    path: str  # of the history itself; asked for once, as a page names it five times
    typed: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    since: date | None = None
    until: date | None = None

    @property
    def words(self) -> str:
        """What is searched for, as it was typed."""
        return self.typed["q"]

    @property
    def everywhere(self) -> str:
        """The address of the same search without filters."""
        return self.address(**dict.fromkeys(NAMES[1:], ""))

    @property
    def narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return any(self.typed[name] for name in NAMES[1:])

    def address(self, **changed: str) -> str:
        """The address of the history narrowed in the same way, but for what is *changed*."""
        wanted = {name: value for name, value in {**self.typed, **changed}.items() if value}
        return f"{self.path}?{urlencode(wanted, safe=UNQUOTED)}" if wanted else self.path

    def conditions(self) -> tuple[str, list[Any]]:
        """SQL that the conversations must meet (beginning with AND, if anything), and its parameters."""
        clauses = ""
        parameters: list[Any] = []
        for name in ("model", "source", "workspace"):
            if self.typed[name]:
                clauses += f" AND c.{name} = ?"
                parameters.append(self.typed[name])
        if self.typed["archived"] in ("yes", "no"):
            clauses += " AND c.archived = ?"
            parameters.append(self.typed["archived"] == "yes")
        if self.since:
            clauses += " AND c.active_at >= ?"
            parameters.append(microseconds(midnight(self.since)))
        if self.until:
            clauses += " AND c.active_at < ?"
            parameters.append(microseconds(midnight(self.until)) + 86_400_000_000)
        return clauses, parameters

    def chips(self) -> list[Chip]:
        """The filters that are in force, each to be taken off."""
        dates, found = calendar(), []
        if self.since:
            found.append(Chip(gettext("since %(day)s", day=dates.day(self.since)), self.address(**{"from": ""})))
        if self.until:
            found.append(Chip(gettext("until %(day)s", day=dates.day(self.until)), self.address(to="")))
        for name in ("model", "source", "workspace"):
            if value := self.typed[name]:
                found.append(Chip(str(SOURCES.get(value, value)) if name == "source" else value, self.address(**{name: ""})))
        if archived := self.typed["archived"]:
            words = gettext("archived in ZCode") if archived == "yes" else gettext("not archived")
            found.append(Chip(words, self.address(archived="")))
        return found


def read(arguments: Mapping[str, str]) -> Filters:
    """The filters out of an address. Never fails: a date that is none becomes a problem, said beside its field."""
    # PostgreSQL takes no NUL in a text, and nothing that is stored has one.
    typed = {name: arguments[name].replace("\0", "").strip()[:LONGEST] if name in arguments else "" for name in NAMES}
    if typed["archived"] not in ("yes", "no"):
        typed["archived"] = ""
    filters = Filters(url_for("history.index"), typed)
    filters.since = _day(filters, "from")
    filters.until = _day(filters, "to")
    if filters.since and filters.until and filters.until < filters.since:
        filters.problems["to"] = gettext("Choose an end that is not before the beginning. We left the end out.")
        filters.until = None
    return filters


def _day(filters: Filters, name: str) -> date | None:
    """The day that was typed; a problem and None when it isn't one."""
    if not (text := filters.typed[name]):
        return None
    try:
        day = date.fromisoformat(text)
        return day if day + timedelta(days=1) else None
    except (ValueError, OverflowError):
        filters.unreadable.add(name)
        filters.problems[name] = gettext("Give the day as year-month-day, like 2026-11-17. We left it out.")
        return None
