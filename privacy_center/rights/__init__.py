"""Rights: requests of people, the laws that date them, the answers, the authorities, the yearly numbers."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's pages and jobs to the app."""
    from privacy_center.rights import jobs  # noqa: F401  (registers itself)
