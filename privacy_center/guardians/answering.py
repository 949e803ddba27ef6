"""What the desk does with a report. Each act is one transaction: state, timeline, letter, audit entry, mail, and what follows from it.

The desk says which officer acts, by number, and sees to it that nobody decides about themselves. What can't be undone takes two
officers here as well: `decide` and `grant_copy` refuse one and the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import force_locale, gettext

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs
from privacy_center.core.db import database
from privacy_center.datamap.words import Category
from privacy_center.erasure import person
from privacy_center.exports import asking
from privacy_center.exports.contents import Choice
from privacy_center.exports.models import Export
from privacy_center.guardians import letters, matching, pausing, states, telling, words
from privacy_center.guardians.matching import Candidate, candidates
from privacy_center.guardians.models import OnFile, Report

__all__ = ["Candidate", "candidates", "decide", "grant_copy", "lift", "may_decide", "may_grant_copy", "restrict", "take", "write"]

ANSWER_WITHIN = timedelta(days=14)


class SameOfficer(Exception):
    """What can't be undone takes two officers."""


def take(report: Report, *, by: int) -> bool:
    """Begin to look into it; False when somebody else has begun, or it is over."""
    with database.atomic():
        if not states.move(report, words.IN_PROGRESS, "taken", assigned_to=by):
            return False
        audit.write("report taken", actor=f"staff:{by}", subject=f"report:{report.id}")
    return True


def write(report: Report, text: str, *, by: int, wants_answer: bool = False) -> None:
    """Write to the guardian; where an answer is needed, the report is closed when none comes within 14 days, which reminds before."""
    with database.atomic():
        if report.state == words.RECEIVED:
            take(report, by=by)
        letters.from_us(report, text, by=by, answer_within=ANSWER_WITHIN if wants_answer else None)


def restrict(report: Report, account: User, by: int) -> bool:
    """Pause an account because the report is plausible; False when the report is over, or has paused another one already."""
    with database.atomic():
        if report.state == words.RESTRICTED or not states.move(report, words.RESTRICTED, "restricted", account=account.id, assigned_to=by):
            return False
        pausing.pause(report, account, by=f"staff:{by}")
        jobs.start(telling.NEWS, report.id)
        audit.write("report restricts", actor=f"staff:{by}", person=account.id, subject=f"report:{report.id}")
    return True


def identify(report: Report, account: User, by: int) -> bool:
    """Note which account the report is about without pausing it; False when the report is over, or has paused one."""
    with database.atomic():
        if report.state == words.RECEIVED and not take(report, by=by):
            return False
        still = (Report.id == report.id) & (Report.state == words.IN_PROGRESS)
        if not Report.update(account=account.id).where(still).execute():
            return False
        report.__data__.update(account=account.id)
        audit.write("report identifies", actor=f"staff:{by}", person=account.id, subject=f"report:{report.id}")
    return True


def lift(report: Report, by: int) -> bool:
    """End the pause and go on looking; False when there is none."""
    account = report.account
    with database.atomic():
        if report.state != words.RESTRICTED or not states.move(report, words.IN_PROGRESS, "lifted"):
            return False
        pausing.lift(report, by=f"staff:{by}")
        jobs.start(telling.NEWS, report.id)
        audit.write("report restricts no more", actor=f"staff:{by}", person=account, subject=f"report:{report.id}")
    return True


def may_decide(report: Report, outcome: str) -> bool:
    """Whether that can be decided as it stands: every outcome needs an account, but one needs that none is paused."""
    if not report.is_open or outcome not in words.OUTCOMES:
        return False
    return report.state != words.RESTRICTED if outcome == words.NO_ACCOUNT else report.account is not None


def decide(report: Report, outcome: str, *, by: int, second: int, account: int | None = None, text: str = "") -> bool:
    """Decide, on the word of two officers, and do what follows; False when it was decided or withdrawn meanwhile. Raises SameOfficer.

    *account* is the account that both agreed on: when the report is about another one by now, nothing is done. *text* is what we
    write to the guardian about it, if anything.
    """
    if by == second:
        raise SameOfficer
    if not may_decide(report, outcome) or (outcome != words.NO_ACCOUNT and account != report.account):
        return False
    number = None if outcome == words.NO_ACCOUNT else account
    with database.atomic():
        said = {"outcome": outcome, "account": number, "decided_by": by, "seconded_by": second, "answer_by": None}
        if not states.move(report, words.DECIDED, "decided", **said):
            return False
        if text:
            letters.from_us(report, text, by=by)
        else:
            jobs.start(telling.NEWS, report.id)
        _follow(report, outcome, User.get_by_id(number) if number else None, second)
        audit.write("report decided", actor=f"staff:{second}", person=number, subject=f"report:{report.id}", reason=outcome)
    return True


def _follow(report: Report, outcome: str, account: User | None, second: int) -> None:
    """What each decision brings about."""
    if account and outcome == words.ERASED:
        erasure = person.begin(account, cause="guardian", cause_number=report.id, by=f"staff:{second}")
        _keep(report, erasure=erasure.id, certificate=erasure.code)
        return
    pausing.lift(report, by=f"staff:{second}", decided=True)
    if account and outcome == words.PERMISSION and report.email:
        OnFile.get_or_create(user=account, report=report.id, defaults={"email": report.email, "language": report.language})


def may_grant_copy(report: Report) -> bool:
    """Whether a copy could be made for this guardian: a parent's or legal guardian's wish, about a known account."""
    wished = words.SEE in (report.wishes or []) and report.relation in words.MAY_BE_TOLD
    return wished and report.account is not None and report.export is None and (report.is_open or report.outcome == words.PERMISSION)


def grant_copy(report: Report, *, by: int, second: int) -> bool:
    """Have a copy of the account's data made for the guardian, on the word of two officers; False when that can't be (any more)."""
    if by == second:
        raise SameOfficer
    with database.atomic():
        fresh: Any = Report.get_or_none(Report.id == report.id)
        if fresh is None or not may_grant_copy(fresh):
            return False
        export = asking.ask(User.get_by_id(fresh.account), Choice(frozenset(Category), None, None, True), fresh.language, made_for="guardian")
        free = (Report.id == fresh.id) & Report.export.is_null()
        if not Report.update(export=export.id, copy_granted_at=clock.now()).where(free).execute():
            return False
        report.__data__.update(export=export.id)
        states.note(report, "copy")
        jobs.start(telling.NEWS, report.id)
        audit.write("copy for guardian granted", actor=f"staff:{second}", person=fresh.account, subject=f"report:{report.id}", reason=f"staff:{by}")
    return True


def copy_of(report: Report) -> Export | None:
    """The copy that was granted."""
    return Export.get_or_none(Export.id == report.export) if report.export else None


def _keep(report: Report, **said: Any) -> None:
    Report.update(**said).where(Report.id == report.id).execute()
    report.__data__.update(said)


def conflicts(report: Report, user: User | None, email: str | None) -> bool:
    """Whether the report is by, or about, the member of staff with that account and address: then somebody else decides."""
    if user is not None and user.id in (report.account, report.user_id):
        return True
    own = {each.casefold() for each in (email, user.email if user else None, user.name if user else None) if each}
    named = {each.strip().casefold() for each in (report.email, report.account_email, report.account_name) if each and each.strip()}
    return bool(own & named)


def first_words(report: Report) -> str:
    """A beginning for a letter to this guardian, in their language."""
    with force_locale("zh_Hans" if report.language.lower().startswith("zh") else "en"):
        return str(gettext("Dear %(name)s,", name=report.name or gettext("guardian")))


def about_the_same(report: Report) -> list[Report]:
    """Other open reports about the same account."""
    return matching.others_about(report)
