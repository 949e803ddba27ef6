"""The page of a report that was sent: how far it is, letters, files, withdrawing, the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core import uploads
from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.erasure.erased import Erasure
from privacy_center.guardians import answering, keeping, letters, words
from privacy_center.guardians.ages import falls_under
from privacy_center.guardians.draft_pages import find_missing
from privacy_center.guardians.drafting import FIRST_WORD_WITHIN
from privacy_center.guardians.file_views import TOO_LARGE, take_files
from privacy_center.guardians.forms import LetterForm
from privacy_center.guardians.models import Evidence, Letter, Report, ReportStep
from privacy_center.guardians.views import OPEN, bp, lapsed, report_of
from privacy_center.rights.homes import country_name
from privacy_center.verification.addresses import veiled


@dataclass(frozen=True)
class Event:
    """One line of what has happened: a step, or a letter."""

    at: datetime
    title: Any = ""
    letter: Letter | None = None


def events_of(report: Report) -> list[Event]:
    """What has happened, oldest first."""
    steps = [Event(each.at, title=each.title) for each in report.steps.order_by(ReportStep.id)]
    written = [Event(each.written_at, letter=each) for each in report.letters.order_by(Letter.id)]
    return sorted([*steps, *written], key=lambda each: each.at)


@bp.get("/guardians/reports/<token>")
@open_to_all(OPEN)
def report(token: str) -> AnyResponse:
    """The report: a draft goes on where it was left, one that was sent shows how far it is."""
    found = report_of(token)
    if found.is_draft:
        return redirect(find_missing(found), 303)
    problems = [("", TOO_LARGE)] if "too_large" in request.args else []
    return _case(found, LetterForm(formdata=None), problems)


def _case(found: Report, form: LetterForm, problems: Any = (), status: int = 200, *, trouble: Any = "") -> Response:
    """That page."""
    erasure = Erasure.get_or_none(Erasure.id == found.erasure) if found.erasure else None
    return show(
        "guardians/report.html",
        block="state",
        report=found,
        token=(request.view_args or {})["token"],
        form=form,
        problems=problems,
        trouble=trouble,
        events=events_of(found),
        files=list(found.files.order_by(Evidence.id)),
        room=keeping.room_for(found),
        law=falls_under(found.age, found.country),
        country=country_name(found.country),
        first_word_by=found.received_at + FIRST_WORD_WITHIN if found.received_at else None,
        answered=any(each.is_ours for each in found.letters),
        erasure=erasure,
        export=answering.copy_of(found),
        to=veiled(found.email or ""),
        pages_words=words,
        status=status,
    )


@bp.post("/guardians/reports/<token>/letters")
@open_to_all(OPEN)
@limiter.limit("60/hour")
def write(token: str) -> AnyResponse:
    """Write to us, for as long as the case is open or somebody may still have a question."""
    found = report_of(token)
    if found.is_draft:
        return redirect(find_missing(found), 303)
    form = LetterForm()
    if not form.validate():
        return _case(found, form, status=422)
    try:
        letters.from_guardian(found, form.words.data or "")
    except letters.TooManyLetters:
        return _case(found, form, status=429, trouble=_l("That is enough for one day: we read everything, and answer. Write again tomorrow"))
    return redirect(f"{url_for('guardians.report', token=token)}#letters", 303)


@bp.post("/guardians/reports/<token>/files/more")
@open_to_all(OPEN)
@uploads.takes_files
@limiter.limit("100/hour")
def add_files(token: str) -> AnyResponse:
    """More papers or pictures while the case is open."""
    found = report_of(token)
    if not found.is_open:
        return redirect(url_for("guardians.report", token=token), 303)
    problems = [] if lapsed() else take_files(found)
    if problems or lapsed():
        return _case(found, LetterForm(formdata=None), problems, status=422)
    return redirect(f"{url_for('guardians.report', token=token)}#files", 303)


@bp.route("/guardians/reports/<token>/withdrawal", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("30/hour", methods=["POST"])
def withdraw(token: str) -> AnyResponse:
    """Take the report back, after reading what that means."""
    found = report_of(token)
    if (request.method == "GET" and found.is_open) or lapsed():
        return show("guardians/withdrawal.html", report=found, token=token, status=422 if lapsed() else 200)
    if request.method == "POST":
        letters.withdraw(found)
    return redirect(url_for("guardians.report", token=token), 303)


@bp.route("/guardians/reports/<token>/link", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("20/hour", methods=["POST"])
def new_link(token: str) -> AnyResponse:
    """End the link, which somebody else may have, and send another to the proved address."""
    found = report_of(token)
    if not found.proved_at:
        return redirect(url_for("guardians.report", token=token), 303)
    if request.method == "GET" or lapsed():
        return show("guardians/new_link.html", report=found, token=token, to=veiled(found.email or ""), status=422 if lapsed() else 200)
    letters.relink(found)
    return redirect(url_for("guardians.link_ended"), 303)


@bp.get("/guardians/link/ended")
@open_to_all("Whoever ended a link has none any more; the page names nobody.")
def link_ended() -> Response:
    """The old link opens nothing any more; the new one is under way."""
    return show("guardians/link_ended.html")
