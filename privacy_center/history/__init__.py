"""Conversations, their messages and files: listed, searched, read."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages to the app."""
    from privacy_center.history.views import bp

    app.register_blueprint(bp)
