"""People and their way in: users, Z.ai sign-in, sessions, step-up confirmation."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages to the app."""
    from privacy_center.accounts.views import bp

    app.register_blueprint(bp)
