"""The person's requests: all of them."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_login import current_user

from privacy_center.core import pages
from privacy_center.core.db import microseconds, moment
from privacy_center.core.pages import show
from privacy_center.rights.models import Request
from privacy_center.rights.shown import tone

bp = Blueprint("rights", __name__)

PAGE = 20
LIST = "requests"


@bp.get("/requests")
def index() -> Response:
    """Requests that somebody has to act on, and those that are over."""
    place = pages.place(LIST, request.args.get("after"), (int, int))
    mine = Request.owned_by(current_user)
    unfinished = [] if place else list(mine.where(Request.unfinished()))
    over = mine.where(~Request.unfinished())
    if place:
        at, number = moment(place[0]), place[1]
        over = over.where((Request.received_at < at) | ((Request.received_at == at) & (Request.id < number)))
    found = list(over.limit(PAGE + 1))
    last = found[PAGE - 1] if len(found) > PAGE else None
    older = pages.cursor(LIST, microseconds(last.received_at), last.id) if last else None
    return show("rights/index.html", unfinished=unfinished, over=found[:PAGE], older=older, first=place is None, tone=tone)
