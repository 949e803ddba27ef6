"""Orders and subscriptions: what a person pays, for what, until when."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Make this room's tables known; it has no pages of its own yet."""
    from privacy_center.subscription import models  # noqa: F401
