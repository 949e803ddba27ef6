"""The erasure of a person's data as work in the background, and the mail that says where its receipt is."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from privacy_center.accounts.models import User
from privacy_center.core import jobs, mail
from privacy_center.core.jobs import JobFailed, Work
from privacy_center.erasure import closure, person
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.erasing import Erasing
from privacy_center.erasure.jobs import AFTER_ANOTHER, SCRUB

ASKING_STRIPE = timedelta(seconds=60)


def _erasing_gave_up(subject: int, reason: str) -> None:
    """Say on the erasure's page that it needs a person."""
    Erasure.update(trouble=reason).where(Erasure.id == subject).execute()


@jobs.job(person.ERASE, attempts=12, gave_up=_erasing_gave_up)
def erase(work: Work) -> None:
    """Carry out one erasure of a person's data, then let the engine's files be cleaned."""
    erasure = Erasure.get_by_id(work.subject)
    if erasure.removed_at:
        return
    if erasure.whole:
        _end_subscription(work, erasure)
    erasing = Erasing(work, erasure)
    if not erasing.run():
        with work.chunk():
            jobs.start(person.ERASE, erasure.id, after=AFTER_ANOTHER)
        return
    with work.step("removed"):
        erasing.conclude()
        jobs.start(SCRUB, erasure.id)


def _end_subscription(work: Work, erasure: Erasure) -> None:
    """See to it that nothing is charged any more, before what is needed to say so is gone: officers may have decided, and not the person."""
    if work.has_done("subscription"):
        return
    work.heartbeat(ASKING_STRIPE)
    try:
        closure.cancel_subscription(User.get_by_id(erasure.user_id))
    except closure.SubscriptionStands:
        raise JobFailed("The subscription could not be cancelled yet. What was to be erased is hidden, and goes as soon as it is.") from None
    with work.step("subscription"):
        pass


@jobs.job(person.FAREWELL, attempts=8)
def farewell(work: Work) -> None:
    """Mail that the account is closed and where its receipt is, while there still is an address."""
    erasure = Erasure.get_by_id(work.subject)
    user = User.get_by_id(erasure.user_id)
    if user.email and not work.has_done("mailed"):
        address = f"{current_app.config['SETTINGS'].base_url}/receipts/{erasure.code}"
        mail.send(user.email, "account_closed", language=user.language, receipt=address)
        with work.step("mailed"):
            pass
