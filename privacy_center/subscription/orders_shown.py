"""Orders as a page shows them, page by page: what was ordered, through whom it was paid, and every field that the policy names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from flask_babel import gettext as _
from flask_babel import pgettext
from peewee import Tuple

from privacy_center.accounts.models import User
from privacy_center.core import pages
from privacy_center.core.db import microseconds
from privacy_center.datamap import registry
from privacy_center.subscription import money
from privacy_center.subscription.models import SERVICES, Order

LIST = "orders"
PAGE = 10
LONGEST = 4000  # characters of a field
MONEY = ("price", "discount_amount", "amount_payable")


@dataclass(frozen=True)
class OrdersPage:
    """Some orders, and where the next page begins."""

    orders: list[Order]
    first: int
    total: int
    older: str | None

    @property
    def last(self) -> int:
        """The number of the last order on this page."""
        return self.first + len(self.orders) - 1


def page_of(user: User, after: str | None) -> OrdersPage:
    """The orders after that place, the newest first."""
    place = pages.place(LIST, after, (int, int, int))
    mine = registry.rows_of(Order, user)
    found = mine.order_by(Order.payment_created_at.desc(), Order.id.desc()).limit(PAGE + 1)
    if place:
        found = found.where(Tuple(Order.payment_created_at, Order.id) < Tuple(place[0], place[1]))
    rows, seen = list(found), place[2] if place else 0
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    older = pages.cursor(LIST, microseconds(last.payment_created_at), last.id, seen + PAGE) if last else None
    return OrdersPage(rows[:PAGE], seen + 1, mine.count(), older)


def amount(order: Order) -> str:
    """What was to be paid."""
    return money.text_in_words(order.amount_payable, order.currency)


def status(order: Order) -> tuple[str, str]:
    """Its payment status in a word, and how that looks; one that we don't know as ZCode has it."""
    known = {
        "SUCC": (pgettext("payment of an order", "Paid"), "done"),
        "PAID": (pgettext("payment of an order", "Paid"), "done"),
        "FAIL": (pgettext("payment of an order", "Not paid"), "bad"),
        "WAIT": (pgettext("payment of an order", "Not finished"), "wait"),
        "REFU": (pgettext("payment of an order", "Given back"), ""),
        "CLOS": (pgettext("payment of an order", "Closed"), ""),
        "CANC": (pgettext("payment of an order", "Cancelled"), ""),
    }
    return known.get(order.payment_status.upper()[:4], (order.payment_status, ""))


def service(order: Order) -> str:
    """Through whom it was paid."""
    return str(SERVICES.get(order.provider or "", order.payment_method))


def details(order: Order) -> list[tuple[Any, Any, str]]:
    """Every field that we hold of it, in the words of the data map, with what kind of value it is; what is empty says so."""
    found = []
    for column, note in registry.personal_fields(Order):
        value, kind = getattr(order, column.name), "text"
        if column.name == "provider":
            value = service(order) if value else value
        elif column.name in MONEY and value:
            value = money.text_in_words(value, order.currency)
        elif isinstance(value, datetime):
            kind = "moment"
        elif isinstance(value, dict | list):
            value, kind = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode(), "code"
        found.append((note.words, *((_("None"), "text") if value in (None, "", "{}") else (_short(value), kind))))
    return found


def _short(value: Any) -> Any:
    """A text that a list can bear; the whole is on the record's own page."""
    return value[:LONGEST] + "…" if isinstance(value, str) and len(value) > LONGEST else value
