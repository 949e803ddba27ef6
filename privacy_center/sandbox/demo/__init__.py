"""The demo people's data: conversations and records as ZCode would send them, loaded once through the feed."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

import click
import orjson
from flask import current_app

from privacy_center.accounts.models import Tombstone, User
from privacy_center.core import clock, db
from privacy_center.desk import staff
from privacy_center.feed.ingest import ingest
from privacy_center.sandbox.demo import reports, requests
from privacy_center.sandbox.demo.lives import life_of
from privacy_center.sandbox.people import PEOPLE, Person


@dataclass
class Loaded:
    """What a loading brought: who is new, how many records of each type, and what the feed refused."""

    names: list[str] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


def load(issuer: str) -> Loaded:
    """Load the people who aren't here yet, with all their data; who was loaded once, or erased, is left as they are."""
    loaded, now = Loaded(), clock.now()
    for person in PEOPLE:
        if is_here(issuer, person) or Tombstone.stands_for("account", issuer, person.subject):
            continue
        lines = list(life_of(person, now))
        outcome = ingest(map(orjson.dumps, lines), issuer=issuer)
        loaded.names.append(person.name)
        loaded.records.update(line["type"] for line in lines)
        if person.desk:
            staff.add(person.email, person.desk)
        loaded.refused += [f"{refusal.type} {refusal.id}: {refusal.reason}" for refusal in outcome.refused]
    requests.ask(issuer, now)
    reports.report(now)
    return loaded


def is_here(issuer: str, person: Person) -> bool:
    """Whether the feed has brought this person: signing in alone doesn't tell since when the account exists."""
    user = User.known(issuer, person.subject)
    return user is not None and user.created_at is not None


@click.command("demo")
def demo() -> None:
    """Load the demo people and their data, once; exits 1 if the feed refused any of it."""
    db.connect()
    began = time.perf_counter()
    loaded = load(current_app.config["SETTINGS"].zai_issuer)
    if not loaded.names:
        click.echo("The demo people are here already.")
        return
    records, conversations = sum(loaded.records.values()), loaded.records["conversation"]
    seconds = time.perf_counter() - began
    click.echo(f"Loaded {', '.join(loaded.names)}: {conversations:,} conversations, {records:,} records in all, in {seconds:.1f} seconds.")
    for reason in loaded.refused:
        click.echo(f"Refused: {reason}", err=True)
    if loaded.refused:
        raise SystemExit(1)
