"""A Stripe on loopback that keeps customers, subscriptions and invoices in any shape a test wants, and fails as it is told to."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from typing import Any

from tests.subscription.double_answers import Answers, Fields
from tests.subscription.double_door import door_of

DAY = 86_400


class Double(Answers):
    """What Stripe knows, what it was asked, and how it behaves."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, tuple[int, bytes]] = {}  # by idempotency key
        self.calls: list[str] = []
        self.sent: list[Fields] = []
        self.behave: Callable[[Any, str, Fields], Any] | None = None  # true when it has answered
        self.after: Callable[[str], int | None] | None = None  # a status to answer with after having acted
        self.numbers = itertools.count(1)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), door_of(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Be down."""
        self.server.shutdown()
        self.server.server_close()

    def customer(self, user: str | None = "zai-mei", **more: Any) -> str:
        """A new customer, whose metadata name that Z.ai user."""
        number = f"cus_{next(self.numbers)}"
        named = {"zai_user_id": user} if user else {}
        plain = {"id": number, "object": "customer", "created": 1_740_000_000, "email": "mei@example.com", "metadata": named, "balance": 0, "currency": "usd"}
        card = {"id": "pm_1", "object": "payment_method", "type": "card", "card": {"brand": "visa", "last4": "4242", "exp_month": 4, "exp_year": 2028}}
        self.customers[number] = {**plain, "invoice_settings": {"default_payment_method": card}, "discount": None, **more}
        return number

    def subscription(self, customer: str, *, price: Fields | None = None, **more: Any) -> str:
        """A new monthly subscription, active for ten days."""
        number, now = f"sub_{next(self.numbers)}", int(time.time())
        self.products.setdefault("prod_pro", {"id": "prod_pro", "object": "product", "name": "GLM Coding Pro"})
        price = {
            "id": "price_pro",
            "object": "price",
            "product": "prod_pro",
            "unit_amount": 7200,
            "recurring": {"interval": "month", "interval_count": 1},
            **(price or {}),
        }
        item = {
            "id": f"si_{number}",
            "object": "subscription_item",
            "price": price,
            "quantity": 1,
            "current_period_start": now - 10 * DAY,
            "current_period_end": now + 20 * DAY,
        }
        plain: Fields = {
            "id": number,
            "object": "subscription",
            "customer": customer,
            "status": "active",
            "currency": "usd",
            "created": now - 10 * DAY,
            "start_date": now - 10 * DAY,
            "cancel_at_period_end": False,
            "collection_method": "charge_automatically",
            "discounts": [],
            "items": {"object": "list", "data": [item], "has_more": False, "url": "/v1/subscription_items"},
            "default_payment_method": None,
            "latest_invoice": None,
        }
        plain |= dict.fromkeys(("cancel_at", "canceled_at", "ended_at", "trial_end", "pause_collection"))
        self.subscriptions[number] = {**plain, **more}
        return number

    def invoice(self, customer: str, **more: Any) -> str:
        """A new invoice, paid."""
        number = f"in_{next(self.numbers)}"
        amounts = {
            "subtotal": 7200,
            "total": 7200,
            "amount_due": 7200,
            "amount_paid": 7200,
            "amount_remaining": 0,
            "total_taxes": [],
            "total_discount_amounts": [],
        }
        plain = {
            "id": number,
            "object": "invoice",
            "customer": customer,
            "number": f"ZC-{number}",
            "status": "paid",
            "currency": "usd",
            "created": 1_760_000_000,
            **amounts,
        }
        links = {"hosted_invoice_url": f"https://invoice.stripe.com/i/{number}", "invoice_pdf": f"https://pay.stripe.com/{number}/pdf"}
        rest = {"status_transitions": {"paid_at": 1_760_000_100}, "attempt_count": 1, "next_payment_attempt": None}
        self.invoices[number] = {**plain, **links, **rest, **more}
        return number

    def delete(self, customer: str) -> None:
        """Delete a customer, as Stripe does: the subscriptions end with it."""
        self.customers[customer] = {"id": customer, "object": "customer", "deleted": True}
        for each in self.subscriptions.values():
            if each["customer"] == customer:
                self._end(each)
