"""Mailing people, slice by slice; and going on where it stood still."""

from __future__ import annotations

from datetime import timedelta

from privacy_center.core import jobs
from privacy_center.core.db import database
from privacy_center.core.jobs import Work
from privacy_center.policy import mailing
from privacy_center.policy.models import Mailing

PAUSE = timedelta(minutes=15)


def _gave_up(subject: int, reason: str) -> None:
    """Say on the mailing why it stands still."""
    Mailing.update(trouble=reason).where(Mailing.id == subject).execute()


@jobs.job(mailing.MAIL, attempts=12, gave_up=_gave_up)
def mail(work: Work) -> None:
    """Mail one slice of people, and let another job do the next, so that other work has its turn."""
    found = Mailing.get_or_none((Mailing.id == work.subject) & Mailing.ended_at.is_null())
    if found is None or work.has_done("slice"):
        return
    wait = timedelta(0)
    try:
        if not mailing.mail_slice(work, found):
            return
    except mailing.Pause as pause:
        wait = PAUSE
        Mailing.update(trouble=str(pause)).where(Mailing.id == found.id).execute()
    with work.step("slice"):
        jobs.start(mailing.MAIL, found.id, after=wait)


@jobs.sweep("mailings at a standstill", every=timedelta(hours=1))
def go_on() -> int:
    """Go on with mailings that nobody works on; returns how many."""
    still = [each for each in Mailing.select().where(Mailing.ended_at.is_null()) if not jobs.unfinished(mailing.MAIL, each.id)]
    for each in still:
        with database.atomic():
            jobs.start(mailing.MAIL, each.id)
    return len(still)
