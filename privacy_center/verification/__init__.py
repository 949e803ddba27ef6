"""Verification: e-mail addresses of people without an account, proved by a code that is sent there."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add this room's jobs to the app; its pages belong to the rooms that ask for a proof."""
    from privacy_center.verification import jobs  # noqa: F401  (register themselves)
