"""Writing a report, one thing a page; every page can be left and come back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.codes import State
from privacy_center.core import clock, storage, uploads
from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.guardians import drafting, keeping, telling
from privacy_center.guardians.ages import falls_under
from privacy_center.guardians.forms import AccountForm, AddressForm, CheckForm, ChildForm, CodeForm, PageForm, WhoForm, WishesForm
from privacy_center.guardians.links import token_of
from privacy_center.guardians.models import Evidence, Report
from privacy_center.guardians.views import OPEN, as_elsewhere, bp, lapsed, report_of
from privacy_center.rights.homes import country_name
from privacy_center.verification import proving
from privacy_center.verification.addresses import address_of, veiled


@dataclass(frozen=True)
class Page:
    """One page of the report: its title, its form, and to which of the four stages it belongs."""

    title: Any
    stage: int
    form: type[PageForm] | None = None


PAGES = {
    "who": Page(_l("Who you are"), 1, WhoForm),
    "address": Page(_l("Your e-mail address"), 1, AddressForm),
    "code": Page(_l("Type the code"), 1),
    "child": Page(_l("The child"), 2, ChildForm),
    "account": Page(_l("What helps us find it"), 3, AccountForm),
    "wishes": Page(_l("What you want"), 3, WishesForm),
    "files": Page(_l("Papers and pictures"), 3),
    "check": Page(_l("Check and send"), 4),
}
STAGES = (_l("You"), _l("The child"), _l("The data"), _l("Check and send"))
TOO_LARGE = _l("Together these files are too large; send them one at a time")
PROVED_FIRST = ("child", "account", "wishes", "files", "check")
ORDER = list(PAGES)


@bp.route("/guardians/reports/new", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("30/hour", methods=["POST"])
def new() -> AnyResponse:
    """Begin a report: who are you?"""
    form = WhoForm() if request.method == "POST" else WhoForm(formdata=None)
    if request.method == "GET" or not form.validate():
        return _page("who", None, form)
    user = current_user if current_user.is_authenticated else None
    report = drafting.begin(form.said, language=str(get_locale() or "en"), user=user)
    return redirect(_to("address", report), 303)


@bp.route("/guardians/reports/<token>/<page>", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("300/hour", methods=["POST"])
def fill_in(token: str, page: str) -> AnyResponse:
    """One page of the report, as it was filled in so far; what is sent is kept at once."""
    report = report_of(token)
    make: Any = PAGES[page].form if page in PAGES else None
    if make is None:
        abort(404)
    if away := _elsewhere(report, page):
        return away
    if request.method == "GET":
        return _page(page, report, make(formdata=None, data={name: getattr(report, name) for name in _columns(make)}))
    form: PageForm = make()
    is_right = form.validate()
    if "later" in request.form and not lapsed():
        return _come_back_later(report, form)
    if not is_right:
        return _page(page, report, form)
    if page == "address":
        return _ask_for_code(report, form)
    drafting.save(report, **form.said)
    return redirect(_next(page, report), 303)


def _columns(make: Any) -> list[str]:
    return [name for name in make(formdata=None)._fields if name != "csrf_token"]


def _come_back_later(report: Report, form: PageForm) -> AnyResponse:
    """Keep what can be kept, and send the link."""
    if said := {name: value for name, value in form.said_so_far.items() if name != "email"}:
        drafting.save(report, **said)
    return redirect(_to("later", report), 303)


def _ask_for_code(report: Report, form: PageForm) -> AnyResponse:
    """Send a code to the address; when too many were sent, say when there may be another."""
    address = address_of(form.said["email"]) or ""
    try:
        drafting.ask_for_code(report, address, str(get_locale() or "en"))
    except proving.TooMany as error:
        return _page("address", report, form, pause=error.until, status=429)
    return redirect(_next("address", report), 303)


@bp.route("/guardians/reports/<token>/code", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("60/hour", methods=["POST"])
def code(token: str) -> AnyResponse:
    """The code from the mail."""
    report = report_of(token)
    if away := _elsewhere(report, "code"):
        return away
    form = CodeForm() if request.method == "POST" else CodeForm(formdata=None)
    if request.method == "GET" or not form.validate():
        return _code_page(report, form)
    if drafting.type_code(report, form.code.data or "") is proving.Result.RIGHT:
        return redirect(_next("code", report), 303)
    form.code.errors = [_l("That is not the code; look at the newest mail, and type it again")]
    return _code_page(report, form)


@bp.post("/guardians/reports/<token>/code/again")
@open_to_all(OPEN)
@limiter.limit("30/hour")
def code_again(token: str) -> AnyResponse:
    """Send another code."""
    report = report_of(token)
    if away := _elsewhere(report, "code"):
        return away
    if lapsed():
        return redirect(_to("code", report), 303)
    try:
        proof = drafting.proof_of(report)
        if proof:
            proving.send_again(proof)
        else:
            drafting.ask_for_code(report, str(report.email), report.language)
    except proving.TooMany as error:
        return _code_page(report, CodeForm(formdata=None), pause=error.until, status=429)
    return redirect(_to("code", report), 303)


def _code_page(report: Report, form: CodeForm, *, pause: Any = None, status: int = 200) -> Response:
    proof = drafting.proof_of(report)
    state = proving.state_of(proof) if proof else State.NONE
    wait = max(1, round((pause - clock.now()).total_seconds() / 60)) if pause else 0
    return _page("code", report, form, state=state.value, left=proving.tries_left(proof) if proof else 0, wait=wait, status=status)


@bp.route("/guardians/reports/<token>/files", methods=["GET", "POST"])
@open_to_all(OPEN)
@uploads.takes_files
@limiter.limit("100/hour", methods=["POST"])
def files(token: str) -> AnyResponse:
    """Papers and pictures, up to five; none is needed."""
    report = report_of(token)
    if away := _elsewhere(report, "files"):
        return away
    if request.method == "GET":
        return _files_page(report, [("", TOO_LARGE)] if "too_large" in request.args else [])
    problems = [] if lapsed() else take_files(report)
    if problems or lapsed():
        return _files_page(report, problems, status=422)
    if "add" in request.form:
        return redirect(_to("files", report), 303)
    if "later" in request.form:
        return redirect(_to("later", report), 303)
    drafting.save(report, no_files=not report.files.exists())
    return redirect(_next("files", report), 303)


def _files_page(report: Report, problems: Any = (), status: int = 200) -> Response:
    return _page("files", report, None, problems=problems, files=list(report.files.order_by(Evidence.id)), room=keeping.room_for(report), status=status)


def take_files(report: Report) -> list[tuple[str, Any]]:
    """Keep the files of the form; returns the names of those that were refused, each with the sentence that says why."""
    problems: list[tuple[str, Any]] = []
    for file in request.files.getlist("files")[: 2 * uploads.MOST]:
        if not file.filename:
            continue
        name = file.filename.replace("\\", "/").rsplit("/", 1)[-1][:80]
        try:
            keeping.add(report, file)
        except uploads.Refused as refused:
            problems.append((name, refused.args[0]))
        except keeping.NoRoom:
            problems.append((name, _l("There are five files already; remove one first")))
        except storage.Unreachable:
            problems.append((name, _l("We can’t keep files just now. Go on without; you can add them later on the page of the report")))
    return problems


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(error: RequestEntityTooLarge) -> Any:
    """Say on the page of the files that they were too many bytes together; nothing of them was kept."""
    token = (request.view_args or {}).get("token")
    if request.endpoint not in ("guardians.files", "guardians.add_files") or not token:
        return as_elsewhere(error)
    return redirect(url_for(request.endpoint.replace("add_files", "report"), token=token, too_large="1"), 303)


@bp.post("/guardians/reports/<token>/files/<int(max=9223372036854775807):evidence>/deletion")
@open_to_all(OPEN)
@limiter.limit("100/hour")
def remove_file(token: str, evidence: int) -> AnyResponse:
    """Take a file back."""
    report = report_of(token)
    back = _to("files", report) if report.is_draft else f"{url_for('guardians.report', token=token)}#files"
    found = report.files.where(Evidence.id == evidence).first()
    if found and not lapsed() and not report.is_final:
        keeping.remove(found)
    return redirect(back, 303)


@bp.route("/guardians/reports/<token>/check", methods=["GET", "POST"])
@open_to_all(OPEN)
@limiter.limit("60/hour", methods=["POST"])
def check(token: str) -> AnyResponse:
    """All answers, to be checked; the declaration; sending it."""
    report = report_of(token)
    if away := _elsewhere(report, "check"):
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
    return _page("check", report, form, oneself=drafting.is_about_oneself(report), status=422 if missing and request.method == "POST" else status, **said)


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


def _elsewhere(report: Report, page: str) -> AnyResponse | None:
    """Where to go instead: to the case when it was sent, to the address as long as none is proved."""
    token = (request.view_args or {})["token"]
    if not report.is_draft:
        return redirect(url_for("guardians.report", token=token), 303)
    if page in PROVED_FIRST and not report.proved_at:
        return redirect(_to("code" if report.email else "address", report), 303)
    if page == "code" and (report.proved_at or not report.email):
        return redirect(_to("child" if report.proved_at else "address", report), 303)
    return None


def _to(page: str, report: Report) -> str:
    """The address of a page of the report."""
    token = (request.view_args or {}).get("token") or token_of(report)
    if page in ("code", "files", "check", "later"):
        return url_for(f"guardians.{page}", token=token)
    return url_for("guardians.fill_in", token=token, page=page)


def _next(page: str, report: Report) -> str:
    """The page after this one; back to the check when it came from there, once nothing else is missing."""
    if page == "address":
        return _to("child" if report.proved_at else "code", report)
    if request.args.get("back") == "check":
        return _to(next(iter(drafting.missing(report)), "check"), report)
    return _to(ORDER[ORDER.index(page) + 1], report)


def _page(page: str, report: Report | None, form: Any, *, status: int = 200, **more: Any) -> Response:
    """A page of the report; a form that is not right yet answers 422."""
    before = ORDER[ORDER.index(page) - 1] if page != "who" else None
    if page == "child":
        before = "address"
    wrong = form is not None and bool(form.errors)
    return show(
        f"guardians/{page}.html",
        page=page,
        report=report,
        form=form,
        stage=PAGES[page].stage,
        stages=STAGES,
        title=PAGES[page].title,
        back=_to(before, report) if before and report else url_for("guardians.index"),
        back_words=PAGES[before].title if before and report else _l("For guardians"),
        to=_to,
        pages=PAGES,
        status=422 if wrong and status == 200 else status,
        **more,
    )


def find_missing(report: Report) -> str:
    """Where a draft goes on."""
    return _to(next(iter(drafting.missing(report)), "check"), report)
