"""Telling connected systems what a deletion means: the order in the request, what it names before anything is purged."""

from __future__ import annotations

from typing import Any

from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.core import outbox
from privacy_center.core.jobs import Work
from privacy_center.core.outbox import ERASURE, Delivery, Order, Standing
from privacy_center.erasure.models import Deletion
from privacy_center.history.models import Conversation
from privacy_center.history.veils import Veil, Veiled

LISTED_AT_MOST = 5_000  # conversations that one order names; a longer list makes more orders, each written in some 10 ms
RULE = ("since", "before", "model", "source", "workspace", "archived")


def matter(deletion: int) -> str:
    """How orders name the deletion that they tell of."""
    return f"deletion:{deletion}"


def announce(deletion: Deletion, user: User) -> None:
    """Write the order, in the transaction that hides; what it is to say comes later, as a list may be long and others wait to write."""
    outbox.write(ERASURE, person=user.id, identity=user.subject, scope=None, about=matter(deletion.id))


def systems_told(deletion: Deletion) -> list[Standing]:
    """Where the deletion stands with each connected system."""
    return outbox.by_system(outbox.standing(deletion.user_id, matter(deletion.id)))


def tell(work: Work, deletion: Deletion, veil: Veil) -> None:
    """Let the order say what is deleted, and write more orders if its list is too long for one; begun again, it goes on where it was."""
    order = _untold(deletion)
    if order is None:
        return
    if not Delivery.select().where(Delivery.order == order).exists():
        with work.chunk():
            outbox.complete(order, {})  # nobody is connected, so nobody need be told what
        return
    while len(some := _next(deletion, veil)) > LISTED_AT_MOST:
        some.pop()
        scope, reach = scope_of(deletion, None, [name for _number, name in some]), some[-1][0]
        with work.chunk():
            outbox.write(ERASURE, person=order.person, identity=order.identity, scope=scope, about=order.about, reach=reach)
    with work.chunk():
        outbox.complete(order, scope_of(deletion, veil, [name for _number, name in some]))


def _untold(deletion: Deletion) -> Any:
    """The order that was written when the deletion was hidden, if it says nothing yet."""
    mine = (Order.person == deletion.user_id) & (Order.about == matter(deletion.id))
    return Order.select().where(mine & Order.scope.is_null() & Order.settled_at.is_null()).order_by(Order.id).first()


def _next(deletion: Deletion, veil: Veil) -> list[tuple[int, str]]:
    """The next conversations on the list that no order names yet, one more than an order takes: places on it, and the product's own ids."""
    mine = (Order.person == deletion.user_id) & (Order.about == matter(deletion.id))
    reached = Order.select(fn.MAX(Order.reach)).where(mine).scalar() or 0
    listed: Any = Veiled.select(Veiled.id, Conversation.external_id).join(Conversation, on=(Conversation.id == Veiled.conversation))
    return list(listed.where((Veiled.veil == veil) & (Veiled.id > reached)).order_by(Veiled.id).limit(LISTED_AT_MOST + 1).tuples())


def scope_of(deletion: Deletion, rule: Veil | None, ids: list[str]) -> dict[str, Any]:
    """What an order says: conversations by rule, up to the moment at which they were hidden, and by the product's own ids."""
    said: dict[str, Any] = {"ids": ids}
    if rule is not None and rule.through is not None:
        given = {name: getattr(rule, name) for name in RULE}
        moments = {name: value.isoformat() for name, value in given.items() if name in ("since", "before") and value}
        assert deletion.hidden_at
        said["rule"] = {**given, "since": None, "before": None, **moments, "through": deletion.hidden_at.isoformat(timespec="microseconds")}
    return {"conversations": said}
