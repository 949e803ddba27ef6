"""The page of choices: where each purpose stands, one button each, and every answer so far."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, get_flashed_messages, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.consent import answering, choice, signals
from privacy_center.consent.models import COOKIES, ConsentRecord
from privacy_center.consent.purposes import PURPOSES, states_of
from privacy_center.core import outbox
from privacy_center.core.language import html_lang
from privacy_center.core.pages import show

bp = Blueprint("consent", __name__)


@bp.get("/choices")
def choices() -> Response:
    """What one has allowed and what one has stopped."""
    said = _flashed("answer added", "answer known")
    return page(said=said[1], added=said[0] == "answer added", unknown=_flashed("answer unknown")[1])


@bp.post("/choices/<purpose>")
def answer(purpose: str) -> AnyResponse:
    """Take an answer about one purpose, and show what counts now."""
    if purpose not in PURPOSES:
        abort(404)
    sent = request.form
    try:
        outcome = answering.answer(current_user, purpose, sent.get("answer", ""), seen=sent.get("seen"), words=sent.get("words"), language=html_lang())
    except answering.Held:
        trouble = _("Your account is paused because of a report. Two officers end that; on the page of the report you can answer")
        return page(status=422, trouble=trouble, at=purpose)
    except answering.NotAnAnswer:
        return page(
            status=422, trouble=_("“%(title)s” does not rest on an answer of that kind, so nothing was changed", title=PURPOSES[purpose].title), at=purpose
        )
    except answering.WordsChanged:
        trouble = _("The words of “%(title)s” have changed since you opened the page. Read them, then answer again", title=PURPOSES[purpose].title)
        return page(status=422, trouble=trouble, at=purpose)
    flash(outcome.record.record_id, "answer added" if outcome.added else "answer known")
    if outcome.unknown:
        flash(outcome.unknown.record_id, "answer unknown")
    return redirect(url_for("consent.choices"), 303)


def page(*, status: int = 200, trouble: str = "", at: str = "", said: Any = None, added: bool = False, unknown: Any = None) -> Response:
    """The page, with what became of an answer just given."""
    states = states_of(current_user)
    return show(
        "consent/choices.html",
        status=status,
        states=states,
        orders=outbox.latest(current_user.id),
        restricted=not states["restriction"].goes_on,
        language=html_lang(),
        trouble=trouble,
        at=at,
        said=said,
        added=added,
        unknown=unknown,
        cookies=choice.current(),
        cookie_record=ConsentRecord.newest(current_user, COOKIES),
        gpc=signals.gpc(),
        dnt=signals.dnt(),
    )


def _flashed(*categories: str) -> tuple[str, Any]:
    """Of what the answer before this page left, the last: which of the categories, and the record of the person's own that it names."""
    left = get_flashed_messages(with_categories=True, category_filter=categories)
    if not left:
        return "", None
    category, named = left[-1][0], left[-1][1]
    return category, ConsentRecord.owned_by(current_user).where(ConsentRecord.record_id == named).first()
