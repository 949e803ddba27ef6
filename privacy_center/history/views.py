"""The history's pages: the list and a search in it, one conversation, its copy as Markdown, its files."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, send_file
from flask_login import current_user

from privacy_center.core import storage
from privacy_center.core.pages import show, wants_piece
from privacy_center.history import document, filters, listing, reading, rows, search, sought
from privacy_center.history.files import owned_file, safe_name
from privacy_center.history.models import Conversation
from privacy_center.history.opened import open_at

bp = Blueprint("history", __name__)


@bp.get("/history")
def index() -> Response:
    """Conversations by last activity, or those that have the sought words; htmx takes an older page to the end of the list."""
    asked, after = filters.read(request.args), request.args.get("after")
    words = sought.read(asked.words)
    page = search.newest(current_user.id, asked, words, after) if asked.words else listing.newest(current_user.id, asked, after)
    return show(
        "history/index.html",
        block="results",
        status=422 if asked.problems else 200,
        asked=asked,
        sought=words,
        page=page,
        here=asked.address(after="" if page.first else after or ""),
        goes_on=wants_piece(),
        choices={} if wants_piece() else listing.choices(current_user.id),
        sources=rows.words_here().sources,
    )


@bp.get("/history/<int(max=9223372036854775807):conversation_id>")
def conversation(conversation_id: int) -> Response:
    """One conversation, opened at the newest thread or at the message that a link names."""
    found, asked = mine(conversation_id), filters.read(request.args)
    opened = open_at(found, branch=request.args.get("branch", type=int), after=request.args.get("after"), words=asked.words)
    return show("history/conversation.html", asked=asked, conversation=found, opened=opened, reading=reading.read(opened, sought.read(asked.words)))


@bp.get("/history/<int(max=9223372036854775807):conversation_id>.md")
def markdown(conversation_id: int) -> Response:
    """The whole conversation as a Markdown file."""
    found = mine(conversation_id)
    opened = open_at(found, branch=None, after=None, words="")
    return send_file(document.write(opened), mimetype="text/markdown", as_attachment=True, download_name=document.name_of(found))


@bp.get("/history/<int(max=9223372036854775807):conversation_id>/files/<int(max=9223372036854775807):file_id>")
def file(conversation_id: int, file_id: int) -> Response:
    """A file's contents, to be saved and never shown: it may be anything."""
    found = owned_file(mine(conversation_id), file_id)
    if found is None:
        abort(404)
    try:
        contents = storage.read(found.storage_key) if found.storage_key else None
    except storage.Missing:
        contents = None
    if contents is None:
        return show("history/no_contents.html", status=404, file=found, conversation_id=conversation_id)
    answer = Response(contents, mimetype="application/octet-stream", headers={"Content-Security-Policy": "default-src 'none'; sandbox"})
    answer.headers.set("Content-Disposition", "attachment", filename=safe_name(found.name))
    return answer


def mine(conversation_id: int) -> Conversation:
    """The person's own conversation with that number; anybody else's answers like one that never was."""
    found = Conversation.owned_by(current_user).where(Conversation.id == conversation_id).first()
    return found or abort(404)
