"""All that ZCode would hold about one demo person, as lines of the feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from privacy_center.sandbox.demo.letters import correspondence, feedback
from privacy_center.sandbox.demo.lines import Line
from privacy_center.sandbox.demo.machines import devices
from privacy_center.sandbox.demo.moments import iso
from privacy_center.sandbox.demo.orders import orders
from privacy_center.sandbox.demo.repertoire import HABITS, conversations
from privacy_center.sandbox.demo.traces import usage_events, visits
from privacy_center.sandbox.people import Person


def life_of(person: Person, now: datetime) -> Iterator[Line]:
    """The lines about *person*; the person's own line comes last, so that it is there only when all the rest is."""
    habits = HABITS.get(person.subject)
    days = 6
    if habits:
        days = habits.days + 11
        told = list(conversations(person.subject, now))
        yield from told
        talks = [line["talk_id"] for line in told if line.get("talk_id")]
        yield from devices(person.subject, habits, person.language, now)
        yield from usage_events(person.subject, habits, person.language, now, talks)
        yield from visits(person.subject, habits, now)
        yield from orders(person.subject, now)
        yield from correspondence(person.subject, now)
        yield from feedback(person.subject, now)
    yield {
        "type": "user",
        "id": person.subject,
        "user": person.subject,
        "email": person.email,
        "name": person.name,
        "country": person.country,
        "language": person.language,
        "created_at": iso(now - timedelta(days=days)),
    }
