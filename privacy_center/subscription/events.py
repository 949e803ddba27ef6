"""News from Stripe: known by its signature, kept once, and taken as no more than a reason to ask.

What an event says is old when it comes, and events come twice and in any order. So only its number is kept, with what it is
about; a job asks Stripe how things are now.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import stripe

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.db import database
from privacy_center.subscription import reading
from privacy_center.subscription.models import StripeCustomer, StripeEvent
from privacy_center.subscription.reading import id_of

LOOK = "subscription.event"  # the job that looks at one event; its subject is the number of its row
TOLERANCE = 300  # seconds, both ways
SUBSCRIPTION_NEWS = "created updated deleted paused resumed trial_will_end pending_update_applied pending_update_expired"
INVOICE_NEWS = "created finalized paid payment_failed payment_action_required voided upcoming"
HEARD = frozenset(
    ["customer.updated", "customer.deleted"]
    + [f"customer.subscription.{each}" for each in SUBSCRIPTION_NEWS.split()]
    + [f"invoice.{each}" for each in INVOICE_NEWS.split()]
)


class NotFromStripe(Exception):
    """It is not signed by Stripe, or not now."""


class Unreadable(Exception):
    """It is signed, and yet no event."""


@dataclass(frozen=True)
class News:
    """What we take from an event."""

    number: str
    kind: str
    object_id: str | None
    customer: str | None
    created_at: datetime | None


def check(body: bytes, header: str | None, secret: str) -> None:
    """Raise NotFromStripe unless *header* signs *body* with *secret*, and did so within five minutes of now, before or after."""
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE)
        signed_at = int(next(part[2:] for part in str(header).split(",") if part.startswith("t=")))
    except (stripe.SignatureVerificationError, ValueError, TypeError, StopIteration) as error:
        raise NotFromStripe from error
    if signed_at > time.time() + TOLERANCE:  # the library looks for what is too old only
        raise NotFromStripe


def read(body: bytes) -> News | None:
    """What a signed body tells us; None for what we don't listen to. Raises Unreadable."""
    try:
        said = orjson.loads(body)
        if said.get("object") != "event" or said.get("type") not in HEARD:
            return None
        thing: dict[str, Any] = said["data"]["object"]
        about = thing.get("id") if thing.get("object") == "customer" else id_of(thing.get("customer"))
        news = News(said["id"], said["type"], _short(thing.get("id")), _short(about), reading.moment(said.get("created")))
        if _short(news.number) is None:
            raise Unreadable
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise Unreadable from error
    return news


def _short(said: Any) -> str | None:
    """An id that could be one of Stripe's."""
    return said if isinstance(said, str) and 0 < len(said) <= 255 and said.isprintable() else None


def keep(news: News) -> bool:
    """Keep an event, with the job that looks at it, in one transaction; False if it was kept before."""
    with database.atomic():
        whose = StripeCustomer.get_or_none(StripeCustomer.external_id == news.customer) if news.customer else None
        fields: dict[str, Any] = {"kind": news.kind, "object_id": news.object_id, "customer": news.customer, "created_at": news.created_at}
        new = StripeEvent.insert(event_id=news.number, user=whose.user_id if whose else None, received_at=clock.now(), **fields)
        if not new.on_conflict_ignore().as_rowcount().execute():
            return False
        jobs.start(LOOK, StripeEvent.get(StripeEvent.event_id == news.number).id)
    return True


def unseen(customer: str) -> list[int]:
    """The numbers of the events about a customer that nobody has looked at yet."""
    return [each.id for each in StripeEvent.select(StripeEvent.id).where((StripeEvent.customer == customer) & StripeEvent.done_at.is_null())]


def note_seen(numbers: list[int], user: User | None) -> None:
    """Note that these have been looked at, and whom they are about; of somebody who is nobody of ours no more is kept than that."""
    whose: dict[str, Any] = {"user": user} if user else {"customer": None, "object_id": None}
    fields = {"done_at": clock.now(), **whose}
    StripeEvent.update(fields).where(StripeEvent.id.in_(numbers) & StripeEvent.done_at.is_null()).execute()
