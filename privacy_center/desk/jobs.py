"""The daily mail of what is due, and letting go of proposals whose case is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from privacy_center.core import clock, jobs, mail
from privacy_center.core.db import database, microseconds
from privacy_center.core.jobs import Work
from privacy_center.desk import four_eyes, guardian_cases
from privacy_center.desk.filters import PROMISED, SOON, not_own
from privacy_center.desk.models import OFFICER, OPEN, Proposal, Staff
from privacy_center.rights.models import Request
from privacy_center.rights.states import WORKED_ON

DUE = "desk.due"


@dataclass(frozen=True)
class Due:
    """What waits for an officer: requests that are late or due within a week, reports about children that are, seconding."""

    late: int
    soon: int
    reports: int
    second: int

    @property
    def anything(self) -> bool:
        """Whether there is anything."""
        return any((self.late, self.soon, self.reports, self.second))


def is_due(staff: Staff) -> Due:
    """What waits for this officer; their own requests, and reports about them, don't."""
    mine = Request.state.in_(WORKED_ON) & not_own(staff)
    now = clock.now()
    late = Request.select().where(mine & (microseconds(now) > PROMISED)).count()
    soon = Request.select().where(mine & (microseconds(now) <= PROMISED) & (microseconds(now + SOON) > PROMISED)).count()
    reports = sum(row.is_soon for row in guardian_cases.queue(staff))
    return Due(int(late), int(soon), reports, int(four_eyes.waiting_for(staff).count()))


@jobs.job(DUE, attempts=6)
def mail_due(work: Work) -> None:
    """Mail one officer the numbers of what is due, and where it is; nothing of anybody is in it."""
    staff = Staff.get_or_none((Staff.id == work.subject) & Staff.removed_at.is_null())
    if staff is None or not staff.email or work.has_done("mailed"):
        return
    due = is_due(staff)
    if not due.anything:
        return
    language = staff.user.language if staff.user else None
    address = current_app.config["SETTINGS"].base_url
    mail.send(staff.email, "desk_due", language=language, due=due, days=SOON.days, page=f"{address}/desk")
    with work.step("mailed"):
        pass


@jobs.sweep("what is due at the desk", every=timedelta(days=1))
def tell_officers() -> int:
    """Let every officer be mailed what is due, once a day; returns how many have something to do."""
    told = 0
    for each in list(Staff.serving().where(Staff.role == OFFICER, Staff.user.is_null(False))):
        if is_due(each).anything:
            with database.atomic():
                jobs.start(DUE, each.id)
            told += 1
    return told


@jobs.sweep("proposals whose case is over", every=timedelta(hours=1))
def let_go() -> int:
    """End proposals about what was withdrawn or closed meanwhile, and forget what they said; returns how many."""
    return sum(four_eyes.lapse(each) for each in list(Proposal.select().where(Proposal.state == OPEN)))
