"""What people read when something is wrong: what it is, what was kept, what to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from peewee import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from privacy_center.core.pages import wants_piece

log = logging.getLogger(__name__)

MACHINES = "/api/"
NOT_OUR_NAME = "No site of that name is here. This one is at {}\n"


@dataclass(frozen=True)
class Words:
    """What an error page says: what is wrong, and what to do."""

    title: Any
    text: Any


# Any other status code is answered in the words of 400 or 500.
WORDED = {
    400: Words(_l("We could not read that"), _l("The address or the form was not whole. Go back, and try again.")),
    401: Words(_l("You are not signed in"), _l("Sign in, and you will come back to where you were.")),
    403: Words(_l("That is not yours to do"), _l("Nothing was changed. If you think it should be, write to us.")),
    404: Words(
        _l("There is nothing at this address"),
        _l("It may have been deleted, it may belong to somebody else, or the address has a slip in it. For safety we say the same in all three cases."),
    ),
    405: Words(_l("That can't be done at this address"), _l("Nothing was changed. Go to the page and use its buttons.")),
    410: Words(_l("This is over"), _l("What was here has run out or has been used. Begin again from your overview.")),
    413: Words(_l("That is too large"), _l("Nothing was kept of it. Send less at a time.")),
    415: Words(_l("We can't read that kind of file"), _l("Nothing was kept of it. Send one of the kinds that the page names.")),
    429: Words(_l("That was too often in a short time"), _l("Nothing is lost. Wait a few minutes, and try again.")),
    500: Words(
        _l("Something of ours broke"),
        _l("It is noted, and somebody will look. What you had sent before is safe; what you sent just now may not be. Try again in a minute."),
    ),
    502: Words(_l("Somebody we depend on does not answer"), _l("Nothing was changed. Try again in a few minutes.")),
    503: Words(_l("We can't answer just now"), _l("The site is busy or being looked after. Nothing was changed. Try again in a minute.")),
}
STALE_FORM = Words(
    _l("This form was too old"),
    _l("You signed in or out since you opened it, or the page was open for very long. Nothing was changed. Go back, load the page anew, and try again."),
)


def answer_errors(app: Flask) -> None:
    """Answer every error with a page of ours, or with a sentence where htmx will swap it in."""

    @app.errorhandler(CSRFError)
    def _stale(error: CSRFError) -> Any:
        return answer(400, reason="stale form")

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        if error.response is not None or error.code is None or error.code < 400:
            return error
        if isinstance(error, SecurityError):  # the request named another host, so no page can be linked to
            return Response(NOT_OUR_NAME.format(app.config["SETTINGS"].base_url), 400, content_type="text/plain; charset=utf-8")
        body = answer(error.code)
        kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Content-Range", "Retry-After")}
        return (*body, kept)

    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    def _database(error: Exception) -> Any:
        log.error("the database did not answer: %s", type(error).__name__)
        g.setdefault("_login_user", AnonymousUserMixin())  # the page must not ask the database again who this is
        return (*answer(503), {"Retry-After": "10"})

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Any:
        # The type and place only: the text of an exception may carry personal data.
        log.error("unforeseen %s at %s", type(error).__name__, request.endpoint, exc_info=app.debug or app.testing)
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        return answer(500)


def answer(code: int, *, reason: str = "") -> tuple[Any, int]:
    """The page for a status code, its one sentence for htmx, or JSON at the doors of machines."""
    shown = code if code in WORDED else 400 if code < 500 else 500
    words = STALE_FORM if reason == "stale form" else WORDED[shown]
    if request.path.startswith(MACHINES):
        return jsonify(error=str(words.title)), code
    template = "errors/_sentence.html" if wants_piece() else "errors/page.html"
    return render_template(template, code=code, words=words), code
