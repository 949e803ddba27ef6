"""Rights: requests of people, the laws that date them, the answers, the authorities, the yearly numbers."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages and jobs to the app."""
    from privacy_center.erasure.log_views import explain
    from privacy_center.rights import (  # noqa: F401  (register themselves)
        act_views,
        attach_views,
        authority_views,
        check_views,
        code_views,
        draft_jobs,
        jobs,
        letter_views,
        matters,
        new_views,
        page_views,
        statistics_views,
        words,
    )
    from privacy_center.rights.views import bp

    explain(words.RIGHTS, words.REASONS, words.EXTENSIONS)
    app.register_blueprint(bp)
