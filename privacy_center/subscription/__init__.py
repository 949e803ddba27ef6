"""Orders, subscriptions and invoices: what a person pays, for what, until when, and how to stop."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Make this room's tables and jobs known, add its pages, and open the door for Stripe's news."""
    from privacy_center.subscription import jobs, matters, models, views, webhook_views  # noqa: F401  (register themselves)

    app.register_blueprint(views.bp)
    app.register_blueprint(webhook_views.bp)
