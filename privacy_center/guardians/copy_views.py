"""The copy of a child's data for its guardian: behind the link and, each time, a code to the proved address, since links are shared."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, request, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.codes import State
from privacy_center.core import audit, clock
from privacy_center.core.access import open_to_all
from privacy_center.core.db import microseconds
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.exports import delivery
from privacy_center.exports.models import Export
from privacy_center.guardians import answering
from privacy_center.guardians.forms import CodeForm
from privacy_center.guardians.models import Report
from privacy_center.guardians.views import OPEN, bp, lapsed, report_of
from privacy_center.verification import proving
from privacy_center.verification.addresses import veiled
from privacy_center.verification.models import Proof

ABOUT = "guardian copy"
OPEN_FOR = 15 * 60 * 1_000_000  # microseconds
PROOF, OPENED = "guardian-copy-proof", "guardian-copy-opened"


def _granted(token: str) -> tuple[Report, Export]:
    """The report and its copy; a page that says nothing where there is none."""
    report = report_of(token)
    export = answering.copy_of(report)
    return (report, export) if export else abort(404)


def _proof(report: Report) -> Proof | None:
    """The proof that this browser asked for."""
    number = session.get(PROOF)
    return Proof.get_or_none((Proof.id == number) & (Proof.about == ABOUT) & (Proof.subject == report.id)) if number else None


def _is_opened(report: Report) -> bool:
    """Whether this browser has just typed the code for this report."""
    said: Any = session.get(OPENED)
    return isinstance(said, list) and len(said) == 2 and said[0] == report.id and 0 <= microseconds(clock.now()) - said[1] < OPEN_FOR


@bp.route("/guardians/reports/<token>/copy", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("60/hour", methods=["POST"])
def copy(token: str) -> AnyResponse:
    """How far the copy is; typing the code; downloading it."""
    report, export = _granted(token)
    form = CodeForm() if request.method == "POST" else CodeForm(formdata=None)
    if request.method == "GET" or not form.validate():
        return _page(report, export, form)
    proof = _proof(report)
    if proof and proving.check(proof, form.code.data or "") is proving.Result.RIGHT:
        session[OPENED] = [report.id, microseconds(clock.now())]
        return redirect(url_for("guardians.copy", token=token), 303)
    form.code.errors = [_l("That is not the code; look at the newest mail, and type it again")]
    return _page(report, export, form)


@bp.post("/guardians/reports/<token>/copy/code")
@open_to_all(OPEN)
@limiter.limit("30/hour")
def copy_code(token: str) -> AnyResponse:
    """Send a code to the proved address."""
    report, export = _granted(token)
    if lapsed():
        return redirect(url_for("guardians.copy", token=token), 303)
    try:
        proof = _proof(report)
        if proof and proof.proved_at is None:
            proving.send_again(proof)
        else:
            session[PROOF] = proving.ask(str(report.email), about=ABOUT, subject=report.id, language=report.language).id
    except proving.TooMany as error:
        return _page(report, export, CodeForm(formdata=None), wait=max(1, round((error.until - clock.now()).total_seconds() / 60)), status=429)
    return redirect(url_for("guardians.copy", token=token), 303)


def _page(report: Report, export: Export, form: CodeForm, *, wait: int = 0, status: int = 200) -> Response:
    proof = _proof(report)
    state = proving.state_of(proof) if proof else State.NONE
    said = {"opened": _is_opened(report), "state": state.value, "wait": wait, "to": veiled(report.email or ""), "token": (request.view_args or {})["token"]}
    return show("guardians/copy.html", report=report, export=export, form=form, status=422 if form.errors and status == 200 else status, **said)


@bp.get("/guardians/reports/<token>/copy/archive")
@open_to_all(OPEN)
def copy_archive(token: str) -> AnyResponse:
    """The archive itself, for whoever has just typed the code."""
    report, export = _granted(token)
    if not _is_opened(report) or not export.is_there:
        return redirect(url_for("guardians.copy", token=token), 303)

    def note(export: Export) -> None:
        audit.write("copy downloaded", actor="system", person=export.user_id, subject=f"report:{report.id}", reason="guardian")

    return delivery.hand_out(export, note) or redirect(url_for("guardians.copy", token=token), 303)
