"""`flask staff`: who works at the desk."""

from __future__ import annotations

import sys

import click
from flask import current_app

from privacy_center.core import db
from privacy_center.desk import staff
from privacy_center.desk.models import OFFICER, ROLES, Staff


@click.group("staff")
def staff_group() -> None:
    """The people who work at the desk."""


@staff_group.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(list(ROLES)), required=True, help="An officer acts; an auditor looks.")
def add(email: str, role: str) -> None:
    """Give EMAIL a place at the desk, or its place another role. It is tied to the account that first proves to have the address."""
    db.connect()
    try:
        there, changed = staff.add(email, role)
    except staff.NoAddress:
        click.echo(f"{email} is no e-mail address.", err=True)
        sys.exit(1)
    click.echo(f"{there.email} is {role}{'' if changed else ' already'}, as number {there.id}.")


@staff_group.command("remove")
@click.argument("email")
def remove(email: str) -> None:
    """Take the place of EMAIL away, from this moment on; exits 1 if it has none."""
    db.connect()
    if not staff.remove(email):
        click.echo(f"{email} has no place at the desk.", err=True)
        sys.exit(1)
    click.echo(f"{email} has no place at the desk any more.")


@staff_group.command("list")
def listed() -> None:
    """Say who works at the desk, and who has not come yet."""
    db.connect()
    for each in Staff.serving().order_by(Staff.id):
        since = f"since {each.bound_at:%Y-%m-%d}" if each.bound_at else "has not signed in yet"
        click.echo(f"{each.id}  {each.role:8}  {each.email}  {since}")
    known = {each.email for each in Staff.select()}
    for address in current_app.config["SETTINGS"].officers:
        if address not in known:
            click.echo(f"-  {OFFICER:8}  {address}  named by the setting, has not signed in yet")
