"""Deciding about a report of a child, and what a second officer says to what the first proposed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core.pages import show
from privacy_center.desk import four_eyes, guardian_cases, guardian_deciding
from privacy_center.desk.guardian_forms import OutcomeForm
from privacy_center.desk.guardian_views import back_to, report_changed, report_page
from privacy_center.desk.guards import here, not_here
from privacy_center.desk.models import Proposal, Staff
from privacy_center.desk.views import bp
from privacy_center.guardians import answering
from privacy_center.guardians.models import Report

ENDS: dict[str, Callable[[Proposal, Staff], bool]] = {"second": four_eyes.second, "refusal": four_eyes.turn_down, "withdrawal": four_eyes.withdraw}


@bp.route("/guardians/<reference>/decision", methods=["GET", "POST"])
def decide_report(reference: str) -> AnyResponse:
    """Propose how it ends."""
    found = guardian_cases.find(reference, here())
    if not found.is_open:
        return back_to(found)
    form = OutcomeForm() if request.method == "POST" else OutcomeForm(formdata=None, data={"words": answering.first_words(found)})
    form.offer(found)
    if request.method == "GET" or not form.validate_on_submit():
        return _decision_page(found, form, status=422 if request.method == "POST" else 200)
    try:
        guardian_deciding.propose_decision(found, str(form.outcome.data), form.words.data.strip(), here())
    except four_eyes.AlreadyProposed:
        return report_changed(found)
    except four_eyes.NotYours:
        not_here()
    return back_to(found)


def _decision_page(found: Report, form: OutcomeForm, status: int = 200) -> Response:
    return show("desk/guardian_decision.html", case=guardian_cases.opened(found, here()), form=form, status=status)


@bp.post("/guardians/<reference>/copy")
def propose_copy(reference: str) -> AnyResponse:
    """Propose a copy for the guardian."""
    found = guardian_cases.find(reference, here())
    if not answering.may_grant_copy(found):
        return report_changed(found)
    try:
        guardian_deciding.propose_copy(found, here())
    except four_eyes.AlreadyProposed:
        return report_changed(found)
    except four_eyes.NotYours:
        not_here()
    return back_to(found)


@bp.post("/guardian-proposals/<int:proposal>/<act>")
def end_guardian_proposal(proposal: int, act: str) -> AnyResponse:
    """Second it, turn it down, or take one's own back."""
    waits = Proposal.get_or_none((Proposal.id == proposal) & Proposal.kind.in_(guardian_deciding.KINDS)) if proposal < 2**63 else None
    about = Report.get_or_none(Report.id == waits.subject) if waits else None
    if waits is None or about is None or act not in ENDS:
        not_here()
    found = guardian_cases.find(about.reference, here())
    try:
        done = ENDS[act](waits, here())
    except four_eyes.NotYours:
        return report_page(found, trouble=gettext("It takes two different officers. Nothing was changed."), status=422)
    return back_to(found) if done else report_changed(found)
