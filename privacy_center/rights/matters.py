"""What of requests needs the person: one that waits for them, one that is answered, one with which we are late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask import url_for
from flask_babel import gettext

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.core.every_page import ask_on_every_page
from privacy_center.core.matters import Matter, source
from privacy_center.rights.models import Request
from privacy_center.rights.words import DENIED, FULFILLED, WAITING_FOR_YOU

# How many requests somebody still has to act on, for the navigation.
ask_on_every_page("open_requests", "SELECT count(*) FROM rights_request WHERE user_id = ? AND ended_at IS NULL")
ANSWERS_STAY = timedelta(days=14)
MOST = 10


@source
def requests(user: User) -> Iterable[Matter]:
    """Those that somebody has to act on, and those that were answered of late."""
    recent = Request.state.in_([FULFILLED, DENIED]) & (Request.ended_at > clock.now() - ANSWERS_STAY)
    for each in Request.owned_by(user).where(Request.unfinished() | recent).limit(MOST):
        yield matter_of(each)


def matter_of(request: Request) -> Matter:
    """What there is to say of one."""
    href, title = url_for("rights.page", reference=request.reference), str(request.title)
    if request.state == WAITING_FOR_YOU:
        return Matter(gettext("Your request waits for your answer"), href, gettext("Answer"), title, request.answer_by, pressing=True)
    if request.is_late:
        return Matter(gettext("We are late with your request"), href, gettext("See what you can do"), title, request.promised, pressing=True)
    if request.is_final:
        return Matter(gettext("Your request is answered"), href, gettext("Read the answer"), title, request.ended_at)
    return Matter(gettext("Your request is being worked on"), href, gettext("See how far it is"), title, request.received_at)
