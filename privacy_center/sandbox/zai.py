"""The stand-in's sign-in page, for both shapes: who are you, and where do you come from."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from flask import Blueprint, current_app, redirect, render_template, request, session
from werkzeug.wrappers import Response

from privacy_center.sandbox.grants import ZAI, Grant
from privacy_center.sandbox.people import PEOPLE, known
from privacy_center.sandbox.settings import CLIENT_ID

bp = Blueprint("zai", __name__)

OPENID, BROKER = "/oidc/authorize", "/api/oauth/authorize"
ERRORS = {"deny": "access_denied", "error": "server_error", "busy": "temporarily_unavailable"}


def zai() -> ZAI:
    """The stand-in's memory."""
    found: ZAI = current_app.extensions["stand-in"]
    return found


@bp.get(OPENID)
@bp.get(BROKER)
def authorize() -> Response | tuple[str, int]:
    """The sign-in page; it is always shown, so that whoever tries the centre out can become somebody else."""
    zai().remember(f"GET {request.path}", request.args.to_dict())
    if sentence := _wrong_with(request.args):
        return render_template("refused.html", sentence=sentence), 400
    if error := ERRORS.get(zai().behaviour):
        return back(error=error)
    if request.path == OPENID and (error := _openid_error(request.args)):
        return back(error=error)
    if request.args.get("prompt") == "none":
        return back(code=_code(session["subject"])) if "subject" in session else back(error="login_required")
    return _page()


@bp.post(OPENID)
@bp.post(BROKER)
def sign_in() -> Response | tuple[str, int]:
    """Send the person back, as whom they have chosen to be."""
    if sentence := _wrong_with(request.args):
        return render_template("refused.html", sentence=sentence), 400
    if "cancel" in request.form:
        return back(error="access_denied")
    subject = (request.form.get("account") or request.form.get("account_id", "")).strip()
    if not subject or not subject.isprintable() or len(subject) > 200:
        return _page("Type a Z.ai user id.", 422)
    return back(code=_code(subject))


def _page(wrong: str = "", status: int = 200) -> tuple[str, int]:
    """The page with the people on it."""
    here = known(session.get("subject", "")) or session.get("subject")
    again = request.args.get("prompt") == "login"
    return render_template("sign_in.html", people=PEOPLE, here=here, again=again, wrong=wrong, client=request.args.get("client_id")), status


def _wrong_with(asked: dict[str, str]) -> str:
    """Why nobody may be sent back with this; empty when they may."""
    if asked.get("client_id") != CLIENT_ID:
        return "No such client is registered."
    if asked.get("redirect_uri") != zai().place.redirect_uri:
        return f"Redirect URI not registered for this client. Registered is {zai().place.redirect_uri}."
    return ""


def _openid_error(asked: dict[str, str]) -> str:
    """The error code for a request that the standard, or this provider's rule that PKCE is a must, does not allow."""
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope"
    proves = asked.get("code_challenge") and asked.get("code_challenge_method") == "S256"
    return "" if proves else "invalid_request"


def _code(subject: str) -> str:
    """A code for somebody who signs in now, or who did before and need not again."""
    now, before = int(time.time()), session.get("at", 0)
    patience = request.args.get("max_age", "")
    too_long_ago = patience.isdigit() and now - before >= int(patience)
    if session.get("subject") != subject or request.args.get("prompt") == "login" or too_long_ago:
        session.update(subject=subject, at=now)
    return zai().new_code(Grant(subject, session["at"], request.args.to_dict()))


def back(**answer: str) -> Response:
    """Send the person back to the centre with an answer."""
    answer["state"] = request.args.get("state", "")
    if request.path == OPENID:
        answer["iss"] = "https://elsewhere.example" if zai().is_told("wrong sender") else zai().place.address
    return redirect(f"{zai().place.redirect_uri}?{urlencode(answer)}", 303)
