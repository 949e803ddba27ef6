"""Copies of everything: asked for, built in the background, downloaded by their owner, gone after a week."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages and jobs to the app."""
    from privacy_center.exports import jobs, matters  # noqa: F401  (register themselves)
    from privacy_center.exports.views import bp

    app.register_blueprint(bp)
