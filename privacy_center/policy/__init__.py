"""The privacy policy: its editions, what changed between them, who was told, what people answered; and announcements."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages, jobs, commands and banner to the app."""
    from privacy_center.policy import acknowledgement_views, banner, jobs  # noqa: F401  (register themselves)
    from privacy_center.policy.commands import policy_group
    from privacy_center.policy.views import bp

    app.register_blueprint(bp)
    app.cli.add_command(policy_group)
    app.jinja_env.globals["policy_banner"] = banner.shown
