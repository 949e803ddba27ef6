"""What people read when something is wrong: what it is, what was kept, what to do."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from peewee import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from privacy_center.core.pages import wants_piece

log = logging.getLogger(__name__)

# The status codes that have words of their own in templates/errors/; any other is answered as 400 or 500.
WORDED = (400, 401, 403, 404, 405, 410, 413, 415, 422, 429, 500, 502, 503)


def answer_errors(app: Flask) -> None:
    """Answer every error with a page of ours, or with a sentence where htmx will swap it in."""

    @app.errorhandler(CSRFError)
    def _stale(error: CSRFError) -> Any:
        return answer(400, reason="stale form")

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        if error.response is not None or error.code is None or error.code < 400:
            return error
        body = answer(error.code)
        kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        return (*body, kept)

    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    def _database(error: Exception) -> Any:
        log.error("the database did not answer: %s", type(error).__name__)
        return (*answer(503), {"Retry-After": "10"})

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Any:
        # The type and place only: the text of an exception may carry personal data.
        log.error("unforeseen %s at %s", type(error).__name__, request.endpoint, exc_info=app.debug or app.testing)
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        return answer(500)


def answer(code: int, *, reason: str = "") -> tuple[str, int]:
    """The page for a status code, or its one sentence for htmx; JSON-speaking doors answer for themselves."""
    shown = code if code in WORDED else 400 if code < 500 else 500
    template = "errors/_sentence.html" if wants_piece() else "errors/page.html"
    return render_template(template, code=shown, reason=reason), code
