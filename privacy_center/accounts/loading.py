"""Who is at the door: the session that the browser's cookie opens, found once a request."""

from __future__ import annotations

from flask import Flask, Request, g
from flask_login import LoginManager

from privacy_center.accounts import cookie
from privacy_center.accounts.lookup import living_session
from privacy_center.accounts.models import Session, User


def recognise_people(app: Flask) -> None:
    """Let `current_user` be the person whose session the request carries."""
    manager = LoginManager()
    # Flask-Login's own means are off: who is signed in stands in our table, and nowhere else.
    manager.session_protection = None
    app.config["REMEMBER_COOKIE_NAME"] = "__Host-unused"
    manager.request_loader(_person)
    manager.init_app(app)


def _person(_request: Request) -> User | None:
    """The person whose session the request carries."""
    session = current_session()
    return session.user if session else None


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
