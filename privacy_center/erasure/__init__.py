"""Deleting: what was asked for, the one eraser that does it, and the receipts that prove it."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages and jobs to the app."""
    from privacy_center.erasure import (  # noqa: F401  (register themselves)
        closing_jobs,
        closure_views,
        erasing_jobs,
        expiring,
        jobs,
        log_views,
        matters,
        receipt_views,
    )
    from privacy_center.erasure.closing import switch_off
    from privacy_center.erasure.commands import erasures
    from privacy_center.erasure.views import bp

    switch_off(app)
    app.register_blueprint(bp)
    app.cli.add_command(erasures)
