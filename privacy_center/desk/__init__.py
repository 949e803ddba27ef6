"""The desk: where privacy officers answer what people ask, and auditors see how."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add the desk's pages, jobs and commands to the app."""
    from privacy_center.desk import case_views, decision_views, guardian_decision_views, guardian_views, jobs, letter_views, numbers_views, work_views  # noqa: F401  (register themselves)
    from privacy_center.desk.commands import staff_group
    from privacy_center.desk.views import bp

    app.register_blueprint(bp)
    app.cli.add_command(staff_group)
