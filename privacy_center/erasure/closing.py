"""While an account is closing: its person can take a copy, keep it, or close it at once; every other door leads to the page that says so."""

from __future__ import annotations

from flask import Flask, Response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core.access import why_open

PAGE = "erasure.closure"
OVERVIEW = "know.overview"  # open to all, but of whoever is signed in it shows what we hold
# Closed doors that stay open: closing itself, copies, and proving that it is you, which a download asks for. Doors that are open to all stay so.
STAYS = (PAGE, "exports.", "accounts.confirm", "accounts.leave_to_confirm", "accounts.code", "accounts.try_code", "accounts.send_another")


def switch_off(app: Flask) -> None:
    """Put the one guard before every route of *app*."""

    @app.before_request
    def _lead_to_closing() -> AnyResponse | None:
        endpoint = request.endpoint
        if endpoint is None or stays_open(app, endpoint):
            return None
        if not getattr(current_user, "is_closing", False):
            return None
        if request.headers.get("HX-Request"):
            return Response("", 401, {"HX-Redirect": url_for(PAGE)})
        return redirect(url_for(PAGE), 303)


def stays_open(app: Flask, endpoint: str) -> bool:
    """Whether whoever is closing the account can still pass a door."""
    if why_open(app, endpoint):
        return endpoint != OVERVIEW
    return endpoint.startswith(STAYS)
