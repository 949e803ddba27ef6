"""Which account a request made without signing in may be about: only exact matches, each with why, and no more shown than tells them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.desk.models import Staff
from privacy_center.rights.models import Letter, Request
from privacy_center.rights.words import FROM_PERSON
from privacy_center.subscription.models import Order

MOST = 10
MOST_WORDS = 200  # of one request that are looked up
ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+\.[^\s<>()\[\]\"',;:.]+")
WORD = re.compile(r"[\w-]{6,80}")


@dataclass(frozen=True)
class Candidate:
    """An account that a request may be about, and why it is thought of."""

    user: User
    because: list[str]

    @property
    def address(self) -> str:
        """The account's address, with all but its ends covered."""
        return covered(self.user.email)

    @property
    def since(self) -> datetime:
        """Since when the account is known."""
        return self.user.created_at or self.user.opened_at


def covered(address: str | None) -> str:
    """An e-mail address that whoever knows it recognises, and nobody else can use: m•••n@example.com."""
    if not address or "@" not in address:
        return ""
    name, _, host = address.rpartition("@")
    return f"{name[0]}•••{name[-1] if len(name) > 2 else ''}@{host}"


def candidates(request: Request, staff: Staff) -> list[Candidate]:
    """The accounts that a request without one may be about; never an officer's own."""
    if request.user_id is not None:
        return []
    reasons: dict[int, list[str]] = {}
    users: dict[int, User] = {}
    for found, because in _matches(request):
        for user in found.where(User.id != staff.user_id).limit(MOST) if staff.user_id else found.limit(MOST):
            users[user.id] = user
            reasons.setdefault(user.id, []).append(because)
    return [Candidate(users[number], reasons[number]) for number in list(users)[:MOST]]


def _matches(request: Request) -> list[tuple[Any, str]]:
    """Each way in which an account may match, as a query and its sentence."""
    text = "\n".join(each.words for each in Letter.select().where((Letter.request == request) & (Letter.direction == FROM_PERSON)))
    named = [each.casefold() for each in ADDRESS.findall(text)][:MOST_WORDS]
    words = WORD.findall(text)[:MOST_WORDS]
    found: list[tuple[Any, str]] = []
    if request.email:
        found.append((User.select().where(fn.LOWER(User.email) == request.email.casefold()), gettext("It has the address of this request.")))
    if named:
        found.append((User.select().where(fn.LOWER(User.email).in_(named)), gettext("A letter of the person’s names its address.")))
    if words:
        orders = Order.select(Order.user).where(Order.order_number.in_(words))
        found.append((User.select().where(User.subject.in_(words)), gettext("A letter of the person’s names its Z.ai user id.")))
        found.append((User.select().where(User.id.in_(orders)), gettext("A letter of the person’s names the number of an order of its.")))
    return found
