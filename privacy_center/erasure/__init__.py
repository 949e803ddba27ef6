"""Deleting: what was asked for, the one eraser that does it, and the receipts that prove it."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages and jobs to the app."""
    from privacy_center.erasure import jobs, matters, receipt_views  # noqa: F401  (register themselves)
    from privacy_center.erasure.views import bp

    app.register_blueprint(bp)
