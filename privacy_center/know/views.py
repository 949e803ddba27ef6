"""The pages of this room: the overview, what we hold and why, the records themselves."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_login import current_user

from privacy_center.core import clock
from privacy_center.core.access import open_to_all
from privacy_center.core.pages import show
from privacy_center.datamap import policy
from privacy_center.know import counting

bp = Blueprint("know", __name__)


@bp.get("/")
@open_to_all("The front page says what this is and where to sign in; signed in, it is the person's own overview.")
def overview() -> Response:
    """What we hold in pictures and what needs attention; what this site is, to whoever is not signed in."""
    if not current_user.is_authenticated:
        return show("know/landing.html", controller=policy.CONTROLLER)
    return show("know/overview.html", held=counting.held(current_user), counted_at=clock.now())


@bp.get("/know")
def index() -> Response:
    """All that we hold about the person and why: the data map read aloud."""
    return show("know/index.html", held=counting.held(current_user), policy=policy, counted_at=clock.now())
