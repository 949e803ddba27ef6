"""The history's pages: the list, a search in it, one conversation, its copy and its files."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request
from flask_login import current_user

from privacy_center.core.pages import show, wants_piece
from privacy_center.history import filters, listing
from privacy_center.history.models import Conversation

bp = Blueprint("history", __name__)


@bp.get("/history")
def index() -> Response:
    """Conversations by last activity."""
    asked = filters.read(request.args)
    page = listing.newest(current_user.id, asked, request.args.get("after"))
    models, workspaces = ([], []) if wants_piece() else (listing.choices(current_user.id, name) for name in ("model", "workspace"))
    status = 422 if asked.problems else 200
    return show("history/index.html", block="results", status=status, asked=asked, page=page, models=models, workspaces=workspaces, sources=filters.SOURCES)


@bp.get("/history/<int:conversation_id>")
def conversation(conversation_id: int) -> Response:
    """One conversation."""
    found = Conversation.owned_by(current_user).where(Conversation.id == conversation_id).first()
    if found is None:
        abort(404)
    return show("history/conversation.html", conversation=found)
