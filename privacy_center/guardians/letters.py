"""Letters between a guardian and us, and the guardian's own acts upon a report that was sent."""

from __future__ import annotations

from datetime import timedelta

from privacy_center.core import audit, clock, jobs
from privacy_center.core.db import database
from privacy_center.guardians import links, pausing, states, telling, words
from privacy_center.guardians.models import Letter, Report

LONGEST = 10_000
MOST_A_DAY = 20  # of one side, so that a link that was shared floods nobody


class TooManyLetters(Exception):
    """Enough was written for a day."""


def from_guardian(report: Report, text: str) -> Letter:
    """Write to us; twice the same, as from a double press, is one letter. Raises TooManyLetters."""
    ours = Letter.select().where((Letter.report == report.id) & (Letter.direction == words.TO_US))
    newest = ours.order_by(Letter.id.desc()).first()
    if newest and newest.words == text:
        return newest  # type: ignore[no-any-return]
    if ours.where(Letter.written_at > clock.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyLetters
    with database.atomic():
        Report.update(answer_by=None, touched_at=clock.now()).where(Report.id == report.id).execute()
        return Letter.create(report=report, direction=words.TO_US, words=text)


def from_us(report: Report, text: str, *, by: int, answer_within: timedelta | None = None) -> Letter:
    """Write to the guardian, in a transaction with the mail that says that there is a letter; perhaps an answer is awaited."""
    with database.atomic():
        made: Letter = Letter.create(report=report, direction=words.FROM_US, words=text, author=by)
        if answer_within:
            Report.update(answer_by=clock.now() + answer_within).where((Report.id == report.id) & Report.state.in_(words.OPEN)).execute()
        jobs.start(telling.NEWS, report.id)
        audit.write("letter written", actor=f"staff:{by}", subject=f"report:{report.id}")
    return made


def withdraw(report: Report) -> bool:
    """Take the report back; False when it is over already. An account that is paused for it is paused no more."""
    with database.atomic():
        if not states.move(report, words.WITHDRAWN, "withdrawn", answer_by=None):
            return False
        pausing.lift(report, by="system")
        jobs.start(telling.NEWS, report.id)
        audit.write("report withdrawn", actor="visitor", subject=f"report:{report.id}")
    return True


def relink(report: Report) -> bool:
    """Make a new link, mail it to the proved address, and let older ones open nothing more."""
    with database.atomic():
        if not links.make_new(report):
            return False
        if not report.is_draft:
            states.note(report, "relinked")
        telling.send_link(report)
    return True
