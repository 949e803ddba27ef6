"""What of orders needs the person to know: decisions of theirs that a connected system could not be told of."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext

from privacy_center.accounts.models import User
from privacy_center.core.matters import Matter, source
from privacy_center.core.outbox import ERASURE, FAILED, Delivery, Order

MOST = 5


@source
def untold(user: User) -> Iterable[Matter]:
    """Orders that were given up, one matter each, the newest first."""
    lost = Delivery.select(Delivery, Order).join(Order).where((Order.person == user.id) & (Delivery.state == FAILED))
    told: set[tuple[str, str]] = set()
    for each in lost.order_by(Order.id.desc()):
        if (each.system, each.order.about) in told or len(told) == MOST:
            continue
        told.add((each.system, each.order.about))
        of_deletion = each.order.kind == ERASURE
        title = gettext("%(system)s could not be told of your deletion", system=each.system)
        if not of_deletion:
            title = gettext("%(system)s could not be told of a choice of yours", system=each.system)
        text = gettext("It was tried for 3 days, and a person of ours has to look. You need do nothing")
        yield Matter(title, _page_of(each.order), gettext("See where it stands"), text, each.failed_at)


def _page_of(order: Order) -> str:
    """The page of the decision that an order tells of."""
    number = order.about.partition(":")[2]
    if order.kind == ERASURE and number.isdigit():
        return url_for("erasure.deletion", deletion_id=int(number))
    return url_for("consent.choices")
