"""Records in: the product's NDJSON, checked line by line and stored; by command or by signed call."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages to the app."""
    from privacy_center.feed.views import bp

    app.register_blueprint(bp)
