"""What did not work: jobs that were given up, orders that connected systems have not taken, mailings at a standstill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from privacy_center.core import audit, jobs
from privacy_center.core.db import database
from privacy_center.core.jobs import FAILED, Job
from privacy_center.core.outbox import FAILED as NOT_TAKEN
from privacy_center.core.outbox import WAITING, Delivery, Order
from privacy_center.datamap.of_core import ORDERS
from privacy_center.desk.models import Staff
from privacy_center.feed import orders
from privacy_center.policy.models import Mailing

MOST = 200
# What is not begun anew here, and why: doing it again would do nothing.
NOT_AGAIN = {"exports.build": _l("Its person was told, and can ask for a new copy.")}


@dataclass(frozen=True)
class Undelivered:
    """One order on its way to one system, that was not taken at the first try."""

    number: int
    system: str
    kind: Any
    since: datetime
    attempts: int
    trouble: str
    next_at: datetime | None
    gave_up: bool


def failed_jobs() -> list[Job]:
    """Jobs that were given up, the latest first."""
    return list(Job.select().where(Job.state == FAILED).order_by(Job.ended_at.desc(), Job.id.desc()).limit(MOST))


def undelivered() -> list[Undelivered]:
    """Deliveries that were given up, and those that are tried again; whom they are about is not shown."""
    ill = (Delivery.state == NOT_TAKEN) | ((Delivery.state == WAITING) & (Delivery.attempts > 1))
    found = Delivery.select(Delivery, Order.kind).join(Order).where(ill).order_by(Delivery.state, Delivery.id).limit(MOST)
    return [
        Undelivered(each.id, each.system, ORDERS[each.order.kind], each.since, each.attempts, each.trouble or "", each.next_at, each.state == NOT_TAKEN)
        for each in found
    ]


def stuck_mailings() -> list[Mailing]:
    """Mailings to everybody that say why they stand still."""
    return list(Mailing.select().where(Mailing.ended_at.is_null() & Mailing.trouble.is_null(False)).order_by(Mailing.id))


def retry_job(number: int, by: Staff) -> bool:
    """Begin anew with a job that was given up; False if there is none, or it can't be done again."""
    given_up = Job.get_or_none((Job.id == number) & (Job.state == FAILED))
    if given_up is None or given_up.kind in NOT_AGAIN:
        return False
    with database.atomic():
        if not jobs.again(number):
            return False
        audit.write("work begun again", actor=by.actor, subject=f"job:{number}")
    return True


def retry_delivery(number: int, by: Staff) -> bool:
    """Begin anew with one delivery that was given up."""
    with database.atomic():
        if not orders.try_again(number):
            return False
        audit.write("work begun again", actor=by.actor, subject=f"delivery:{number}")
    return True
