"""Orders out: one signed call for each order and connected system, in the shape of OpenDSR, and what became of it."""

from __future__ import annotations

import logging
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from privacy_center.core import clock, jobs, outbox, peers
from privacy_center.core.db import database
from privacy_center.core.outbox import CONFIRMED, DELIVERED, ERASURE, FAILED, SUPERSEDED, WAITING, Delivery, Order
from privacy_center.core.peers import NoAnswer, Patience, WrongAddress
from privacy_center.feed.signature import HEADER, sign
from privacy_center.settings import ConnectedSystem

log = logging.getLogger(__name__)

API_VERSION = "1.0"
IDENTITY = {"identity_type": "controller_customer_id", "identity_format": "raw"}
PATIENCE = Patience(connect=5.0, read=10.0, whole=20.0)
TRIED_FOR = timedelta(days=3)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=3)
MOST_DOUBLINGS = 20  # far past the longest wait; a power of a large number would take a while
LONGEST_PROMISE = timedelta(days=366)  # a system that expects to be done later than that is not believed


def body_of(order: Order) -> bytes:
    """What a system is told; the same bytes each time, so that a repeated call can be known by all of it."""
    said = {
        "api_version": API_VERSION,
        "subject_request_id": order.number,
        "subject_request_type": order.kind,
        "submitted_time": order.decided_at.isoformat(timespec="microseconds"),
        "subject_identities": [{**IDENTITY, "identity_value": order.identity}],
        "extensions": {"zcode": {"scope": order.scope}},
    }
    return orjson.dumps(said)


def tell(system: ConnectedSystem, order: Order, *, sandbox: bool) -> datetime | None:
    """Tell a system of an order; returns when it expects to be done, if it says so. Raises NoAnswer unless it took it."""
    scheme, local = peers.place_of(system.url)
    if scheme != "https" and not (sandbox and local and scheme == "http"):
        raise WrongAddress("has an address that we don't go to")
    body = body_of(order)
    headers = {"Content-Type": "application/json", HEADER: sign(system.key, body)}
    answer = peers.ask("POST", system.url, headers=headers, patience=PATIENCE, data=body)
    if not 200 <= answer.status < 300:
        raise NoAnswer(f"answered {answer.status}")
    return promised(answer.content)


def promised(content: bytes) -> datetime | None:
    """The `expected_completion_time` of an answer; None for one that has none, or none that can be believed."""
    try:
        said: Any = orjson.loads(content)
        moment: datetime | None = datetime.fromisoformat(said["expected_completion_time"])
        moment = moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, TypeError, KeyError, OverflowError):
        return None
    now = clock.now()
    return moment if moment and now - timedelta(days=1) < moment < now + LONGEST_PROMISE else None


def note_delivered(delivery: Delivery, expected_at: datetime | None) -> None:
    """Note that a system has an order, in a transaction of the caller's; it may have confirmed it in the meantime."""
    now, this_one = clock.now(), Delivery.id == delivery.id
    Delivery.update(delivered_at=now).where(this_one & Delivery.delivered_at.is_null()).execute()
    Delivery.update(expected_at=expected_at, attempts=Delivery.attempts + 1, next_at=None, trouble=None).where(this_one).execute()
    Delivery.update(state=DELIVERED).where(this_one & (Delivery.state == WAITING)).execute()
    outbox.settle(delivery.order_id)


def put_off(delivery: Delivery, why: str) -> timedelta | None:
    """Note a try that failed, in a transaction of the caller's; returns how long to wait for the next, None when it was the last."""
    now, ends = clock.now(), delivery.since + TRIED_FOR
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(delivery.attempts, MOST_DOUBLINGS)) * random.uniform(0.75, 1.25)  # noqa: S311 - only spread out
    still_waits = (Delivery.id == delivery.id) & (Delivery.state == WAITING)
    noted: dict[str, Any] = {"attempts": Delivery.attempts + 1, "trouble": why}
    if now >= ends:
        if Delivery.update(**noted, state=FAILED, failed_at=now, next_at=None).where(still_waits).execute():
            log.error("order %s could not be delivered to %s: it %s", delivery.order.number, delivery.system, why)
        return None
    wait = min(wait, ends - now)
    Delivery.update(**noted, next_at=now + wait).where(still_waits).execute()
    log.warning("order %s was not taken by %s: it %s", delivery.order.number, delivery.system, why)
    return wait


def try_again(only: int | None = None) -> int:
    """Begin anew with every order that could not be delivered, or with *only* one delivery, for 3 more days; returns how many."""
    wanted = (Delivery.state == FAILED) if only is None else (Delivery.state == FAILED) & (Delivery.id == only)
    given_up = [each.id for each in Delivery.select(Delivery.id).where(wanted)]
    anew = {"state": WAITING, "since": clock.now(), "attempts": 0, "failed_at": None, "next_at": None}
    for number in given_up:
        with database.atomic():
            if Delivery.update(anew).where((Delivery.id == number) & (Delivery.state == FAILED)).execute():
                jobs.start(outbox.DELIVER, number)
    return len(given_up)


def is_superseded(delivery: Delivery) -> bool:
    """Whether the system has a later decision of the same person about the same matter: an older one must not come after it."""
    order = delivery.order
    if order.kind == ERASURE or not order.about:
        return False
    has_it = Delivery.state.in_([DELIVERED, CONFIRMED]) & (Delivery.system == delivery.system)
    same = (Order.person == order.person) & (Order.about == order.about) & (Order.id > order.id)
    return bool(Order.select().join(Delivery).where(same & has_it).exists())


def supersede(delivery: Delivery) -> None:
    """Note that an order need not be delivered any more, in a transaction of the caller's."""
    Delivery.update(state=SUPERSEDED, next_at=None, trouble=None).where((Delivery.id == delivery.id) & (Delivery.state == WAITING)).execute()
    outbox.settle(delivery.order_id)


def confirm(number: str, system: str) -> bool:
    """Note that a system has done what an order says, in a transaction of the caller's; twice is as good as once. False if it has no such order."""
    delivery = Delivery.select(Delivery, Order).join(Order).where((Order.number == number) & (Delivery.system == system)).first()
    if delivery is None:
        return False
    now, this_one = clock.now(), Delivery.id == delivery.id
    Delivery.update(delivered_at=now).where(this_one & Delivery.delivered_at.is_null()).execute()
    Delivery.update(state=CONFIRMED, confirmed_at=now, next_at=None, trouble=None).where(this_one & (Delivery.state != CONFIRMED)).execute()
    outbox.settle(delivery.order_id)
    return True
