"""What the person behind a reported account reads, and how they answer."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core.pages import show
from privacy_center.guardians import pausing, words
from privacy_center.guardians.forms import AnswerForm
from privacy_center.guardians.models import Concern, Report
from privacy_center.guardians.views import bp


@bp.get("/account/reports")
def concerns() -> Response:
    """Every report for which the account was paused."""
    return show("guardians/concerns.html", concerns=list(Concern.owned_by(current_user)))


@bp.route("/account/reports/<int(max=9223372036854775807):concern_id>", methods=["GET", "POST"])
def concern(concern_id: int) -> AnyResponse:
    """One of them: what it means, by when we decide, and the answer."""
    found = Concern.owned_by(current_user).where(Concern.id == concern_id).first() or abort(404)
    if request.method == "GET":
        given = {"answer": found.answer, "answer_words": found.answer_words}
        return _page(found, AnswerForm(formdata=None, data=given))
    form = AnswerForm()
    if not form.validate():
        return _page(found, form, status=422)
    pausing.answer(found, str(form.answer.data), (form.answer_words.data or "").strip())
    return redirect(url_for("guardians.concern", concern_id=concern_id), 303)


def _page(found: Concern, form: AnswerForm, status: int = 200) -> Response:
    """That page; what is decided is told, who reported never is."""
    report = Report.get_or_none(Report.id == found.report)
    outcome = report.outcome if report and found.state == words.ENDED else None
    return show("guardians/concern.html", concern=found, form=form, due=report.due_at if report else None, outcome=outcome, status=status)
