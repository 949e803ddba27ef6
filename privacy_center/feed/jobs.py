"""The feed's work in the background: carrying orders to connected systems until they have them."""

from __future__ import annotations

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from flask import current_app

from privacy_center.core import clock, jobs, outbox
from privacy_center.core.db import database, give_way
from privacy_center.core.jobs import Job, Work
from privacy_center.core.outbox import DELIVER, WAITING, Delivery, Order
from privacy_center.core.peers import NoAnswer
from privacy_center.feed import orders

KEPT_FOR = relativedelta(years=3)
FORGOTTEN_AT_ONCE = 500


@jobs.job(DELIVER, attempts=20)
def deliver(work: Work) -> None:
    """Carry one order to one system, once; if it doesn't take it, another job will try again later.

    What was said is noted after it was said: a worker that is killed in between says it twice, with the same number.
    """
    delivery = Delivery.select(Delivery, Order).join(Order).where(Delivery.id == work.subject).first()
    if delivery is None or delivery.state != WAITING or delivery.order.scope is None:
        return
    if orders.is_superseded(delivery):
        with work.chunk():
            orders.supersede(delivery)
        return
    try:
        expected_at = _tell(delivery)
    except NoAnswer as error:
        with work.chunk():
            if wait := orders.put_off(delivery, str(error)):
                jobs.start(DELIVER, delivery.id, after=wait)
        return
    with work.chunk():
        orders.note_delivered(delivery, expected_at)


def _tell(delivery: Delivery) -> datetime | None:
    """Tell the system of this delivery; one that the settings don't name any more does not answer."""
    system = next((each for each in outbox.connected() if each.name == delivery.system), None)
    if system is None:
        raise NoAnswer("is not connected any more")
    return orders.tell(system, delivery.order, sandbox=current_app.config["SETTINGS"].sandbox)


@jobs.sweep("orders at a standstill", every=timedelta(minutes=10))
def go_on() -> int:
    """Begin anew with deliveries that no job carries any more, because it was given up or is lost; returns how many."""
    carried = Job.select(Job.subject).where((Job.kind == DELIVER) & Job.state.in_([jobs.WAITING, jobs.RUNNING]))
    waiting = (Delivery.state == WAITING) & Order.scope.is_null(False) & Delivery.id.not_in(carried)
    still = list(Delivery.select(Delivery.id).join(Order).where(waiting))
    for each in still:
        with database.atomic():
            jobs.start(DELIVER, each.id)
    return len(still)


@jobs.sweep("orders of long ago", every=timedelta(days=1))
def forget_old() -> int:
    """Remove orders, and their deliveries, when their time is over; returns how many orders."""
    count = 0
    while old := [each.id for each in Order.select(Order.id).where(Order.decided_at < clock.now() - KEPT_FOR).limit(FORGOTTEN_AT_ONCE)]:
        with database.atomic():
            Delivery.delete().where(Delivery.order.in_(old)).execute()
            count += Order.delete().where(Order.id.in_(old)).execute()
        give_way()
    return count
