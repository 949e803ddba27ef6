"""The desk: where privacy officers answer what people ask, and auditors see how."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Add the desk's pages, jobs and commands to the app."""
    from privacy_center.desk.commands import staff_group

    app.cli.add_command(staff_group)
