"""What the product learns by being used: devices, usage events, log entries, feedback."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Make this room's tables known; it has no pages of its own yet."""
    from privacy_center.telemetry import models  # noqa: F401
