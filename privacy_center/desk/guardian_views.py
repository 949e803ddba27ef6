"""Reports of children at the desk: queue, case, accounts that may be meant, pausing, deciding with four eyes."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.models import User
from privacy_center.core import sealing, storage, tokens, uploads
from privacy_center.core.pages import show
from privacy_center.desk import guardian_cases, guardian_deciding
from privacy_center.desk.candidates import covered
from privacy_center.desk.guardian_forms import GuardianLetterForm, LookUpForm
from privacy_center.desk.guards import here, not_here
from privacy_center.desk.seeing import seen
from privacy_center.desk.views import bp
from privacy_center.guardians import answering, matching
from privacy_center.guardians.matching import Candidate
from privacy_center.guardians.models import Evidence, Report

CHOSEN = "account of a report"


@bp.get("/guardians")
def reports() -> Response:
    """Reports by due date."""
    closed = request.args.get("view") == "closed"
    return show("desk/guardians.html", rows=guardian_cases.queue(here(), closed=closed), closed=closed)


@bp.get("/guardians/<reference>")
def report(reference: str) -> Response:
    """One report, opened."""
    return report_page(guardian_cases.find(reference, here()))


def report_page(found: Report, *, trouble: str = "", status: int = 200) -> Response:
    """The page of a report, with what went wrong, if anything did."""
    return show("desk/guardian.html", case=guardian_cases.opened(found, here()), trouble=trouble, outcomes=guardian_deciding.OUTCOMES, status=status)


def back_to(found: Report) -> AnyResponse:
    """To the page of the report."""
    return redirect(url_for("desk.report", reference=found.reference), 303)


def report_changed(found: Report) -> Response:
    """The page of a report that has changed since the officer's page was opened."""
    fresh = guardian_cases.find(found.reference, here())
    return report_page(fresh, trouble=gettext("The report has changed since you opened this page. Read it again."), status=409)


@bp.post("/guardians/<reference>/officer")
def take_report(reference: str) -> AnyResponse:
    """Begin to look into it."""
    found = guardian_cases.find(reference, here())
    return back_to(found) if answering.take(found, by=here().id) else report_changed(found)


@bp.get("/guardians/<reference>/accounts")
def accounts(reference: str) -> Response:
    """The accounts that the report may be about; that they were looked at, their people see."""
    return _accounts(guardian_cases.find(reference, here()), LookUpForm(formdata=None))


@bp.post("/guardians/<reference>/accounts")
def look_up(reference: str) -> Response:
    """An account that the officer names, because a letter or a paper did."""
    found, form = guardian_cases.find(reference, here()), LookUpForm()
    if not form.validate_on_submit():
        return _accounts(found, form, status=422)
    account = matching.named(form.named.data or "")
    if account is None:
        form.named.errors = [gettext("No account has that address or id")]
        return _accounts(found, form, status=422)
    return _accounts(found, form, also=account)


def _accounts(found: Report, form: LookUpForm, *, also: User | None = None, status: int = 200) -> Response:
    """Those accounts, each with why and no more than tells whether it is the one."""
    listed = matching.candidates(found)
    if also is not None and also.id not in [each.number for each in listed]:
        listed.insert(0, Candidate(also, [gettext("You named it")]))
    shown = [each for each in listed if each.number != here().user_id]
    for each in shown:
        seen(each.number, f"report:{found.id}", "compared with a report", by=here())
    case = guardian_cases.opened(found, here())
    tokens_of = {each.number: tokens.sign(CHOSEN, [found.id, each.number]) for each in shown}
    return show("desk/guardian_accounts.html", case=case, candidates=shown, tokens=tokens_of, covered=covered, form=form, status=status)


def _chosen(found: Report) -> User:
    """The account that the page of accounts named; nothing else can be."""
    said: Any = tokens.signed(CHOSEN, request.form.get("account", ""))
    if not isinstance(said, list) or len(said) != 2 or said[0] != found.id or said[1] == here().user_id:
        not_here()
    return User.get_or_none(User.id == said[1]) or not_here()


@bp.post("/guardians/<reference>/pause")
def pause(reference: str) -> AnyResponse:
    """Pause an account, because the report is plausible."""
    found = guardian_cases.find(reference, here())
    return back_to(found) if answering.restrict(found, _chosen(found), here().id) else report_changed(found)


@bp.post("/guardians/<reference>/account")
def identify(reference: str) -> AnyResponse:
    """Say which account it is, without pausing it."""
    found = guardian_cases.find(reference, here())
    return back_to(found) if answering.identify(found, _chosen(found), here().id) else report_changed(found)


@bp.post("/guardians/<reference>/pause/end")
def end_pause(reference: str) -> AnyResponse:
    """End the pause, and go on looking."""
    found = guardian_cases.find(reference, here())
    return back_to(found) if answering.lift(found, here().id) else report_changed(found)


@bp.route("/guardians/<reference>/letter", methods=["GET", "POST"])
def report_letter(reference: str) -> AnyResponse:
    """Write to the guardian."""
    found = guardian_cases.find(reference, here())
    if request.method != "POST":
        return _letter_page(found, GuardianLetterForm(formdata=None, data={"words": answering.first_words(found)}))
    form = GuardianLetterForm()
    if not form.validate_on_submit():
        return _letter_page(found, form, status=422)
    answering.write(found, form.words.data.strip(), by=here().id, wants_answer=bool(form.wants_answer.data) and found.is_open)
    return back_to(found)


def _letter_page(found: Report, form: GuardianLetterForm, status: int = 200) -> Response:
    return show("desk/guardian_letter.html", case=guardian_cases.opened(found, here()), form=form, status=status)


@bp.get("/guardians/<reference>/files/<int:evidence>")
def report_file(reference: str, evidence: int) -> Response:
    """A file of a report, to be saved: never shown in the browser, and never before it was scanned."""
    found = guardian_cases.find(reference, here())
    file = found.files.where(Evidence.id == evidence).first() if evidence < 2**63 else None
    if file is None or not file.can_be_opened:
        not_here()
    try:
        answer = uploads.handed_back(str(file.storage_key), file.name)
    except (storage.Missing, sealing.Unreadable):
        return report_page(found, trouble=gettext("This file is damaged or gone, so it can’t be opened."), status=410)
    seen(found.account, f"evidence:{file.id}", "file opened", by=here())
    return answer
