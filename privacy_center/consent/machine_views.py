"""What machines ask for: the word on Global Privacy Control, one-click unsubscribing, and the beacon of our own."""

from __future__ import annotations

import base64

from flask import Response, current_app, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.consent import choice, counting, unsubscribing
from privacy_center.consent.declared import BEACONS
from privacy_center.consent.views import bp
from privacy_center.core.access import csrf, open_to_all
from privacy_center.core.language import html_lang
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show

GPC = {"gpc": True, "lastUpdate": "2026-11-24"}
ONE_CLICK = "List-Unsubscribe"
POINT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # one transparent pixel


@bp.get("/.well-known/gpc.json")
@open_to_all("Browsers and their people look up here whether Global Privacy Control is honoured.")
def gpc() -> Response:
    """That Global Privacy Control is honoured here, as its specification has it."""
    return jsonify(GPC)


@bp.get("/unsubscribe/<token>")
@open_to_all("Whoever got a mail may stop such mails without signing in; the link is signed.")
@limiter.limit("60/minute")
def unsubscribe(token: str) -> Response:
    """The page behind the link in a mail: a button, as looking must change nothing; afterwards, that it is done."""
    user = unsubscribing.reader_of(token)
    if user is None:
        return show("consent/unsubscribe.html", state="unknown", status=404)
    return show("consent/unsubscribe.html", state="on" if unsubscribing.gets_mails(user) else "off", token=token)


@bp.post("/unsubscribe/<token>")
@open_to_all("Mail programs send this for their person, by one click (RFC 8058); the address is signed.")
@limiter.limit("60/minute")
def stop_mails(token: str) -> AnyResponse:
    """Stop the mails. A mail program is answered in plain words, as it must not be sent on; a person sees the page."""
    user = unsubscribing.reader_of(token)
    if user is None:
        return show("consent/unsubscribe.html", state="unknown", status=404)
    unsubscribing.stop(user, html_lang())
    if ONE_CLICK in request.form:
        return Response("Unsubscribed.\n", mimetype="text/plain")
    return redirect(url_for("consent.unsubscribe", token=token), 303)


csrf.exempt(stop_mails)


@bp.get("/beacon.gif")
@open_to_all("Pages carry it only where their person has agreed; it tells us no more than that a page was shown.")
@limiter.limit("600/minute")
def beacon() -> Response:
    """The invisible picture. It is counted where that is allowed and a page of ours asked for it; the answer is always the same."""
    endpoint = request.args.get("page", "")
    if choice.allows(BEACONS) and endpoint in current_app.view_functions and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        counting.count_beacon(endpoint)
    return Response(POINT, mimetype="image/gif")
