"""Pausing the account that a report is about, and ending that: by the restriction that people can ask for themselves, kept by two sides.

A pause harms nothing: the data stay, the person reads them as before, hears of it at once and can answer.
"""

from __future__ import annotations

from datetime import timedelta

from privacy_center.accounts.models import User
from privacy_center.consent import recording
from privacy_center.consent.basis import Answer
from privacy_center.consent.models import ConsentRecord
from privacy_center.core import clock, jobs
from privacy_center.core.db import database
from privacy_center.guardians import states, telling, words
from privacy_center.guardians.models import Concern, Report

RESTRICTION = "restriction"
ANSWER_WITHIN = timedelta(days=7)


def pause(report: Report, account: User, *, by: str) -> Concern:
    """Restrict what is done with the account's data, tell its person, and let them answer; in a transaction of the caller's."""
    User.locked(account.id)
    before = ConsentRecord.newest(account, RESTRICTION)
    restricted = before is not None and before.answer == Answer.RESTRICT
    others = Concern.select().where((Concern.user == account) & (Concern.state == words.ASKED)).order_by(Concern.id).first()
    own = restricted and (others is None or others.was_restricted)
    concern, made = Concern.get_or_create(user=account, report=report.id, defaults={"answer_by": clock.now() + ANSWER_WITHIN, "was_restricted": own})
    if not made:
        again = {"state": words.ASKED, "asked_at": clock.now(), "answer_by": clock.now() + ANSWER_WITHIN, "ended_at": None, "was_restricted": own}
        Concern.update(**again).where(Concern.id == concern.id).execute()
    if not restricted:
        recording.record(account, RESTRICTION, Answer.RESTRICT, method="guardian", language=account.language or "en", by=by)
    jobs.start(telling.CONCERN, concern.id)
    return concern


def lift(report: Report, *, by: str, decided: bool = False) -> bool:
    """End the pause that this report brought about; what the person restricted themselves, or another report pauses, stays. False if there is none."""
    found: Concern | None = Concern.select().where((Concern.report == report.id) & (Concern.state == words.ASKED)).first()
    if found is None:
        return False
    with database.atomic():
        account = User.locked(found.user_id)
        over = {"state": words.ENDED if decided else words.LIFTED, "ended_at": clock.now()}
        if not Concern.update(**over).where((Concern.id == found.id) & (Concern.state == words.ASKED)).execute():
            return False
        if not found.was_restricted and not is_paused(account.id):
            recording.record(account, RESTRICTION, Answer.LIFT, method="guardian", language=account.language or "en", by=by)
        jobs.start(telling.CONCERN_OVER, found.id)
    return True


@recording.held_by
def is_paused(person: int) -> bool:
    """Whether a report holds the account of that number, so that its person alone can't end the restriction."""
    return bool(Concern.select().where((Concern.user == person) & (Concern.state == words.ASKED)).exists())


def answer(concern: Concern, said: str, text: str) -> bool:
    """Keep what the account's person answers; False when it is over."""
    with database.atomic():
        kept = Concern.update(answer=said, answer_words=text, answered_at=clock.now()).where((Concern.id == concern.id) & (Concern.state == words.ASKED))
        if not kept.execute():
            return False
        report = Report.get_or_none(Report.id == concern.report)
        if report and report.is_open:
            states.note(report, "answered")
    return True
