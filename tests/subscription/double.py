"""A Stripe on loopback that keeps customers, subscriptions and invoices, and fails as it is told to."""

from __future__ import annotations

import itertools
import json
import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Fields = dict[str, Any]
DAY = 86_400
KEY = "sk_test_of_the_tests"


class Refusal(Exception):
    """An error in Stripe's own words."""

    def __init__(self, status: int, message: str, **error: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": "invalid_request_error", "message": message, **error}}


class Double:
    """What Stripe knows, what it was asked, and how it behaves."""

    def __init__(self) -> None:
        self.customers: dict[str, Fields] = {}
        self.subscriptions: dict[str, Fields] = {}
        self.invoices: dict[str, Fields] = {}
        self.payments: dict[str, list[Fields]] = {}
        self.schedules: dict[str, Fields] = {}
        self.products: dict[str, Fields] = {}
        self.unsearchable: set[str] = set()  # what the search has not taken in yet
        self.answers: dict[str, tuple[int, bytes]] = {}  # by idempotency key
        self.calls: list[str] = []
        self.sent: list[Fields] = []
        self.behave: Callable[[Any, str, Fields], bool] | None = None
        self.after: Callable[[str], int | None] | None = None  # a status to answer with after having acted
        self.numbers = itertools.count(1)
        self.lock = threading.RLock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._door())
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
        self.invoices[number] = {**plain, **links, "status_transitions": {"paid_at": 1_760_000_100}, "attempt_count": 1, "next_payment_attempt": None, **more}
        return number

    def delete(self, customer: str) -> None:
        """Delete a customer, as Stripe does: the subscriptions end with it."""
        self.customers[customer] = {"id": customer, "object": "customer", "deleted": True}
        for each in self.subscriptions.values():
            if each["customer"] == customer:
                self._end(each)

    def _end(self, subscription: Fields) -> None:
        now = int(time.time())
        subscription.update(status="canceled", canceled_at=now, ended_at=now)

    def answer(self, method: str, path: str, said: Fields) -> Fields:
        """What Stripe answers; raises Refusal."""
        with self.lock:
            for name, pattern in ROUTES:
                wanted, _space, form = pattern.partition(" ")
                if wanted == method and (found := re.fullmatch(form, path)):
                    return getattr(self, f"_{name}")(*found.groups(), said)  # type: ignore[no-any-return]
        raise Refusal(404, f"Unrecognized request URL ({method}: {path}).")

    def _search(self, said: Fields) -> Fields:
        field, value = re.fullmatch(r'metadata\["(.+?)"\]:"(.*)"', said["query"]).groups()  # type: ignore[union-attr]
        value = re.sub(r"\\(.)", r"\1", value)
        found = [each for each in self.customers.values() if each.get("metadata", {}).get(field) == value and each["id"] not in self.unsearchable]
        return {"object": "search_result", "data": found, "has_more": False, "url": "/v1/customers/search", "next_page": None}

    def _list_customers(self, said: Fields) -> Fields:
        return self._page([each for each in self.customers.values() if each.get("email") == said["email"]], said, "customers")

    def _get_customer(self, number: str, _said: Fields) -> Fields:
        return self._one(self.customers, number, "customer")

    def _list_subscriptions(self, said: Fields) -> Fields:
        found = [each for each in self.subscriptions.values() if each["customer"] == said["customer"]]
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
        found = [each for each in self.invoices.values() if each["customer"] == said["customer"]]
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

    def _balance(self, _said: Fields) -> Fields:
        return {"object": "balance", "livemode": False}

    def _one(self, shelf: dict[str, Fields], number: str, kind: str) -> Fields:
        if number not in shelf:
            raise Refusal(404, f"No such {kind}: '{number}'", code="resource_missing")
        return shelf[number]

    def _page(self, found: list[Fields], said: Fields, name: str) -> Fields:
        numbers = [each["id"] for each in found]
        begin = numbers.index(said["starting_after"]) + 1 if "starting_after" in said else 0
        size = int(said.get("limit", 10))
        return {"object": "list", "data": found[begin : begin + size], "has_more": len(found) > begin + size, "url": f"/v1/{name}"}

    def _door(self) -> type[BaseHTTPRequestHandler]:
        double = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def go(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                said = {name: values[-1] for name, values in parse_qs(parts.query + "&" + body, keep_blank_values=True).items()}
                call = f"{self.command} {parts.path}"
                double.calls.append(call)
                double.sent.append({"call": call, **said, "key": self.headers.get("Idempotency-Key")})
                if double.behave and double.behave(self, call, said):
                    return
                self.answer(call, said)

            def answer(self, call: str, said: Fields) -> None:
                key = self.headers.get("Idempotency-Key") or ""
                if key in double.answers:
                    say(self, *double.answers[key])
                    return
                method, _space, path = call.partition(" ")
                if self.headers.get("Authorization") not in (f"Bearer {KEY}", "Basic " + "c2tfdGVzdF9vZl90aGVfdGVzdHM6"):
                    say(self, 401, b'{"error":{"type":"invalid_request_error","message":"Invalid API Key provided"}}')
                    return
                try:
                    status, content = 200, json.dumps(double.answer(method, path, said)).encode()
                except Refusal as refusal:
                    status, content = refusal.status, json.dumps(refusal.body).encode()
                if double.after and (broken := double.after(call)):
                    status, content = broken, b'{"error":{"type":"api_error","message":"An unknown error occurred"}}'
                if key:
                    double.answers[key] = (status, content)
                say(self, status, content)

            do_GET = do_POST = do_DELETE = go

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Door


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
    ("balance", "GET /v1/balance"),
]


def say(door: Any, status: int, content: bytes = b"{}", **headers: str) -> bool:
    """Answer a call; True, so that it can be the end of a behaviour."""
    door.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), "Request-Id": "req_1", **headers}.items():
        door.send_header(name, value)
    door.end_headers()
    door.wfile.write(content)
    return True
