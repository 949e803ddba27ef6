"""The pages of a report that is being written: their order, the way from each to the next, and how each is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core.pages import show
from privacy_center.guardians import drafting
from privacy_center.guardians.forms import AccountForm, AddressForm, ChildForm, PageForm, WhoForm, WishesForm
from privacy_center.guardians.links import token_of
from privacy_center.guardians.models import Report


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
PROVED_FIRST = ("child", "account", "wishes", "files", "check")
ORDER = list(PAGES)


def elsewhere(report: Report, page: str) -> AnyResponse | None:
    """Where to go instead: to the case when it was sent, to the address as long as none is proved."""
    token = (request.view_args or {})["token"]
    if not report.is_draft:
        return redirect(url_for("guardians.report", token=token), 303)
    if page in PROVED_FIRST and not report.proved_at:
        return redirect(to("code" if report.email else "address", report), 303)
    if page == "code" and (report.proved_at or not report.email):
        return redirect(to("child" if report.proved_at else "address", report), 303)
    return None


def to(page: str, report: Report) -> str:
    """The address of a page of the report."""
    token = (request.view_args or {}).get("token") or token_of(report)
    if page in ("code", "files", "check", "later"):
        return url_for(f"guardians.{page}", token=token)
    return url_for("guardians.fill_in", token=token, page=page)


def next_page(page: str, report: Report) -> str:
    """The page after this one; back to the check when it came from there, once nothing else is missing."""
    if page == "address":
        return to("child" if report.proved_at else "code", report)
    if request.args.get("back") == "check":
        return to(next(iter(drafting.missing(report)), "check"), report)
    return to(ORDER[ORDER.index(page) + 1], report)


def show_page(page: str, report: Report | None, form: Any, *, status: int = 200, **more: Any) -> Response:
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
        back=to(before, report) if before and report else url_for("guardians.index"),
        back_words=PAGES[before].title if before and report else _l("For guardians"),
        to=to,
        pages=PAGES,
        status=422 if wrong and status == 200 else status,
        **more,
    )


def find_missing(report: Report) -> str:
    """Where a draft goes on."""
    return to(next(iter(drafting.missing(report)), "check"), report)
