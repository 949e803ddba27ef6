"""The account's pages: who Z.ai says one is, and the browsers one is signed in in."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from privacy_center.accounts import ending
from privacy_center.accounts.answers import signed_out
from privacy_center.accounts.loading import here
from privacy_center.accounts.models import Session, User
from privacy_center.accounts.views import bp
from privacy_center.core.pages import show
from privacy_center.datamap import registry


@bp.get("/account")
def page() -> Response:
    """Who you are to ZCode, as the data map has it."""
    facts = [(note.words, getattr(current_user, field.name)) for field, note in registry.personal_fields(User) if field is not User.closing_at]
    return show("accounts/page.html", holds=User.holds, facts=facts, count=mine().count())


@bp.get("/account/sessions")
def sessions() -> Response:
    """The browsers in which one is signed in, the latest used first."""
    return show("accounts/sessions.html", sessions=list(mine().order_by(Session.seen_at.desc(), Session.id)), here=here())


@bp.post("/account/sessions/<int(max=9223372036854775807):session_id>/ending")
def end_session(session_id: int) -> Response:
    """End one of them."""
    session = mine().where(Session.id == session_id).get_or_none() or abort(404)
    if session == here():
        return signed_out()
    ending.end(session, "from another browser")
    flash(_("That browser is signed out"), "ended")
    return redirect(url_for("accounts.sessions"), 303)


@bp.post("/account/sessions/endings")
def end_other_sessions() -> Response:
    """End all but the one of this browser."""
    count = ending.end_others(current_user, here())
    flash(ngettext("%(num)d other browser is signed out", "%(num)d other browsers are signed out", count), "ended")
    return redirect(url_for("accounts.sessions"), 303)


def mine() -> Any:
    """The person's sessions that have not run out."""
    return Session.current().where(Session.held_for(current_user))
