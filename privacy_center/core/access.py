"""Who may come in: every door is closed unless its view says why it is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, redirect, request, session, url_for
from flask_login import current_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core.pages import wants_piece

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()
VISITS_REMEMBERED = 1024
SIGN_IN = "accounts.sign_in"


def open_to_all(because: str) -> Callable[[View], View]:
    """Mark a view as open without sign-in, and say why."""

    def mark(view: View) -> View:
        view.open_because = because  # type: ignore[attr-defined]
        return view

    return mark


def why_open(app: Flask, endpoint: str) -> str | None:
    """Why the endpoint is open without sign-in; None when it is closed."""
    if endpoint == "static":
        return "Style, script and pictures; nothing personal."
    return getattr(app.view_functions[endpoint], "open_because", None)


def csrf_token() -> str:
    """The token of this visit's forms. It is good for as long as the visit, so it is signed once and not for every page."""
    visit = session.get("csrf_token")
    return _signed(visit, str(current_app.secret_key)) if visit else generate_csrf()


@lru_cache(VISITS_REMEMBERED)
def _signed(_visit: str, _key: str) -> str:
    """The token of the visit that this request belongs to."""
    return str(generate_csrf())


def keep_doors_closed(app: Flask) -> None:
    """Let nobody who isn't signed in past any view that isn't marked open."""

    @app.before_request
    def _knock() -> AnyResponse | None:
        endpoint = request.endpoint
        if endpoint is None or why_open(current_app, endpoint) or current_user.is_authenticated:
            return None
        return ask_to_sign_in()


def ask_to_sign_in() -> AnyResponse:
    """Lead to the sign-in page and back."""
    return lead_to(SIGN_IN)


def lead_to(endpoint: str) -> AnyResponse:
    """Lead to a page that stands in the way, and back; htmx, which would swap that page in, is told to go there."""
    back_to = request.full_path.rstrip("?") if request.method == "GET" and not wants_piece() else page_of_request()
    target = url_for(endpoint, next=back_to) if back_to else url_for(endpoint)
    if request.headers.get("HX-Request"):
        return Response("", 401, {"HX-Redirect": target})
    return redirect(target, 303)


def page_of_request() -> str:
    """The path of the page that the request came from, when the browser says so."""
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    path = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return path if came_from.netloc == request.host and is_local(path) else ""


def is_local(path: str | None) -> bool:
    r"""Whether *path* leads to a page of ours and nowhere else: `//host`, `/\host` and control characters don't."""
    if not path or not path.startswith("/") or path[1:2] in ("/", "\\"):
        return False
    return all(character.isprintable() and character != "\\" for character in path)
