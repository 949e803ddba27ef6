"""Deciding a case: granting it, refusing it, and what a second officer says to what the first proposed."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from privacy_center.core.uploads import takes_files
from privacy_center.desk import cases, deciding, four_eyes
from privacy_center.desk.candidates import candidates
from privacy_center.desk.deciding import MACHINE, WORDS, Changed, Grant
from privacy_center.desk.drafts import GRANT, REFUSE
from privacy_center.desk.forms import GrantForm, RefusalForm
from privacy_center.desk.guards import here, not_here
from privacy_center.desk.letter_views import act_page, changed, written
from privacy_center.desk.models import Proposal
from privacy_center.desk.views import bp, case_page
from privacy_center.rights import answering, correcting
from privacy_center.rights.models import Request


@bp.get("/cases/<case>/answer")
def answer(case: str) -> Response:
    """Where a request is granted."""
    return answer_page(cases.find(case, here()), GrantForm(formdata=None))


@bp.post("/cases/<case>/answer")
def grant(case: str) -> Response:
    """Grant it, or propose that to a second officer."""
    found, form = cases.find(case, here()), GrantForm()
    prepare(found, form)
    if not form.validate_on_submit() or not fits(found, form):
        return answer_page(found, form, status=422)
    try:
        deciding.grant(found, granted(form), here(), seen=form.revision)
    except (Changed, four_eyes.AlreadyProposed):
        changed(form)
    except four_eyes.NotYours:
        form.how.errors = [gettext("That account is yours. Somebody else has to do this")]
    else:
        return redirect(url_for("desk.case", case=found.reference), 303)
    return answer_page(cases.find(case, here()), form, status=422)


def granted(form: GrantForm) -> Grant:
    """What the form says."""
    return Grant(
        how=form.how.data,
        words=form.words.data.strip(),
        account=form.account.data or None,
        fields=tuple(form.fields.data or ()) if form.how.data == WORDS else (),
        partly=form.partly.data or None if form.how.data == WORDS else None,
    )


def fits(found: Request, form: GrantForm) -> bool:
    """Whether it can be done in this way: by the machine only for an account that the page named."""
    number = form.account.data
    known = [each.user.id for each in candidates(found, here())]
    if number and number not in known:
        form.account.errors = [gettext("That is none of the accounts on this page")]
    elif number is None and found.user_id is None:
        form.account.errors = [gettext("Choose an account, or none")]
    elif (form.how.data == MACHINE or form.fields.data) and found.user_id is None and not number:
        form.account.errors = [gettext("Choose the account that it is to be done to")]
    elif form.fields.choices and form.how.data == WORDS and not form.fields.data and not form.partly.data:
        form.fields.errors = [gettext("Tick what is corrected, or say why nothing of it is")]
    return not form.errors


def prepare(found: Request, form: GrantForm) -> None:
    """Offer the ways there are for this request."""
    ways: dict[str, Any] = {}
    if deciding.can_machine(found):
        ways[MACHINE] = gettext("Let it be carried out: it is done for the account, and the person is told")
    ways[WORDS] = gettext("Answer it in words: what had to be done is done, or there was nothing to do")
    form.offer(ways, {each.field: each.title for each in correcting.beside(found)})


def answer_page(found: Request, form: GrantForm, *, status: int = 200) -> Response:
    """The page on which a request is granted: consequences first, then the letter, then the button."""
    prepare(found, form)
    form.how.data = form.how.data or form.how.choices[0].value
    return act_page("desk/answer.html", found, GRANT, form, status=status)


@bp.get("/cases/<case>/refusal")
def refusal(case: str) -> Response:
    """Where a request is refused."""
    return refusal_page(cases.find(case, here()), RefusalForm(formdata=None))


@bp.post("/cases/<case>/refusal")
@takes_files
def refuse(case: str) -> Response:
    """Refuse it."""
    found, form = cases.find(case, here()), RefusalForm()
    form.offer()
    if not form.validate_on_submit():
        return refusal_page(found, form, status=422)
    waits = four_eyes.waiting(deciding.DECIDE, found.id)
    if not waits and answering.refuse(found, by=here().id, reason=form.reason.data, seen=form.revision, **written(form)):
        return redirect(url_for("desk.case", case=found.reference), 303)
    changed(form)
    return refusal_page(cases.find(case, here()), form, status=422)


def refusal_page(found: Request, form: RefusalForm, *, status: int = 200) -> Response:
    """The page on which a request is refused."""
    form.offer()
    return act_page("desk/refusal.html", found, REFUSE, form, status=status)


@bp.post("/proposals/<int:proposal>/second")
def second(proposal: int) -> Response:
    """Second what another officer proposed; it happens at once."""
    found = proposal_of(proposal)
    return ended(found, four_eyes.second, gettext("That could not be done any more: the request was withdrawn, answered or changed. Nothing was done."))


@bp.post("/proposals/<int:proposal>/refusal")
def turn_down(proposal: int) -> Response:
    """Turn down what another officer proposed."""
    return ended(proposal_of(proposal), four_eyes.turn_down, gettext("It was decided already. Nothing was changed."))


@bp.post("/proposals/<int:proposal>/withdrawal")
def take_back(proposal: int) -> Response:
    """Take back one's own proposal."""
    return ended(proposal_of(proposal), four_eyes.withdraw, gettext("It was decided already. Nothing was changed."))


def proposal_of(number: int) -> Proposal:
    """A proposal about a request that the officer may see."""
    found = Proposal.get_or_none((Proposal.id == number) & (Proposal.kind == deciding.DECIDE)) if number < 2**63 else None
    about = Request.get_or_none(Request.id == found.subject) if found else None
    if found is None or about is None or (found.person is not None and found.person == here().user_id):
        not_here()
    cases.find(about.reference, here())
    return found


def ended(found: Proposal, act: Any, otherwise: str) -> Response:
    """Do it and go back to the case; or say on its page why not."""
    about = Request.get_by_id(found.subject)
    try:
        if act(found, here()):
            return redirect(url_for("desk.case", case=about.reference), 303)
        trouble = otherwise
    except four_eyes.NotYours:
        trouble = gettext("It takes two different officers. Nothing was changed.")
    return case_page(cases.opened(cases.find(about.reference, here()), here()), trouble=trouble, status=422)
