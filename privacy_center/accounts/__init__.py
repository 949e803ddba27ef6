"""People and their way in: users, Z.ai sign-in, sessions, step-up confirmation."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages to the app."""
    # Jobs and views exist once their files have been read.
    from privacy_center.accounts import account_views, confirm_views, jobs  # noqa: F401
    from privacy_center.accounts.loading import recognise_people
    from privacy_center.accounts.providers import use_provider
    from privacy_center.accounts.views import bp

    recognise_people(app)
    use_provider(app)
    app.register_blueprint(bp)
