"""Orders as the tests bring them about and carry them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, outbox
from privacy_center.core.db import database
from privacy_center.core.outbox import Delivery, Order


def decide(user: User, kind: str = "objection", about: str = "consent:training", **scope: Any) -> Order:
    """A decision of the person's, in a transaction of its own."""
    with database.atomic():
        return outbox.write(kind, person=user.id, identity=user.subject, scope={"purpose": "training", "allowed": False, **scope}, about=about)


def carry(*, hours: float = 0, steps: int = 1) -> None:
    """Let due deliveries be tried, at as many moments of the hours to come."""
    for step in range(1, steps + 1):
        with clock.at(clock.now() + timedelta(hours=hours * step / steps)):
            jobs.run_due()


def state(order: Order) -> str:
    """How far the order's one delivery is."""
    return str(Delivery.get(Delivery.order == order).state)
