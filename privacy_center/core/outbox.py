"""What people decide, on its way to the product: one order a decision, one delivery for each connected system.

An order is written in the transaction of the decision, with a job for each delivery; a job of the feed carries it there. What
it names is forgotten when everybody has it: an order outlives a deletion, and must not say what was deleted.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField, fn, prefetch

from privacy_center.core import clock, jobs
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.settings import ConnectedSystem

DELIVER = "feed.deliver"  # the job that carries one delivery; its subject is the delivery's number
ERASURE, RESTRICTION, OBJECTION, CONSENT, CORRECTION = "erasure", "restriction", "objection", "consent", "correction"
KINDS = (ERASURE, RESTRICTION, OBJECTION, CONSENT, CORRECTION)
CARRY_DATA = (ERASURE, CORRECTION)  # what these say is forgotten once every system has it

WAITING, DELIVERED, CONFIRMED, FAILED, SUPERSEDED = "waiting", "delivered", "confirmed", "failed", "superseded"
WORST_FIRST = (FAILED, WAITING, DELIVERED, CONFIRMED, SUPERSEDED)
MOST_SHOWN = 50

_systems: list[ConnectedSystem] = []


class Order(Record):
    """One decision of a person's, as connected systems are told of it. People are numbers of ours here, as in the audit log."""

    id = BigAutoField()
    number = CharField(max_length=36, unique=True)
    kind = CharField(max_length=20)
    person = BigIntegerField()
    identity = CharField(max_length=200, null=True)
    about = CharField(max_length=80, default="")
    scope = JSONText(null=True)
    decided_at = Moment(default=clock.now)
    settled_at = Moment(null=True)
    reach = BigIntegerField(null=True)

    deliveries: Any  # filled in by `standing`

    class Meta:
        table_name = "outbox_order"
        indexes = ((("person", "about"), False), (("person", "decided_at", "id"), False))

    @property
    def systems(self) -> list[Standing]:
        """Where it stands with each system."""
        return by_system([self])

    @property
    def needs_a_look(self) -> bool:
        """Whether a system has not been told when it should have been, or is late."""
        return any(each.state == FAILED or (each.attempts > 1 and each.state == WAITING) or each.is_late for each in self.systems)


class Delivery(Record):
    """One order on its way to one system."""

    id = BigAutoField()
    order = ForeignKeyField(Order, backref="deliveries", index=False)
    order_id: int
    system = CharField(max_length=200)
    state = CharField(max_length=12, default=WAITING)
    since = Moment(default=clock.now)
    attempts = IntegerField(default=0)
    next_at = Moment(null=True)
    delivered_at = Moment(null=True)
    expected_at = Moment(null=True)
    confirmed_at = Moment(null=True)
    failed_at = Moment(null=True)
    trouble = TextField(null=True)

    class Meta:
        table_name = "outbox_delivery"
        indexes = ((("order", "system"), True), (("state", "next_at"), False))


@dataclass(frozen=True)
class Standing:
    """Where a decision stands with one system, all of its orders taken together."""

    system: str
    state: str
    at: datetime | None = None
    expected_at: datetime | None = None
    next_at: datetime | None = None
    attempts: int = 0
    trouble: str | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether something will still happen by itself."""
        return self.state in (WAITING, DELIVERED)

    @property
    def is_late(self) -> bool:
        """Whether the system has said when it would be done, and that is over."""
        return self.state == DELIVERED and self.expected_at is not None and self.expected_at < clock.now()


def set_systems(systems: Iterable[ConnectedSystem]) -> None:
    """Tell these systems of what is decided from now on."""
    _systems[:] = systems


def connected() -> tuple[ConnectedSystem, ...]:
    """The systems that are told, as the settings name them."""
    return tuple(_systems)


def write(kind: str, *, person: int, identity: str, scope: dict[str, Any] | None, about: str = "", reach: int | None = None) -> Order:
    """Write an order in the transaction of the decision that it tells of.

    *person* is the number of the user, *identity* the Z.ai user id, *about* names the matter (`deletion:12`,
    `consent:training`): of two decisions about one matter, the later one counts.
    Without a *scope* the order waits until `complete` brings it.
    """
    if kind not in KINDS:
        raise LookupError(f"There is no order of the kind {kind}.")
    order = Order.create(number=str(uuid.uuid4()), kind=kind, person=person, identity=identity, scope=scope, about=about, reach=reach)
    for system in connected():
        Delivery.create(order=order, system=system.name)
    if scope is not None:
        _send(order)
    return order


def complete(order: Order, scope: dict[str, Any]) -> None:
    """Bring what an order is to say, in a transaction of the caller's, and send it off; twice is as good as once."""
    if Order.update(scope=scope).where((Order.id == order.id) & Order.scope.is_null() & Order.settled_at.is_null()).execute():
        Delivery.update(since=clock.now()).where(Delivery.order == order).execute()
        _send(order)


def _send(order: Order) -> None:
    """Let a job carry the order to each system; with none to tell, it is settled."""
    waiting = list(Delivery.select(Delivery.id).where((Delivery.order == order) & (Delivery.state == WAITING)))
    for each in waiting:
        jobs.start(DELIVER, each.id)
    if not waiting:
        settle(order.id)


def settle(order: int) -> bool:
    """Forget whom an order names, and what of theirs is erased, once no system has to be told any more; False while one has."""
    untold = Delivery.select(Delivery.id).where((Delivery.order == order) & Delivery.state.in_([WAITING, FAILED]))
    settled: Any = Order.update(settled_at=clock.now(), identity=None).where((Order.id == order) & Order.settled_at.is_null())
    if untold.exists() or not settled.execute():
        return False
    Order.update(scope=None).where((Order.id == order) & Order.kind.in_(CARRY_DATA)).execute()
    return True


def standing(person: int, about: str | None = None) -> list[Order]:
    """The latest orders of a person, or those about one decision, newest first, each with its deliveries; what they say is not looked up."""
    mine = Order.person == person if about is None else (Order.person == person) & (Order.about == about)
    short = [field for field in Order._meta.sorted_fields if field.name != "scope"]  # a list may be long, and pages ask every second
    orders: Any = Order.select(*short).where(mine).order_by(Order.decided_at.desc(), Order.id.desc())
    latest = orders.limit(MOST_SHOWN) if about is None else orders
    return list(prefetch(latest, Delivery.select().order_by(Delivery.id)))


def latest(person: int) -> dict[str, Order]:
    """The newest order about each matter but deletions, each with its deliveries."""
    newest = Order.select(fn.MAX(Order.id)).where((Order.person == person) & (Order.kind != ERASURE)).group_by(Order.about)
    orders = prefetch(Order.select().where(Order.id.in_(newest)), Delivery.select().order_by(Delivery.id))
    return {order.about: order for order in orders}


def by_system(orders: Iterable[Order]) -> list[Standing]:
    """Where orders that tell of one decision stand together: with each system as far as the one that is furthest behind."""
    found: dict[str, list[Delivery]] = {}
    for each in (delivery for order in orders for delivery in order.deliveries):
        found.setdefault(each.system, []).append(each)
    return [_together(system, deliveries) for system, deliveries in sorted(found.items())]


def _together(system: str, deliveries: list[Delivery]) -> Standing:
    """The one state that a system is in."""
    state = min((each.state for each in deliveries), key=WORST_FIRST.index)
    same = [each for each in deliveries if each.state == state]

    def latest(name: str) -> datetime | None:
        return max((getattr(each, name) for each in same if getattr(each, name)), default=None)

    at = latest({FAILED: "failed_at", DELIVERED: "delivered_at", CONFIRMED: "confirmed_at"}.get(state, "since"))
    trouble = next((each.trouble for each in same if each.trouble), None)
    return Standing(system, state, at, latest("expected_at"), latest("next_at"), max(each.attempts for each in same), trouble)
