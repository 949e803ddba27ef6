"""The way in and out."""

from __future__ import annotations

import logging

from flask import Blueprint, current_app, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from privacy_center.accounts import step_up, troubles
from privacy_center.accounts.answers import carrying, sent_by_us, signed_out
from privacy_center.accounts.ending import how_it_ended
from privacy_center.accounts.loading import current_session
from privacy_center.accounts.sign_in import Return, begin, come_back, let_in, local, note_proof
from privacy_center.core.access import csrf, open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.datamap.policy import CONTROLLER

log = logging.getLogger(__name__)
bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
@open_to_all("Whoever isn’t signed in must find the way in.")
def sign_in() -> Response:
    """The way in; and, for whom a session has run out, why they are here."""
    next_page = local(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(next_page, 303)
    return show("accounts/sign_in.html", next_page=next_page, ended=how_it_ended())


@bp.post("/sign-in")
@open_to_all("The first step of signing in.")
@limiter.limit("120 per minute")
def leave_for_zai() -> Response:
    """Begin a sign-in, and send the person to Z.ai."""
    sent_by_us()
    return redirect(begin(request.form.get("next", "")), 303)


@bp.get("/sign-in/callback")
@open_to_all("Z.ai sends people back here; what they bring along says whether we sent them.")
@limiter.limit("120 per minute")
def callback() -> Response:
    """Take in whoever comes back from Z.ai."""
    back = come_back(request.args)
    token = confirmed(back) if back.attempt.user_id is not None else let_in(back)
    if token is None:
        return step_up.to_code(back.attempt.next_page)
    return carrying(token, back.attempt.next_page)


def confirmed(back: Return) -> str | None:
    """The token of a session whose person has just confirmed; None where Z.ai does not prove it and a code must."""
    step_up.check_same_person(back, current_app.config["SETTINGS"].zai_issuer)
    session, fresh = current_session(), step_up.is_fresh(back.attempt, back.identity.signed_in_at)
    if session is None:
        return let_in(back, confirmed=fresh)
    note_proof(session.user, back.identity)
    return step_up.confirm(session, "fresh sign-in at Z.ai") if fresh else None


@bp.post("/sign-out")
@open_to_all("Whoever is signed out already may say so once more.")
def sign_out() -> Response:
    """End this browser's session, here and at once."""
    if current_user.is_authenticated:
        sent_by_us()
    return signed_out()


# A page that was open before somebody signed in or out in another tab must still work: these two look for themselves.
csrf.exempt(leave_for_zai)
csrf.exempt(sign_out)


@bp.errorhandler(troubles.Trouble)
def trouble(error: troubles.Trouble) -> Response:
    """The page of what kept somebody from being signed in."""
    log.warning("sign-in came to nothing: %s: %s", error.kind.value, error.reason)
    words = troubles.WORDS[error.kind]
    return show("accounts/trouble.html", status=words.status, words=words, trouble=error, contact=CONTROLLER.contact)
