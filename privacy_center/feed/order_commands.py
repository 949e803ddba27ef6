"""`flask orders`: how far connected systems have been told, and telling them again."""

from __future__ import annotations

import sys
from typing import Any

import click
from peewee import fn

from privacy_center.core import db
from privacy_center.core.outbox import FAILED, WAITING, Delivery
from privacy_center.feed import orders


@click.command("orders")
@click.option("--again", is_flag=True, help="Begin anew with the orders that could not be delivered for 3 days.")
def orders_out(*, again: bool) -> None:
    """Say how many orders each connected system has, and why others wait; exits 1 when some could not be delivered."""
    db.connect()
    if again:
        click.echo(f"Begun anew: {orders.try_again()}.")
    counted: Any = Delivery.select(Delivery.system, Delivery.state, fn.COUNT(Delivery.id)).group_by(Delivery.system, Delivery.state)
    for system, state, count in counted.order_by(Delivery.system, Delivery.state).tuples():
        click.echo(f"{system}: {count} {state}{_why(system, state)}")
    if Delivery.select().where(Delivery.state == FAILED).exists():
        sys.exit(1)


def _why(system: str, state: str) -> str:
    """What the system did at the last try, where that did not help."""
    if state not in (WAITING, FAILED):
        return ""
    ill = (Delivery.system == system) & (Delivery.state == state) & Delivery.trouble.is_null(False)
    last = Delivery.select().where(ill).order_by(Delivery.id.desc()).first()
    return f"; it {last.trouble}" if last else ""
