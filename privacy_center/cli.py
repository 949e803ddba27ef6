"""The flask commands of the operator."""

from __future__ import annotations

import sys

import click
from flask import Flask, current_app

from privacy_center.core import audit, db, jobs
from privacy_center.datamap import documents
from privacy_center.doctor import doctor


def add_commands(app: Flask) -> None:
    """Add every command to `flask`."""
    for command in (database_group, audit_group, datamap, worker, sweep, doctor):
        app.cli.add_command(command)


@click.group("db")
def database_group() -> None:
    """The database's tables: bring them up to date, or say how they are."""


@database_group.command("upgrade")
def upgrade() -> None:
    """Run every migration that has not run yet."""
    db.connect()
    names = db.migrations().up()
    click.echo(f"Ran {', '.join(names)}." if names else "Nothing to do: the database is up to date.")


@database_group.command("status")
def status() -> None:
    """Say which migrations have run; exits 1 when one hasn't."""
    db.connect()
    for each in db.migrations().status():
        click.echo(f"{'ran     ' if each.applied else 'pending '} {each.name}")
    if db.pending_migrations():
        sys.exit(1)


@click.group("audit")
def audit_group() -> None:
    """The audit log."""


@audit_group.command("verify")
def verify() -> None:
    """Check the chain of the audit log from its first entry; exits 1 when it is broken."""
    db.connect()
    count, broken = audit.verify()
    if broken:
        click.echo(f"{broken} The {count} entries before it hold.", err=True)
        sys.exit(1)
    click.echo(f"All {count} entries hold.")


@click.command("datamap")
@click.option("--format", "form", type=click.Choice(["md", "csv", "json"]), default="md", show_default=True)
def datamap(form: str) -> None:
    """Print the records of processing (GDPR Art. 30) out of the data map."""
    click.echo(documents.FORMATS[form](), nl=False)


@click.command("worker")
@click.option("--threads", default=2, show_default=True, help="How many jobs at a time.")
def worker(threads: int) -> None:
    """Work through jobs until stopped."""
    from privacy_center.worker import run

    run(current_app._get_current_object(), threads)  # type: ignore[attr-defined]


@click.command("sweep")
def sweep() -> None:
    """Do every recurring sweep and every due job now."""
    db.connect()
    for name, count in jobs.run_sweeps(only_due=False).items():
        click.echo(f"{name}: {count}")
    click.echo(f"jobs done: {jobs.run_due()}")
