"""Reports that a child gave us data: from a guardian's first word to the certificate of erasure."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages and jobs to the app."""
    from privacy_center.erasure.log_views import explain
    from privacy_center.guardians import (  # noqa: F401  (register themselves)
        account_views,
        case_views,
        code_views,
        copy_views,
        counting,
        draft_views,
        file_views,
        jobs,
        matters,
        words,
    )
    from privacy_center.guardians.views import bp

    explain(words.OUTCOMES)
    app.register_blueprint(bp)
