"""The cookie that carries a session's token: read, set and taken away in one place."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

NAME = "__Host-session"
LONGEST = 100  # of our own tokens none is longer


def carried() -> str | None:
    """The token that this browser carries, living or not."""
    token = request.cookies.get(NAME, "")
    return token if 0 < len(token) <= LONGEST else None


def give(response: Response, token: str) -> None:
    """Let the browser carry *token* until it is closed; how long the token opens anything, its row decides."""
    response.set_cookie(NAME, token, secure=True, httponly=True, samesite="Lax", path="/")


def take_away(response: Response) -> None:
    """Let the browser carry nothing."""
    response.delete_cookie(NAME, secure=True, httponly=True, samesite="Lax", path="/")
