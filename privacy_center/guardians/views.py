"""The open pages for guardians: what happens with a report, and a lost link."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from peewee import fn
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core import access, db, jobs
from privacy_center.core.access import open_to_all
from privacy_center.core.db import database
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.guardians import telling, words
from privacy_center.guardians.ages import BY_COUNTRY, CHECKED
from privacy_center.guardians.forms import LostLinkForm
from privacy_center.guardians.models import Report
from privacy_center.rights.homes import country_name
from privacy_center.verification.addresses import address_of

bp = Blueprint("guardians", __name__)
OPEN = "A parent must be able to report without an account; the secret link opens one report and nothing else."
MOST_LINKS = 5


@bp.app_template_global("report_lapsed")
def lapsed() -> bool:
    """Whether the form came from a visit that is over: then what was typed is shown again, and nothing was done."""
    return bool(g.get("report_lapsed"))


@bp.errorhandler(CSRFError)
def _show_again(error: CSRFError) -> Any:
    """A long form must not lose what was typed because the visit ended: show it again, as it was filled in, with a new token."""
    view = current_app.view_functions[request.endpoint or ""]
    if request.blueprint != bp.name or not access.why_open(current_app, request.endpoint or ""):
        return as_elsewhere(error)
    db.connect()
    g.report_lapsed = True
    try:
        shown = make_response(view(**(request.view_args or {})))
    except HTTPException:
        return as_elsewhere(error)
    shown.status_code = 400 if shown.status_code < 300 or shown.status_code >= 400 else shown.status_code
    return shown


def as_elsewhere(error: HTTPException) -> Any:
    """Answer an error as the rest of the site does: what a blueprint's handler raises again reaches no other."""
    handlers = current_app.error_handler_spec[None]
    found: Any = next(handlers[code][kind] for code in (error.code, None) for kind in type(error).__mro__ if kind in handlers[code])
    return found(error)


@bp.get("/guardians")
@open_to_all("A parent who has never been here must be able to read what to do.")
def index() -> Response:
    """What happens with a report, what is needed, how long it takes."""
    ages = sorted((country_name(code), law) for code, law in BY_COUNTRY.items())
    return show("guardians/index.html", ages=ages, checked=datetime.combine(CHECKED, time(12), UTC))


@bp.route("/guardians/link", methods=["GET", "POST"])
@open_to_all("Who has lost the link has no other way in; it goes to the proved address only.")
@limiter.limit("20/hour", methods=["POST"])
def lost_link() -> AnyResponse:
    """Send the links of somebody's reports again; the answer is the same whether there are any."""
    form = LostLinkForm()
    if request.method == "GET":
        return show("guardians/lost_link.html", form=LostLinkForm(formdata=None), sent="sent" in request.args)
    if not form.validate():
        return show("guardians/lost_link.html", form=form, sent=False, status=422)
    send_links(address_of(form.email.data or "") or "")
    return redirect(url_for("guardians.lost_link", sent="1"), 303)


def send_links(address: str) -> None:
    """Mail the links of the newest reports of a proved address; a job is begun in any case, so that nobody can tell by the time it takes."""
    theirs = Report.proved_at.is_null(False) & (fn.LOWER(Report.email) == address.lower())
    with database.atomic():
        sent = [telling.send_link(each) for each in Report.select().where(theirs).order_by(Report.id.desc()).limit(MOST_LINKS)]
        if not sent:
            jobs.start(telling.LINK, telling.NOBODY)


def report_of(token: str) -> Report:
    """The report of a secret link, or a page that says that there is none."""
    return Report.by_link(token) or abort(404)


WORDS = {"relation": words.RELATIONS, "age": words.AGES, "wish": words.WISHES, "hint": words.HINTS, "outcome": words.OUTCOMES, "answer": words.ANSWERS}


@bp.app_template_global("words_of")
def words_of(kind: str, code: str | None) -> Any:
    """What a code of a report means, in words."""
    return WORDS[kind].get(code or "", "")


@bp.app_template_global("words_of_file")
def words_of_file(state: str) -> Any:
    """How it stands with a file, in words."""
    return words.FILE_STATES[state]
