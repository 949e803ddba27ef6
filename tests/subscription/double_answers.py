"""What the double of Stripe answers, as far as the centre asks."""

from __future__ import annotations

import re
import threading
import time
from typing import Any

Fields = dict[str, Any]


class Refusal(Exception):
    """An error in Stripe's own words."""

    def __init__(self, status: int, message: str, **error: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": "invalid_request_error", "message": message, **error}}


ROUTES = [
    ("search", "GET /v1/customers/search"),
    ("list_customers", "GET /v1/customers"),
    ("get_customer", "GET /v1/customers/([^/]+)"),
    ("list_subscriptions", "GET /v1/subscriptions"),
    ("get_subscription", "GET /v1/subscriptions/([^/]+)"),
    ("update_subscription", "POST /v1/subscriptions/([^/]+)"),
    ("cancel_subscription", "DELETE /v1/subscriptions/([^/]+)"),
    ("list_invoices", "GET /v1/invoices"),
    ("preview", "POST /v1/invoices/create_preview"),
    ("get_invoice", "GET /v1/invoices/([^/]+)"),
    ("list_payments", "GET /v1/invoice_payments"),
    ("get_product", "GET /v1/products/([^/]+)"),
    ("list_schedules", "GET /v1/subscription_schedules"),
    ("cancel_schedule", "POST /v1/subscription_schedules/([^/]+)/cancel"),
    ("portal", "POST /v1/billing_portal/sessions"),
]


class Answers:
    """What is kept, and the answers out of it."""

    url: str

    def __init__(self) -> None:
        self.customers: dict[str, Fields] = {}
        self.subscriptions: dict[str, Fields] = {}
        self.invoices: dict[str, Fields] = {}
        self.payments: dict[str, list[Fields]] = {}
        self.schedules: dict[str, Fields] = {}
        self.products: dict[str, Fields] = {}
        self.unsearchable: set[str] = set()  # what the search has not taken in yet
        self.lock = threading.RLock()

    def answer(self, method: str, path: str, said: Fields) -> Fields:
        """What Stripe answers; raises Refusal."""
        with self.lock:
            for name, pattern in ROUTES:
                wanted, _space, form = pattern.partition(" ")
                if wanted == method and (found := re.fullmatch(form, path)):
                    return getattr(self, f"_{name}")(*found.groups(), said)  # type: ignore[no-any-return]
        raise Refusal(404, f"Unrecognized request URL ({method}: {path}).")

    def _end(self, subscription: Fields) -> None:
        now = int(time.time())
        subscription.update(status="canceled", canceled_at=now, ended_at=now)

    def _search(self, said: Fields) -> Fields:
        field, value = re.fullmatch(r'metadata\["(.+?)"\]:"(.*)"', said["query"]).groups()  # type: ignore[union-attr]
        value = re.sub(r"\\(.)", r"\1", value)
        found = [each for each in self.customers.values() if each.get("metadata", {}).get(field) == value and each["id"] not in self.unsearchable]
        return {"object": "search_result", "data": found, "has_more": False, "url": "/v1/customers/search", "next_page": None}

    def _list_customers(self, said: Fields) -> Fields:
        return self._page([each for each in self.customers.values() if said.get("email") in (None, each.get("email"))], said, "customers")

    def _get_customer(self, number: str, _said: Fields) -> Fields:
        return self._one(self.customers, number, "customer")

    def _list_subscriptions(self, said: Fields) -> Fields:
        found = [each for each in self.subscriptions.values() if said.get("customer") in (None, each["customer"])]
        return self._page([each for each in found if said.get("status") == "all" or each["status"] != "canceled"], said, "subscriptions")

    def _get_subscription(self, number: str, _said: Fields) -> Fields:
        return self._one(self.subscriptions, number, "subscription")

    def _update_subscription(self, number: str, said: Fields) -> Fields:
        found = self._one(self.subscriptions, number, "subscription")
        if found["status"] == "canceled":
            raise Refusal(400, "A canceled subscription can only update its cancellation_details and metadata.")
        if "cancel_at_period_end" in said:
            ends = said["cancel_at_period_end"] == "true"
            last = max(each["current_period_end"] for each in found["items"]["data"])
            found.update(cancel_at_period_end=ends, cancel_at=last if ends else None, canceled_at=int(time.time()) if ends else None)
        if said.get("cancel_at") == "":
            found.update(cancel_at=None, canceled_at=None)
        return found

    def _cancel_subscription(self, number: str, _said: Fields) -> Fields:
        found = self._one(self.subscriptions, number, "subscription")
        if found["status"] == "canceled":
            raise Refusal(404, f"No such subscription: {number}", code="resource_missing")
        self._end(found)
        return found

    def _list_invoices(self, said: Fields) -> Fields:
        found = [each for each in self.invoices.values() if said.get("customer") in (None, each["customer"])]
        return self._page(sorted(found, key=lambda each: -each["created"]), said, "invoices")

    def _get_invoice(self, number: str, _said: Fields) -> Fields:
        return self._one(self.invoices, number, "invoice")

    def _preview(self, said: Fields) -> Fields:
        found = self._one(self.subscriptions, said["subscription"], "subscription")
        total = sum(each["price"]["unit_amount"] * each["quantity"] for each in found["items"]["data"])
        when = min(each["current_period_end"] for each in found["items"]["data"])
        return {"object": "invoice", "amount_due": total, "currency": found["currency"], "next_payment_attempt": when, "created": when}

    def _list_payments(self, said: Fields) -> Fields:
        return self._page(self.payments.get(said["invoice"], []), said, "invoice_payments")

    def _get_product(self, number: str, _said: Fields) -> Fields:
        return self._one(self.products, number, "product")

    def _list_schedules(self, said: Fields) -> Fields:
        return self._page([each for each in self.schedules.values() if each["customer"] == said["customer"]], said, "subscription_schedules")

    def _cancel_schedule(self, number: str, _said: Fields) -> Fields:
        found = self._one(self.schedules, number, "schedule")
        found["status"] = "canceled"
        return found

    def _portal(self, said: Fields) -> Fields:
        customer = self._one(self.customers, said["customer"], "customer")
        return {"id": "bps_1", "object": "billing_portal.session", "customer": customer["id"], "url": f"{self.url}/p/session/{customer['id']}"}

    def _one(self, shelf: dict[str, Fields], number: str, kind: str) -> Fields:
        if number not in shelf:
            raise Refusal(404, f"No such {kind}: '{number}'", code="resource_missing")
        return shelf[number]

    def _page(self, found: list[Fields], said: Fields, name: str) -> Fields:
        numbers = [each["id"] for each in found]
        begin = numbers.index(said["starting_after"]) + 1 if "starting_after" in said else 0
        size = int(said.get("limit", 10))
        return {"object": "list", "data": found[begin : begin + size], "has_more": len(found) > begin + size, "url": f"/v1/{name}"}
