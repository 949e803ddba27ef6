"""Papers and pictures of a report that is being written; what is refused is said beside what was kept."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core import storage, uploads
from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.guardians import drafting, keeping
from privacy_center.guardians.draft_pages import elsewhere, next_page, show_page, to
from privacy_center.guardians.models import Evidence, Report
from privacy_center.guardians.views import OPEN, as_elsewhere, bp, lapsed, report_of

TOO_LARGE = _l("Together these files are too large; send them one at a time")


@bp.route("/guardians/reports/<token>/files", methods=["GET", "POST"])
@open_to_all(OPEN)
@uploads.takes_files
@limiter.limit("100/hour", methods=["POST"])
def files(token: str) -> AnyResponse:
    """Papers and pictures, up to five; none is needed."""
    report = report_of(token)
    if away := elsewhere(report, "files"):
        return away
    if request.method == "GET":
        return _files_page(report, [("", TOO_LARGE)] if "too_large" in request.args else [])
    problems = [] if lapsed() else take_files(report)
    if problems or lapsed():
        return _files_page(report, problems, status=422)
    if "add" in request.form:
        return redirect(to("files", report), 303)
    if "later" in request.form:
        return redirect(to("later", report), 303)
    drafting.save(report, no_files=not report.files.exists())
    return redirect(next_page("files", report), 303)


def _files_page(report: Report, problems: Any = (), status: int = 200) -> Response:
    return show_page("files", report, None, problems=problems, files=list(report.files.order_by(Evidence.id)), room=keeping.room_for(report), status=status)


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
    back = to("files", report) if report.is_draft else f"{url_for('guardians.report', token=token)}#files"
    found = report.files.where(Evidence.id == evidence).first()
    if found and not lapsed() and not report.is_final:
        keeping.remove(found)
    return redirect(back, 303)
