"""The queue: requests by the day on which we owe the answer, page by page from a place in the list; nothing in it is personal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext

from privacy_center.core import clock, pages
from privacy_center.core.db import microseconds
from privacy_center.desk.filters import PROMISED, SOON, VIEWS, Filters, read
from privacy_center.desk.models import Staff
from privacy_center.rights.homes import country_name
from privacy_center.rights.laws import TITLES
from privacy_center.rights.models import Request
from privacy_center.rights.words import RIGHTS

PAGE = 50
LIST = "desk"
# What the list shows, and no more: what people wrote, and who they are, is not even read.
SHOWN = (
    Request.id,
    Request.reference,
    Request.right,
    Request.state,
    Request.law,
    Request.country,
    Request.region,
    Request.zone,
    Request.received_at,
    Request.due_at,
    Request.extended_until,
    Request.ended_at,
    Request.answered_at,
    Request.decision,
    Request.executed_at,
    Request.assigned_to,
    Request.user,
    Request.person_wrote_at,
    Request.we_wrote_at,
)


@dataclass(frozen=True)
class Row:
    """One request as the queue has it."""

    request: Request
    officer: str

    @property
    def title(self) -> Any:
        """Which right."""
        return RIGHTS[self.request.right]

    @property
    def where(self) -> str:
        """Where the person lives, as far as we know."""
        country = country_name(self.request.country) if self.request.country else gettext("Not said")
        return f"{country}, {self.request.region}" if self.request.region else country

    @property
    def law(self) -> Any:
        """The law of that place."""
        return TITLES[self.request.law]

    @property
    def law_in_short(self) -> str:
        """The same without where it holds, which stands beside it."""
        return re.split(r"\s*[(（]", str(self.law))[0]

    @property
    def wrote(self) -> bool:
        """Whether the person has written since we did."""
        theirs, ours = self.request.person_wrote_at, self.request.we_wrote_at
        return theirs is not None and (ours is None or theirs > ours)

    @property
    def days_left(self) -> int:
        """How many days are left, in the person's calendar; below nothing when it is over."""
        return (self.request.promised_on - self.request.on(clock.now())).days

    @property
    def is_soon(self) -> bool:
        """Whether a week or less is left."""
        return timedelta(days=self.days_left) <= SOON


@dataclass(frozen=True)
class Page:
    """One page of the queue, and what is around it."""

    rows: list[Row]
    total: int
    later: str | None
    first: bool


def page(filters: Filters, after: str | None) -> Page:
    """The page that begins after the cursor; the first when there is none, or a forged one."""
    conditions = filters.conditions()
    place = pages.place(LIST, after, (int, int))
    wanted = conditions & ((place[0] < PROMISED) | ((place[0] == PROMISED) & (Request.id > place[1]))) if place else conditions
    found = list(Request.select(*SHOWN).where(wanted).order_by(PROMISED, Request.id).limit(PAGE + 1))
    names = names_of_staff()
    rows = [Row(each, names.get(each.assigned_to or 0, "")) for each in found[:PAGE]]
    later = None
    if len(found) > PAGE:
        last = found[PAGE - 1]
        later = filters.address(after=pages.cursor(LIST, microseconds(last.promised), last.id))
    return Page(rows, Request.select().where(conditions).count(), later, place is None)


def every(filters: Filters) -> Any:
    """All requests of a look at the queue, in its order, one after the other."""
    names = names_of_staff()
    for each in Request.select(*SHOWN).where(filters.conditions()).order_by(PROMISED, Request.id).iterator():
        yield Row(each, names.get(each.assigned_to, ""))


def counts(staff: Staff) -> dict[str, int]:
    """How many each tab of the queue holds."""
    return {view: Request.select().where(read({"view": view}, staff).conditions()).count() for view in ("", *VIEWS)}


def overdue(staff: Staff) -> int:
    """How many are past their date."""
    return int(Request.select().where(read({"due": "over"}, staff).conditions()).count())


def names_of_staff() -> dict[int, str]:
    """What each member of staff is called, by number; those who left, too."""
    return {each.id: each.display_name for each in Staff.select()}


def officers() -> list[Staff]:
    """Those to whom a request may be given."""
    return [each for each in Staff.serving().order_by(Staff.id) if each.is_officer]
