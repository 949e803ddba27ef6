"""Local stand-ins for Z.ai, Stripe and the mail server, and demo people; loaded only when the switch is on."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add the sandbox's commands; its apps run in a process of their own."""
    from privacy_center.sandbox.demo import demo

    app.cli.add_command(demo)
