"""What the queue is narrowed by, read from the address; what is none of the choices is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.core.db import microseconds
from privacy_center.desk import four_eyes
from privacy_center.desk.deciding import DECIDE
from privacy_center.desk.models import Staff
from privacy_center.rights.models import Request
from privacy_center.rights.states import FINAL, WORKED_ON
from privacy_center.rights.words import NEEDS_VERIFICATION

NAMES = ("view", "q", "state", "right", "law", "officer", "due", "account")
VIEWS = ("mine", "nobody", "second", "closed", "unproved")
SOON = timedelta(days=7)
LONGEST = 400
# By when we owe the answer, in the database's microseconds; the queue's order.
PROMISED = fn.COALESCE(Request.extended_until, Request.due_at)


@dataclass(frozen=True)
class Filters:
    """One look at the queue: whose, and narrowed by what."""

    staff: Staff
    typed: dict[str, str]

    @property
    def narrowed(self) -> bool:
        """Whether anything but the view is asked for."""
        return any(value for name, value in self.typed.items() if name != "view")

    def address(self, endpoint: str = "desk.queue", **changed: str) -> str:
        """The address of the queue narrowed in the same way, but for what is *changed*."""
        wanted = {name: value for name, value in {**self.typed, **changed}.items() if value}
        path = url_for(endpoint)
        return f"{path}?{urlencode(wanted)}" if wanted else path

    def conditions(self) -> Any:
        """What the requests must meet; an officer's own are never among them."""
        said = not_own(self.staff) & self._of_view()
        for name, field in (("state", Request.state), ("right", Request.right), ("law", Request.law)):
            if self.typed[name]:
                said &= field == self.typed[name]
        if self.typed["officer"]:
            said &= Request.assigned_to == (int(self.typed["officer"]))
        if self.typed["due"]:
            until = clock.now() if self.typed["due"] == "over" else clock.now() + SOON
            said &= (microseconds(until) > PROMISED) & Request.ended_at.is_null()
        if self.typed["account"]:
            said &= Request.user.is_null()
        return said & sought(self.typed["q"]) if self.typed["q"] else said

    def _of_view(self) -> Any:
        """What belongs to one tab of the queue. Whoever searches finds whatever state it is in."""
        worked_on = Request.state.in_(WORKED_ON)
        view = self.typed["view"]
        if view == "mine":
            return worked_on & (Request.assigned_to == self.staff.id)
        if view == "nobody":
            return worked_on & Request.assigned_to.is_null()
        if view == "second":
            return Request.id.in_([each.subject for each in four_eyes.waiting_for(self.staff) if each.kind == DECIDE])
        if view == "closed":
            return Request.state.in_(FINAL)
        if view == "unproved":
            return Request.state == NEEDS_VERIFICATION
        return Request.id.is_null(False) if self.typed["q"] or self.typed["state"] else worked_on


def read(arguments: Mapping[str, str], staff: Staff) -> Filters:
    """The filters out of an address."""
    typed = {name: arguments.get(name, "").replace("\0", "").strip()[:LONGEST] for name in NAMES}
    allowed: dict[str, tuple[str, ...]] = {"view": VIEWS, "due": ("over", "soon"), "account": ("none",)}
    for name, values in allowed.items():
        typed[name] = typed[name] if typed[name] in values else ""
    officer = typed["officer"]
    typed["officer"] = officer if officer.isascii() and officer.isdigit() and len(officer) < 10 else ""
    return Filters(staff, typed)


def sought(words: str) -> Any:
    """The condition that finds a reference, or part of one, or a whole e-mail address."""
    if "@" in words:
        address = words.casefold()
        of_account = User.select(User.id).where(fn.LOWER(User.email) == address)
        return (fn.LOWER(Request.email) == address) | Request.user.in_(of_account)
    return Request.reference.contains(words.upper())


def not_own(staff: Staff) -> Any:
    """The condition that keeps an officer's own requests from them: of their account, or under one of their addresses."""
    addresses = {each.casefold() for each in (staff.email, staff.user.email if staff.user else None) if each}
    of_others = Request.user.is_null() | (Request.user != staff.user_id)
    return of_others & (Request.email.is_null() | fn.LOWER(Request.email).not_in(list(addresses)))
