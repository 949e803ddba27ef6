"""Records in: the product's NDJSON, checked line by line and stored. Orders out: what people decide, told to connected systems."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add the feed's doors to the app, and the jobs that carry orders."""
    from privacy_center.core.access import csrf
    from privacy_center.feed import jobs, matters, order_views, processing_views  # noqa: F401  (register themselves)
    from privacy_center.feed.commands import ingest_files
    from privacy_center.feed.order_commands import orders_out
    from privacy_center.feed.views import bp

    csrf.exempt(bp)  # its calls are signed, and no browser makes them
    app.register_blueprint(bp)
    app.cli.add_command(ingest_files)
    app.cli.add_command(orders_out)
