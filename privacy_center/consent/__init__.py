"""Choices: what people allow and what they stop, the cookies of this site, and the records that prove each answer."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages and jobs to the app, and let every answer obey the browser's choice of cookies."""
    from privacy_center.consent import cookie_views, jobs, machine_views, merging, record_views  # noqa: F401  (register themselves)
    from privacy_center.consent.obeying import obey_choices
    from privacy_center.consent.views import bp

    obey_choices(app)
    app.register_blueprint(bp)
