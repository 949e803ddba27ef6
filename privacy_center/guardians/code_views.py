"""The code that proves an address, and another one."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.codes import State
from privacy_center.core import clock
from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.guardians import drafting
from privacy_center.guardians.draft_pages import elsewhere, next_page, show_page, to
from privacy_center.guardians.forms import CodeForm
from privacy_center.guardians.models import Report
from privacy_center.guardians.views import OPEN, bp, lapsed, report_of
from privacy_center.verification import proving


@bp.route("/guardians/reports/<token>/code", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("60/hour", methods=["POST"])
def code(token: str) -> AnyResponse:
    """The code from the mail."""
    report = report_of(token)
    if away := elsewhere(report, "code"):
        return away
    form = CodeForm() if request.method == "POST" else CodeForm(formdata=None)
    if request.method == "GET" or not form.validate():
        return _code_page(report, form)
    if drafting.type_code(report, form.code.data or "") is proving.Result.RIGHT:
        return redirect(next_page("code", report), 303)
    form.code.errors = [_l("That is not the code; look at the newest mail, and type it again")]
    return _code_page(report, form)


@bp.post("/guardians/reports/<token>/code/again")
@open_to_all(OPEN)
@limiter.limit("30/hour")
def code_again(token: str) -> AnyResponse:
    """Send another code."""
    report = report_of(token)
    if away := elsewhere(report, "code"):
        return away
    if lapsed():
        return redirect(to("code", report), 303)
    try:
        proof = drafting.proof_of(report)
        if proof:
            proving.send_again(proof)
        else:
            drafting.ask_for_code(report, str(report.email), report.language)
    except proving.TooMany as error:
        return _code_page(report, CodeForm(formdata=None), pause=error.until, status=429)
    return redirect(to("code", report), 303)


def _code_page(report: Report, form: CodeForm, *, pause: Any = None, status: int = 200) -> Response:
    proof = drafting.proof_of(report)
    state = proving.state_of(proof) if proof else State.NONE
    wait = max(1, round((pause - clock.now()).total_seconds() / 60)) if pause else 0
    return show_page("code", report, form, state=state.value, left=proving.tries_left(proof) if proof else 0, wait=wait, status=status)
