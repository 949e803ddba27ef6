"""What we hold and why: the data map read aloud, and the overview in pictures."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages to the app."""
    from privacy_center.know import matters  # noqa: F401  (registers what it says)
    from privacy_center.know.views import bp

    app.register_blueprint(bp)
