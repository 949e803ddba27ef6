"""The visit's cookie as Flask signs it, its signer kept: making one takes as long as reading a cookie with it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface


class VisitsInCookies(SecureCookieSessionInterface):
    """Flask's own sessions; the signer is made anew only when the keys have changed."""

    def __init__(self) -> None:
        self._made: tuple[Any, Any] = (None, None)

    def get_signing_serializer(self, app: Flask) -> Any:
        """The signer for the app's keys."""
        keys = (app.secret_key, *app.config["SECRET_KEY_FALLBACKS"])
        if self._made[0] != keys:
            self._made = keys, super().get_signing_serializer(app)
        return self._made[1]
