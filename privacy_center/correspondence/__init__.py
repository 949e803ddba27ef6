"""Messages between the person and us."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Make this room's tables known; it has no pages of its own yet."""
    from privacy_center.correspondence import models  # noqa: F401
