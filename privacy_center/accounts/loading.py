"""Who is at the door: the session that the browser's cookie opens, found once a request."""

from __future__ import annotations

from flask import Flask, Response, g
from flask_login import LoginManager

from privacy_center.accounts import cookie
from privacy_center.accounts.lookup import living_session
from privacy_center.accounts.models import Session


class Recognition(LoginManager):
    """Who is signed in stands in our table, and nowhere else: none of Flask-Login's own ways is tried."""

    def _load_user(self) -> None:
        session = current_session()
        self._update_request_context_with_user(session.user if session else None)

    def _update_remember_cookie(self, response: Response) -> Response:
        """Leave the answer as it is: nobody is remembered beyond a session, and the extension would look for it on every page."""
        return response


def recognise_people(app: Flask) -> None:
    """Let `current_user` be the person whose session the request carries."""
    Recognition().init_app(app)


def current_session() -> Session | None:
    """The living session of this request's browser, with its user; looked up once, and noted as in use."""
    if "session" not in g:
        token = cookie.carried()
        g.session = living_session(token) if token else None
        if g.session:
            g.session.touch()
    found: Session | None = g.session
    return found


def here() -> Session:
    """The living session of this request, in a view that is closed to strangers: there is one."""
    session = current_session()
    assert session is not None
    return session
