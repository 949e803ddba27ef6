"""The mail that closing has begun, and the end of the seven days; with the sweep that sees to it that the end comes."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, mail
from privacy_center.core.db import database
from privacy_center.core.jobs import JobFailed, Work
from privacy_center.erasure import closure as closing
from privacy_center.erasure.erased import Closure


@jobs.job(closing.TELL, attempts=12)
def tell(work: Work) -> None:
    """Mail that the account is closing, until when it can be kept, and where."""
    closure = Closure.get_or_none((Closure.id == work.subject) & Closure.ended_at.is_null())
    if closure is None or work.has_done("mailed"):
        return
    user = User.get_by_id(closure.user_id)
    if user.email:
        page = f"{current_app.config['SETTINGS'].base_url}/account/closure"
        mail.send(user.email, "account_closing", language=user.language, page=page, ends_at=closure.ends_at)
    with work.step("mailed"):
        pass


@jobs.job(closing.CLOSE, attempts=12)
def close(work: Work) -> None:
    """Close an account for good when its seven days are over, unless its person has kept it."""
    closure = Closure.get_or_none((Closure.id == work.subject) & Closure.ended_at.is_null())
    if closure is None or closure.ends_at > clock.now() or work.has_done("closed"):
        return
    try:
        closing.cancel_subscription(User.get_by_id(closure.user_id))
    except closing.SubscriptionStands:
        raise JobFailed("The subscription could not be cancelled, so the account is not closed.") from None
    with work.step("closed"):
        closing.close_when_due(closure)


@jobs.sweep("accounts to close", every=timedelta(minutes=10))
def close_due() -> int:
    """Begin to close what has had its seven days and nobody works on, because the job was given up or is lost; returns how many."""
    due = [each.id for each in Closure.select().where(Closure.ended_at.is_null() & (Closure.ends_at <= clock.now()))]
    lost = [number for number in due if not jobs.unfinished(closing.CLOSE, number)]
    for number in lost:
        with database.atomic():
            jobs.start(closing.CLOSE, number)
    return len(lost)
