"""Who comes in at the desk: staff, who confirmed within 15 minutes that it is them; and who of them may act."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import abort, g, request
from flask_login import current_user
from werkzeug.wrappers import Response

from privacy_center.accounts import step_up
from privacy_center.core import access
from privacy_center.desk import staff
from privacy_center.desk.models import Staff

LOOKS = ("GET", "HEAD", "OPTIONS")


def at_the_door() -> Response | None:
    """Before every page of the desk. For who isn't staff it isn't there; auditors look and change nothing.

    It stands before the blueprint and not on each view, so that no page of the desk can be without it.
    """
    if not current_user.is_authenticated:
        return None  # the house leads them to the sign-in
    place = Staff.of(current_user)
    if place is None and (step_up.is_confirmed() or staff.waits_for(current_user) is None):
        abort(404)
    if not step_up.is_confirmed():
        return access.lead_to(step_up.CONFIRM)
    if place is None:
        abort(404)
    if request.method not in LOOKS and not place.is_officer:
        abort(403)
    g.staff = place
    return None


def who_is_here() -> dict[str, Any]:
    """What every page of the desk knows: the member of staff who looks at it."""
    return {"staff": g.get("staff")}


def not_here() -> NoReturn:
    """Answer as if there had never been anything at this address."""
    abort(404)


def here() -> Staff:
    """The member of staff at whose request this is, in a page of the desk: there is one."""
    found: Staff = g.staff
    return found
