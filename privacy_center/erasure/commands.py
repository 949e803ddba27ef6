"""`flask erasures`: repeating, after a backup was put back, what had been erased since it was taken."""

from __future__ import annotations

from dataclasses import asdict

import click

from privacy_center.core import db
from privacy_center.erasure import ledger, replaying


@click.group("erasures")
def erasures() -> None:
    """What was erased, and must stay so."""


@erasures.command("replay")
def replay() -> None:
    """After a backup was put back and before anybody is let in: erase again all that the ledger says was erased."""
    db.connect()
    done = replaying.replay()
    for what, number in asdict(done).items():
        click.echo(f"{what} {'brought back' if what in ('tombstones', 'receipts') else 'ended' if what == 'sessions' else 'to erase again'}: {number}")
    click.echo(f"jobs done: {replaying.finish()}")


@erasures.command("note")
def note() -> None:
    """Bring into the ledger what it does not have yet; the worker does so by itself."""
    db.connect()
    click.echo(f"noted: {ledger.note()}")
