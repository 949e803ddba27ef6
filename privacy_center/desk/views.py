"""The queue, and each case as it is read."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core import uploads
from privacy_center.core.pages import show
from privacy_center.desk import cases, filters, guards, listing
from privacy_center.desk.forms import NoteForm
from privacy_center.desk.guards import here
from privacy_center.desk.seeing import FILE_OPENED, seen
from privacy_center.desk.tables import as_csv
from privacy_center.rights import words
from privacy_center.rights.laws import TITLES
from privacy_center.rights.models import Attachment, Letter

bp = Blueprint("desk", __name__, url_prefix="/desk")
bp.before_request(guards.at_the_door)
bp.context_processor(guards.who_is_here)


@bp.get("")
def queue() -> AnyResponse:
    """Requests by due date, narrowed as the address says."""
    asked = filters.read(request.args, here())
    return show(
        "desk/queue.html",
        asked=asked,
        page=listing.page(asked, request.args.get("after")),
        counts=listing.counts(here()),
        overdue=listing.overdue(here()),
        officers=listing.officers(),
        states=words.STATES,
        rights=words.RIGHTS,
        laws=TITLES,
    )


@bp.get("/requests.csv")
def queue_as_table() -> AnyResponse:
    """The same look at the queue as a table for a spreadsheet; nothing in it is personal."""
    rows = listing.every(filters.read(request.args, here()))
    head = ["reference", "right", "state", "country", "region", "law", "received", "due", "answered", "decision", "officer"]
    lines = (
        [
            each.request.reference,
            each.request.right,
            each.request.state,
            each.request.country,
            each.request.region,
            each.request.law,
            each.request.received_at.date(),
            each.request.promised_on,
            each.request.answered_at and each.request.answered_at.date(),
            each.request.decision,
            each.officer,
        ]
        for each in rows
    )
    return as_csv("requests.csv", head, lines)


@bp.get("/cases/<case>")
def case(case: str) -> AnyResponse:
    """One request, opened."""
    return case_page(cases.opened(cases.find(case, here()), here()))


def case_page(opened: cases.Case, *, note: NoteForm | None = None, trouble: str = "", status: int = 200) -> AnyResponse:
    """The page of a case, with what went wrong, if anything did."""
    return show(
        "desk/case.html",
        status=status,
        case=opened,
        note=note or NoteForm(formdata=None),
        trouble=trouble,
        officers=listing.officers(),
        reasons=words.REASONS,
    )


@bp.get("/cases/<case>/files/<int:attachment>")
def attached(case: str, attachment: int) -> AnyResponse:
    """A file of a letter, to be saved: never shown in the browser, as others chose what it holds."""
    found = cases.find(case, here())
    file = Attachment.select().join(Letter).where((Attachment.id == attachment) & (Letter.request == found)).first() if attachment < 2**63 else None
    if file is None or file.storage_key is None:
        guards.not_here()
    seen(found.user_id, f"attachment:{file.id}", FILE_OPENED, by=here())
    return uploads.handed_back(file.storage_key, file.name)
