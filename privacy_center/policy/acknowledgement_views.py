"""Answers about editions: giving one, the list of one's own, and each as a receipt, to read and to keep."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core.language import html_lang
from privacy_center.core.pages import show
from privacy_center.core.proof import as_file, digest_of
from privacy_center.policy import answering
from privacy_center.policy.current import in_force_or_coming, unanswered
from privacy_center.policy.forms import NotTaken, read_answer
from privacy_center.policy.models import Acknowledgement
from privacy_center.policy.views import bp

MOST_LISTED = 200


@bp.get("/policy/acknowledgements")
def acknowledgements() -> Response:
    """The person's answers, newest first, and what is still to be answered."""
    return listed()


def listed(*, problem: str = "", status: int = 200) -> Response:
    """The list, with what was wrong with an answer."""
    mine = list(Acknowledgement.owned_by(current_user).limit(MOST_LISTED))
    waiting, there_is_one = unanswered(current_user), bool(in_force_or_coming())
    return show("policy/acknowledgements.html", mine=mine, open_one=waiting, problem=problem, any_edition=there_is_one, status=status)


@bp.post("/policy/acknowledgements")
def acknowledge() -> AnyResponse:
    """Keep an answer, and show its receipt."""
    try:
        edition = read_answer(request.form.get("edition", ""), request.form.get("answer", ""))
    except NotTaken as why:
        return listed(problem=str(why), status=422)
    kept = answering.keep(current_user._get_current_object(), edition, request.form["answer"], language=html_lang())
    return redirect(url_for("policy.acknowledgement", acknowledgement_id=kept.id), 303)


@bp.get("/policy/acknowledgements/<int:acknowledgement_id>")
def acknowledgement(acknowledgement_id: int) -> Response:
    """One answer as a receipt, and whether it is as it was written."""
    found = _mine(acknowledgement_id)
    standing = Acknowledgement.standing(current_user, found.edition)
    return show("policy/acknowledgement.html", receipt=found, genuine=digest_of(found.body) == found.digest, replaced=standing and standing.id != found.id)


@bp.get("/policy/acknowledgements/<int:acknowledgement_id>.json")
def acknowledgement_json(acknowledgement_id: int) -> Response:
    """A receipt for machines and for keeping, with the hash that can be checked."""
    found = _mine(acknowledgement_id)
    return as_file("receipt", found.body, found.digest, f"policy-receipt-{found.code}.json")


def _mine(number: int) -> Acknowledgement:
    """The person's own answer of that number; 404 for everybody else's."""
    found = Acknowledgement.owned_by(current_user).where(Acknowledgement.id == number).first() if number < 2**63 else None
    return found or abort(404)
