"""Reports of children as the desk sees them: the queue by due date, and one case with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.desk import guardian_deciding
from privacy_center.desk.candidates import covered
from privacy_center.desk.guards import not_here
from privacy_center.desk.models import Proposal, Staff
from privacy_center.desk.seeing import seen
from privacy_center.erasure import person
from privacy_center.guardians import answering, words
from privacy_center.guardians.ages import AgeLaw, falls_under
from privacy_center.guardians.models import Concern, Evidence, Letter, Report, ReportStep
from privacy_center.rights.homes import country_name

PAGE = 100
SOON = 3  # days


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    report: Report
    where: str
    officer: str
    others: int
    wrote: bool
    waits: bool

    @property
    def days_left(self) -> int:
        """How many days there are until it must be decided; below zero when it is late."""
        return (self.report.due_at - clock.now()).days if self.report.due_at else 0

    @property
    def is_soon(self) -> bool:
        """Whether that is soon."""
        return self.days_left <= SOON


def queue(staff: Staff, *, closed: bool = False) -> list[Row]:
    """The reports that are open, the soonest due first, or those that are over, the newest first; never those by or about *staff*."""
    which = Report.state.in_(words.FINAL if closed else words.OPEN)
    order = Report.ended_at.desc() if closed else Report.due_at
    found = [each for each in Report.select().where(which).order_by(order, Report.id).limit(PAGE) if not guardian_deciding.is_theirs(each, staff)]
    names = {each.id: each.display_name for each in Staff.select()}
    waiting = {each.subject for each in Proposal.select().where((Proposal.state == "open") & Proposal.kind.in_(guardian_deciding.KINDS))}
    return [
        Row(each, country_name(each.country), names.get(each.assigned_to or 0, ""), len(answering.about_the_same(each)), _wrote(each), each.id in waiting)
        for each in found
    ]


def _wrote(report: Report) -> bool:
    """Whether the guardian has written since we did."""
    newest = report.letters.order_by(Letter.id.desc()).first()
    return newest is not None and not newest.is_ours


def find(reference: str, staff: Staff) -> Report:
    """A report that was sent, and isn't by or about *staff*; else there is nothing at this address."""
    found: Report | None = Report.get_or_none((Report.reference == reference) & (Report.state != words.DRAFT))
    if found is None or guardian_deciding.is_theirs(found, staff):
        not_here()
    return found


@dataclass(frozen=True)
class Case:
    """One report, opened."""

    report: Report
    law: AgeLaw
    where: str
    officer: str
    names: dict[int, str]
    files: list[Evidence]
    others: list[Report]
    account: User | None
    concern: Concern | None
    proposals: list[Proposal]
    thread: list[tuple[datetime, str, Any]]

    @property
    def address(self) -> str:
        """The account's address, covered."""
        return covered(self.account.email) if self.account else ""

    @property
    def preview(self) -> list[person.Line]:
        """What an erasure would do, where one is proposed."""
        erases = any((each.what or {}).get("outcome") == words.ERASED for each in self.proposals)
        return person.preview(self.account) if erases and self.account else []

    @property
    def may_pause(self) -> bool:
        """Whether an account can be paused, or named."""
        return self.report.state in (words.RECEIVED, words.IN_PROGRESS)

    @property
    def may_propose(self) -> bool:
        """Whether a decision can be proposed."""
        waits = any(each.kind == guardian_deciding.DECIDE for each in self.proposals)
        return self.report.is_open and not waits

    @property
    def may_propose_copy(self) -> bool:
        """Whether a copy for the guardian can be proposed."""
        waits = any(each.kind == guardian_deciding.COPY for each in self.proposals)
        return answering.may_grant_copy(self.report) and not waits


def opened(report: Report, staff: Staff) -> Case:
    """The case with all that belongs to it; that it was looked at is written down, for the account's person too once one is known."""
    seen(report.account, f"report:{report.id}", "report opened", by=staff)
    names = {each.id: each.display_name for each in Staff.select()}
    return Case(
        report,
        falls_under(report.age, report.country),
        country_name(report.country),
        names.get(report.assigned_to or 0, ""),
        names,
        list(report.files.order_by(Evidence.id)),
        answering.about_the_same(report),
        User.get_or_none(User.id == report.account) if report.account else None,
        Concern.select().where(Concern.report == report.id).order_by(Concern.id.desc()).first(),
        guardian_deciding.waiting(report),
        sorted(_thread(report), key=lambda each: each[0]),
    )


def _thread(report: Report) -> Iterator[tuple[datetime, str, Any]]:
    """Letters and events."""
    for step in report.steps.order_by(ReportStep.id):
        yield step.at, "event", step
    for letter in report.letters.order_by(Letter.id):
        yield letter.written_at, "letter", letter
