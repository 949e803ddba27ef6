"""Requests in any state, for tests: made as people and officers make them."""

from __future__ import annotations

from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core.db import database
from privacy_center.rights import asking
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Request, Step

OFFICER, COLLEAGUE = 7, 8
GERMANY = Home("DE")


def ask(user: User, right: str = "complaint", /, **said: Any) -> Request:
    """A request of somebody who is signed in."""
    return asking.ask(right, user=user, **{"home": GERMANY, "language": "en", "words": "Please look into it.", **said})


def ask_without_account(email: str = "ada@example.net", right: str = "complaint", /, **said: Any) -> Request:
    """A request of somebody who isn't, not verified yet."""
    return asking.ask(right, email=email, **{"home": GERMANY, "language": "en", "words": "Please look into it.", **said})


def again(request: Request) -> Request:
    """The request as it stands in the database now."""
    found: Request = Request.get_by_id(request.id)
    return found


def steps(request: Request) -> list[str]:
    """What its timeline tells, in order."""
    return [step.what for step in request.steps.order_by(Step.id)]


def rewrite(request: Request, **fields: Any) -> Request:
    """The request with fields set to what a test needs."""
    with database.atomic():
        Request.update(**fields).where(Request.id == request.id).execute()
    return again(request)
