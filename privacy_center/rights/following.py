"""Following what a machine carries out for a request, and closing the request with its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from privacy_center.core import audit, clock
from privacy_center.core.db import database
from privacy_center.erasure.erased import Erasure
from privacy_center.exports.models import Export
from privacy_center.rights import links
from privacy_center.rights.models import Request
from privacy_center.rights.states import move
from privacy_center.rights.telling import tell
from privacy_center.rights.words import FULFILLED, GRANTED, OPEN

FOLLOW = "rights.follow"
LOOKS_AGAIN = (timedelta(seconds=3), timedelta(minutes=10))  # at first, and at most


@dataclass(frozen=True)
class Result:
    """What came of a request that a machine carried out: in words, and the page where it is."""

    words: str
    href: str


def finish(request: Request) -> bool:
    """Close a request whose result is there."""
    with database.atomic():
        closed = move(request, FULFILLED, by="system", because="fulfilled", decision=GRANTED, answered_at=clock.now())
        if closed:
            audit.write("request fulfilled", actor="system", person=request.user_id, subject=f"request:{request.id}")
            tell(request, "answered")
    return closed


def hand_over(request: Request) -> bool:
    """What was begun could not be done: an officer takes over, and it may be begun again."""
    with database.atomic():
        return move(request, OPEN, by="system", because="failed", executed_at=None, executed_by=None)


def follow(request: Request) -> bool:
    """Look how far what carries it out is, and close or hand over the request; True when nothing more is to be waited for."""
    if request.is_final or not request.executed_by:
        return True
    kind, _colon, number = request.executed_by.partition(":")
    state = {"export": _state_of_copy, "erasure": _state_of_erasure}[kind](int(number))
    if state == "done":
        finish(request)
    elif state == "failed":
        hand_over(request)
    return state != "waiting"


def _state_of_copy(number: int) -> str:
    copy = Export.get_or_none(Export.id == number)
    if copy is None:
        return "failed"
    if copy.ready_at:
        return "done"
    return "waiting" if copy.is_unfinished else "failed"


def _state_of_erasure(number: int) -> str:
    erasure = Erasure.get_or_none(Erasure.id == number)
    if erasure is None:
        return "failed"
    return "done" if erasure.purged_at else "waiting"  # an erasure goes on until it is done, however often it fails


def result(request: Request) -> Result | None:
    """Where the person finds what came of it; None while there is nothing, or an officer answered."""
    if request.state != FULFILLED or not request.executed_by:
        return None
    kind, _colon, number = request.executed_by.partition(":")
    if kind == "export":
        return Result(gettext("Download your copy"), url_for("rights.copy", reference=links.name_of(request)))
    if kind == "erasure":
        code: Any = Erasure.select(Erasure.code).where(Erasure.id == int(number)).scalar()
        return Result(gettext("Receipt of the erasure"), url_for("erasure.receipt", code=code)) if code else None
    if kind == "know":
        return Result(gettext("What we hold about you"), url_for("know.index"))
    return Result(gettext("Your choices"), url_for("consent.choices"))
