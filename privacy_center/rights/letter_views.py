"""What can be saved of a request: a file that came with a letter, the copy that was made for it, the whole correspondence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.step_up import CONFIRM, is_confirmed
from privacy_center.core import sealing, storage
from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.uploads import SAVED_ONLY, handed_back
from privacy_center.exports import asking as exports
from privacy_center.exports import delivery
from privacy_center.rights import correspondence, proofs, shown
from privacy_center.rights.models import Attachment, Letter
from privacy_center.rights.page_views import OPEN, Seen, look
from privacy_center.rights.views import bp

FRESH = timedelta(minutes=15)  # as old as a confirmation may be before a copy of everything is handed out


@bp.get("/requests/<reference>/files/<int(max=9223372036854775807):attachment_id>")
@open_to_all(OPEN)
@limiter.limit("120 per minute")
def attachment(reference: str, attachment_id: int) -> AnyResponse:
    """A file of the correspondence, to be saved."""
    seen = look(reference, reading=True)
    of_it = (Attachment.id == attachment_id) & (Letter.request == seen.asked)
    file = Attachment.select().join(Letter).where(of_it).first() or abort(404)
    try:
        answer = handed_back(str(file.storage_key), file.name, file.media_type)
    except (storage.Missing, sealing.Unreadable):
        abort(404)
    answer.content_length = file.size
    return answer


@bp.get("/requests/<reference>/copy")
@open_to_all(OPEN)
@limiter.limit("60 per minute")
def copy(reference: str) -> AnyResponse:
    """The copy that was made for the request, for whoever has just proved to be who may have it."""
    seen = look(reference, reading=True)
    export = shown.copy_of(seen.asked)
    if export is None or not export.is_there:
        return redirect(url_for("rights.page", reference=seen.name), 303)
    if not _is_fresh(seen):
        return _prove_again(seen)
    return delivery.hand_out(export, exports.note_download) or abort(404)


def _is_fresh(seen: Seen) -> bool:
    """Whether the person has proved within a quarter of an hour that it is them."""
    return is_confirmed() if seen.asked.user_id is not None else proofs.may_read(seen.asked, FRESH)


def _prove_again(seen: Seen) -> AnyResponse:
    """Lead to where that is done, and back to the page."""
    page = url_for("rights.page", reference=seen.name)
    if current_user.is_authenticated and seen.asked.user_id is not None:
        return redirect(url_for(CONFIRM, next=page), 303)
    proofs.forget(seen.asked)
    return redirect(f"{page}#prove", 303)


@bp.get("/requests/<reference>/correspondence.json")
@open_to_all(OPEN)
@limiter.limit("60 per minute")
def correspondence_json(reference: str) -> AnyResponse:
    """Everything about the request as a file for machines."""
    seen = look(reference, reading=True)
    return _saved(correspondence.as_json(seen.asked), "application/json", seen, "json")


@bp.get("/requests/<reference>/correspondence.html")
@open_to_all(OPEN)
@limiter.limit("60 per minute")
def correspondence_html(reference: str) -> AnyResponse:
    """Everything about the request as a page to keep, which needs nothing else."""
    seen = look(reference, reading=True)
    return _saved(render_template("rights/_correspondence.html", whole=correspondence.whole(seen.asked)), "text/html; charset=utf-8", seen, "html")


def _saved(body: Any, kind: str, seen: Seen, ending: str) -> Response:
    """A file to save, named after the request."""
    answer = make_response(body)
    answer.headers["Content-Type"] = kind
    answer.headers.update(SAVED_ONLY)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{seen.asked.reference}.{ending}")
    return answer
