"""Writing a report, one thing a page; every page can be left and come back to."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core.access import open_to_all
from privacy_center.core.language import language
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.guardians import drafting, telling
from privacy_center.guardians.ages import falls_under
from privacy_center.guardians.draft_pages import PAGES, elsewhere, next_page, show_page, to
from privacy_center.guardians.forms import CheckForm, PageForm, WhoForm
from privacy_center.guardians.models import Evidence, Report
from privacy_center.guardians.views import OPEN, bp, lapsed, report_of
from privacy_center.rights.homes import country_name
from privacy_center.verification import proving
from privacy_center.verification.addresses import address_of, veiled


@bp.route("/guardians/reports/new", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("30/hour", methods=["POST"])
def new() -> AnyResponse:
    """Begin a report: who are you?"""
    form = WhoForm() if request.method == "POST" else WhoForm(formdata=None)
    if request.method == "GET" or not form.validate():
        return show_page("who", None, form)
    user = current_user if current_user.is_authenticated else None
    report = drafting.begin(form.said, language=language(), user=user)
    return redirect(to("address", report), 303)


@bp.route("/guardians/reports/<token>/<page>", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("300/hour", methods=["POST"])
def fill_in(token: str, page: str) -> AnyResponse:
    """One page of the report, as it was filled in so far; what is sent is kept at once."""
    report = report_of(token)
    make: Any = PAGES[page].form if page in PAGES else None
    if make is None:
        abort(404)
    if away := elsewhere(report, page):
        return away
    if request.method == "GET":
        return show_page(page, report, make(formdata=None, data={name: getattr(report, name) for name in _columns(make)}))
    form: PageForm = make()
    is_right = form.validate()
    if "later" in request.form and not lapsed():
        return _come_back_later(report, form)
    if not is_right:
        return show_page(page, report, form)
    if page == "address":
        return _ask_for_code(report, form)
    drafting.save(report, **form.said)
    return redirect(next_page(page, report), 303)


def _columns(make: Any) -> list[str]:
    return [name for name in make(formdata=None)._fields if name != "csrf_token"]


def _come_back_later(report: Report, form: PageForm) -> AnyResponse:
    """Keep what can be kept, and send the link."""
    if said := {name: value for name, value in form.said_so_far.items() if name != "email"}:
        drafting.save(report, **said)
    return redirect(to("later", report), 303)


def _ask_for_code(report: Report, form: PageForm) -> AnyResponse:
    """Send a code to the address; when too many were sent, say when there may be another."""
    address = address_of(form.said["email"]) or ""
    try:
        drafting.ask_for_code(report, address, language())
    except proving.TooMany as error:
        return show_page("address", report, form, pause=error.until, status=429)
    return redirect(next_page("address", report), 303)


@bp.route("/guardians/reports/<token>/check", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("60/hour", methods=["POST"])
def check(token: str) -> AnyResponse:
    """All answers, to be checked; the declaration; sending it."""
    report = report_of(token)
    if away := elsewhere(report, "check"):
        return away
    form = CheckForm() if request.method == "POST" else CheckForm(formdata=None)
    missing = drafting.missing(report)
    if request.method == "GET" or not form.validate() or missing:
        return _check_page(report, form, missing)
    try:
        drafting.send(report)
    except drafting.TooManyOpen:
        return _check_page(report, form, missing, too_many=True, status=409)
    return redirect(url_for("guardians.report", token=token), 303)


def _check_page(report: Report, form: CheckForm, missing: list[str], *, too_many: bool = False, status: int = 200) -> Response:
    law, found = falls_under(report.age, report.country), list(report.files.order_by(Evidence.id))
    said = {"missing": missing, "files": found, "law": law, "country": country_name(report.country), "too_many": too_many}
    return show_page("check", report, form, oneself=drafting.is_about_oneself(report), status=422 if missing and request.method == "POST" else status, **said)


@bp.route("/guardians/reports/<token>/later", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("60/hour", methods=["POST"])
def later(token: str) -> AnyResponse:
    """Where to come back, and until when; the link goes to the proved address."""
    report = report_of(token)
    if not report.is_draft:
        return redirect(url_for("guardians.report", token=token), 303)
    telling.send_link(report)
    return show("guardians/later.html", report=report, token=token, to=veiled(report.email) if report.email and report.proved_at else "")
