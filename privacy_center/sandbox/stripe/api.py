"""Stripe's interface, as far as a privacy centre and its tests speak it: customers, subscriptions, invoices, the portal."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint

from privacy_center.sandbox.stripe import life
from privacy_center.sandbox.stripe.answering import answers, memory, page
from privacy_center.sandbox.stripe.billing import preview
from privacy_center.sandbox.stripe.forms import truth
from privacy_center.sandbox.stripe.life import No
from privacy_center.sandbox.stripe.memory import new_id
from privacy_center.sandbox.stripe.news import tell
from privacy_center.sandbox.stripe.shapes import Object

bp = Blueprint("stripe", __name__, url_prefix="/stripe/v1")
LISTED = ("limit", "starting_after")
BY_METADATA = re.compile(r"""metadata\[["']([^"']+)["']\]:"((?:[^"\\]|\\.)*)\"""")


@bp.get("/customers")
@answers("email", *LISTED)
def customers(said: dict[str, Any]) -> Object:
    """Customers, all or those of an address."""
    found = [each for each in memory().all("customer") if not each.get("deleted") and said.get("email", each["email"]) == each["email"]]
    return page(found, said, "/v1/customers")


@bp.get("/customers/search")
@answers("query", "limit", "page")
def search(said: dict[str, Any]) -> Object:
    """Customers by one field of their metadata."""
    query = BY_METADATA.fullmatch(said.get("query", ""))
    if query is None or memory().is_told("no search"):
        raise No("We were unable to parse your search query.")
    name, value = query[1], re.sub(r"\\(.)", r"\1", query[2])
    found = [each for each in memory().all("customer") if not each.get("deleted") and each["metadata"].get(name) == value]
    return {"object": "search_result", "data": found, "has_more": False, "next_page": None, "url": "/v1/customers/search"}


@bp.post("/customers")
@answers("email", "name", "metadata")
def new_customer(said: dict[str, Any]) -> Object:
    """A new customer."""
    return memory().make("customer", **said)


@bp.get("/customers/<number>")
@answers()
def customer(said: dict[str, Any], number: str) -> Object:
    """One customer; of one that was deleted, that it was."""
    return memory().get("customer", number)


@bp.post("/customers/<number>")
@answers("email", "name", "metadata", "invoice_settings")
def change_customer(said: dict[str, Any], number: str) -> Object:
    """Change a customer."""
    found = _living(number)
    found["metadata"] |= said.pop("metadata", {})
    found["invoice_settings"] |= said.pop("invoice_settings", {})
    found |= said
    tell(memory(), "customer.updated", found)
    return found


@bp.delete("/customers/<number>")
@answers()
def delete_customer(said: dict[str, Any], number: str) -> Object:
    """Delete a customer, and end what it has."""
    return life.delete(memory(), _living(number))


def _living(number: Any) -> Object:
    """A customer that was not deleted."""
    found = memory().get("customer", number)
    if found.get("deleted"):
        raise No(f"No such customer: '{number}'", code="resource_missing", param="customer")
    return found


@bp.get("/subscriptions")
@answers("customer", "status", *LISTED)
def subscriptions(said: dict[str, Any]) -> Object:
    """Subscriptions; those that have ended only when they are asked for."""
    wanted = said.get("status")
    same = {"customer": said["customer"]} if "customer" in said else {}
    found = [each for each in memory().all("subscription", **same) if wanted in ("all", each["status"]) or (not wanted and each["status"] != "canceled")]
    return page(found, said, "/v1/subscriptions")


@bp.post("/subscriptions")
@answers("customer", "items", "discounts", "default_tax_rates", "default_payment_method", "collection_method", "trial_period_days", "metadata")
def new_subscription(said: dict[str, Any]) -> Object:
    """A new subscription, and its first invoice."""
    coupons = [each["coupon"] for each in said.pop("discounts", [])]
    trial, rates = int(said.pop("trial_period_days", 0)), said.pop("default_tax_rates", [])
    owner = _living(said.pop("customer", ""))
    return life.begin(memory(), owner, said.pop("items", []), coupons=coupons, tax_rates=rates, trial_days=trial, **said)


@bp.get("/subscriptions/<number>")
@answers()
def subscription(said: dict[str, Any], number: str) -> Object:
    """One subscription."""
    return memory().get("subscription", number)


@bp.post("/subscriptions/<number>")
@answers("cancel_at_period_end", "cancel_at", "metadata", "default_payment_method", "cancellation_details")
def change_subscription(said: dict[str, Any], number: str) -> Object:
    """Change a subscription: whether it ends with its period, above all."""
    found = memory().get("subscription", number)
    if "cancel_at_period_end" in said:
        life.stop_renewing(memory(), found, stop=truth(said["cancel_at_period_end"]))
    elif said.get("cancel_at") == "":
        life.stop_renewing(memory(), found, stop=False)
    elif "cancel_at" in said:
        found["cancel_at"] = int(said["cancel_at"])
        tell(memory(), "customer.subscription.updated", found)
    found["metadata"] |= said.get("metadata", {})
    found["default_payment_method"] = said.get("default_payment_method", found["default_payment_method"])
    return found


@bp.delete("/subscriptions/<number>")
@answers("invoice_now", "prorate", "cancellation_details")
def end_subscription(said: dict[str, Any], number: str) -> Object:
    """End a subscription now."""
    found = memory().get("subscription", number)
    life.end(memory(), found)
    return found


@bp.get("/subscription_items")
@answers("subscription", *LISTED)
def items(said: dict[str, Any]) -> Object:
    """The parts of a subscription."""
    return page(memory().get("subscription", said.get("subscription"))["items"]["data"], said, "/v1/subscription_items")


@bp.get("/invoices")
@answers("customer", "subscription", "status", *LISTED)
def invoices(said: dict[str, Any]) -> Object:
    """Invoices, the newest first."""
    same = {name: said[name] for name in ("customer", "status") if name in said}
    found = memory().all("invoice", **same)
    if "subscription" in said:
        found = [each for each in found if each["parent"]["subscription_details"]["subscription"] == said["subscription"]]
    return page(found, said, "/v1/invoices")


@bp.get("/invoices/<number>")
@answers()
def invoice(said: dict[str, Any], number: str) -> Object:
    """One invoice."""
    return memory().get("invoice", number)


@bp.post("/invoices/create_preview")
@answers("subscription", "customer")
def upcoming(said: dict[str, Any]) -> Object:
    """The next invoice of a subscription, if there will be one."""
    found = memory().get("subscription", said.get("subscription"))
    if found["status"] in life.OVER or found["cancel_at"]:
        raise No("No upcoming invoices for customer", code="invoice_upcoming_none")
    return preview(memory(), found)


@bp.get("/invoice_payments")
@answers("invoice", "status", *LISTED)
def payments(said: dict[str, Any]) -> Object:
    """How an invoice was paid, or was not."""
    return page(memory().all("invoice_payment", invoice=said.get("invoice")), said, "/v1/invoice_payments")


@bp.get("/subscription_schedules")
@answers("customer", *LISTED)
def schedules(said: dict[str, Any]) -> Object:
    """What is planned for a customer: nothing, as nobody plans here."""
    return page([], said, "/v1/subscription_schedules")


@bp.post("/billing_portal/sessions")
@answers("customer", "return_url", "locale", "configuration", "flow_data")
def portal(said: dict[str, Any]) -> Object:
    """A customer's own page, for a few minutes."""
    owner = _living(said.get("customer"))
    session = memory().make("billing_portal.session", customer=owner["id"], return_url=said.get("return_url"), locale=said.get("locale"))
    session["url"] = f"{memory().address}/portal/{new_id('secret')}"
    return session
