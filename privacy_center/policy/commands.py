"""`flask policy`: publishing editions and announcements, and how far the mails are."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from privacy_center.core import db
from privacy_center.policy import document, publishing
from privacy_center.policy.current import current, editions
from privacy_center.policy.models import Announcement, Edition, Mailing
from privacy_center.policy.publishing import Refused, written_out

FILE = click.argument("file", type=click.Path(path_type=Path))
DAY = click.DateTime(["%Y-%m-%d"])
HTML = re.compile(r"<\s*/?\s*(script|style|iframe|object|embed|img|svg|form|meta|link|[a-z]+\s[^>]*\bon\w+\s*=)", re.IGNORECASE)


@click.group("policy")
def policy_group() -> None:
    """The privacy policy: publish an edition, announce something, see how far the mails are."""
    db.connect()


@policy_group.command("publish")
@FILE
@click.option("--effective", type=DAY, required=True, metavar="DATE", help="The day from which it counts, as 2026-06-15.")
@click.option("--material", is_flag=True, help="It changes how personal data are processed: people are mailed, and asked whether they agree.")
def publish(file: Path, effective: datetime, material: bool) -> None:
    """Publish the official text in FILE (Markdown or plain text, UTF-8)."""
    try:
        text = publishing.read_file(file)
        edition, is_new = publishing.publish(file.name, text, effective.date(), material=material)
    except Refused as why:
        raise click.ClickException(str(why)) from None
    day = written_out(edition.effective_on)
    if not is_new:
        click.echo(f"The edition effective on {day} is published already, with this text. Nothing was done.")
        return
    click.echo(f"Published the edition effective on {day}. {_standing(edition)}")
    click.echo(_recognised(edition))
    if edition.material:
        click.echo(_mailed(Mailing.get_or_none(Mailing.edition == edition)))
    if HTML.search(text):
        click.echo("It contains HTML, which is shown as it is written and never obeyed. Was that meant?", err=True)


def _standing(edition: Edition) -> str:
    """Whether the edition counts."""
    if edition.is_upcoming:
        return "It is announced now and counts from that day on."
    in_force = current()
    return "It counts now." if in_force and in_force.id == edition.id else "A later edition counts; this one stands among the earlier ones."


def _recognised(edition: Edition) -> str:
    """What was found in the text, so that whoever publishes can see a slip."""
    found = document.read(edition.text, edition.form)
    parts = sum(len(each.parts) for each in found.sections)
    form = "Markdown" if edition.form == "markdown" else "plain text"
    if not found.sections:
        return f"Read as {form}. No section was recognised, so the page has no table of contents."
    return f"Read as {form}: “{found.title or 'without a title'}”, {len(found.sections)} sections, {parts} parts in them."


def _mailed(mailing: Mailing | None) -> str:
    """Whom mails go to."""
    return f"{mailing.total} people with an address are mailed; `flask policy status` says how far that is." if mailing else "Nobody is mailed about it."


@policy_group.command("announce")
@FILE
@click.option("--on", "happens", type=DAY, required=True, metavar="DATE", help="The day on which it happens, as 2026-12-31.")
def announce(file: Path, happens: datetime) -> None:
    """Announce to everybody what FILE says, such as the end of a service; its first line is the title."""
    try:
        made, is_new = publishing.announce(file.name, publishing.read_file(file), happens.date())
    except Refused as why:
        raise click.ClickException(str(why)) from None
    if not is_new:
        ended = " and was taken back since" if made.ended_at else ""
        click.echo(f"That was announced already, as number {made.id}{ended}. Nothing was done.")
        return
    click.echo(f"Announced as number {made.id}, at /announcements/{made.id}: “{made.title}”.")
    click.echo(_mailed(Mailing.get_or_none(Mailing.announcement == made)))


@policy_group.command("take-back")
@click.argument("number", type=int)
def take_back(number: int) -> None:
    """End announcement NUMBER: its banner goes, and whoever was not mailed yet is not. Its page stays and says so."""
    if not publishing.take_back(number):
        raise click.ClickException(f"There is no announcement {number} that stands.")
    click.echo(f"Announcement {number} is taken back.")


@policy_group.command("status")
def status() -> None:
    """List the editions, the announcements, and how far the mails about them are."""
    for edition in editions():
        kind = "material" if edition.material else "not material"
        click.echo(f"Edition effective on {written_out(edition.effective_on)}, {kind}. {_standing(edition)}")
        _progress(Mailing.select().where(Mailing.edition == edition).first())
    for each in Announcement.select().order_by(Announcement.id):
        click.echo(f"Announcement {each.id}, for {written_out(each.happens_on)}: {each.title}{' (taken back)' if each.ended_at else ''}")
        _progress(Mailing.select().where(Mailing.announcement == each).first())
    if not editions():
        click.echo("No official text is published; the pages show the plain-language edition.")


def _progress(mailing: Mailing | None) -> None:
    """How far one mailing is."""
    if mailing:
        left = f" {mailing.trouble}" if mailing.trouble else ""
        over = "done" if mailing.ended_at else "under way"
        click.echo(f"  Mails {over}: {mailing.sent} of {mailing.total} sent, {mailing.refused} refused, {mailing.unsure} broken off.{left}")
