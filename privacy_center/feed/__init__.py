"""Records in: the product's NDJSON, checked line by line and stored; by command or by signed call."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add the feed's two doors to the app, and the sweep that tidies up behind them."""
    from privacy_center.core.access import csrf
    from privacy_center.feed.commands import ingest_files
    from privacy_center.feed.views import bp

    csrf.exempt(bp)  # its calls are signed, and no browser makes them
    app.register_blueprint(bp)
    app.cli.add_command(ingest_files)
