"""Decisions about reports of children: proposed by one officer, done when another seconds them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from privacy_center.accounts.models import User
from privacy_center.desk import four_eyes
from privacy_center.desk.models import Proposal, Staff
from privacy_center.guardians import answering, words
from privacy_center.guardians.models import Report

DECIDE, COPY = "guardian report", "guardian copy"
KINDS = (DECIDE, COPY)
OUTCOMES = {
    words.NO_ACCOUNT: _l("There is no such account"),
    words.NOT_A_CHILD: _l("The account is not a child’s; the pause ends"),
    words.PERMISSION: _l("The guardian permits it; the pause ends, and the guardian is kept on file"),
    words.ERASED: _l("Erase the account and everything in it, for good"),
}


def propose_decision(report: Report, outcome: str, text: str, by: Staff) -> Proposal:
    """Propose how the report ends; raises AlreadyProposed, NotYours."""
    what = {"outcome": outcome, "account": report.account, "words": text}
    return four_eyes.propose(DECIDE, report.id, what, by, person=report.account)


def propose_copy(report: Report, by: Staff) -> Proposal:
    """Propose that the guardian gets a copy of the account's data; raises AlreadyProposed, NotYours."""
    return four_eyes.propose(COPY, report.id, {"account": report.account}, by, person=report.account)


def _is_open(number: int) -> bool:
    report = Report.get_or_none(Report.id == number)
    return report is not None and report.is_open


def _is_without_copy(number: int) -> bool:
    report = Report.get_or_none(Report.id == number)
    return report is not None and answering.may_grant_copy(report)


@four_eyes.decision(DECIDE, is_open=_is_open)
def decide(proposal: Proposal, by: Staff) -> bool:
    """End the report as both officers say."""
    report, said = Report.get_or_none(Report.id == proposal.subject), _said(proposal)
    if report is None or is_theirs(report, by):
        return False
    return answering.decide(report, said["outcome"], by=proposal.proposed_by, second=by.id, account=said["account"], text=said["words"])


@four_eyes.decision(COPY, is_open=_is_without_copy)
def copy(proposal: Proposal, by: Staff) -> bool:
    """Have the copy made."""
    report = Report.get_or_none(Report.id == proposal.subject)
    if report is None or is_theirs(report, by) or report.account != _said(proposal)["account"]:
        return False
    return answering.grant_copy(report, by=proposal.proposed_by, second=by.id)


def _said(proposal: Proposal) -> dict[str, Any]:
    return dict(proposal.what or {})


def is_theirs(report: Report, staff: Staff) -> bool:
    """Whether the report is by or about this member of staff, for whom it then isn't there."""
    user = User.get_or_none(User.id == staff.user_id) if staff.user_id else None
    return answering.conflicts(report, user, staff.email)


def waiting(report: Report) -> list[Proposal]:
    """What waits for a second officer in this case."""
    return [found for kind in KINDS if (found := four_eyes.waiting(kind, report.id))]
