"""What of a subscription has to be asked for apart: the names of what is in it, the next payment, what went wrong."""

from __future__ import annotations

from typing import Any

import stripe

from privacy_center.subscription import plans, products, reading
from privacy_center.subscription.asking import Gone, Refused, Strange, heard
from privacy_center.subscription.reading import id_of

PAGE = 100
IN_TROUBLE = ("past_due", "unpaid", "incomplete")
BILLED = ("active", "trialing", "past_due")
EXTRA = (Gone, Refused, Strange)  # what is no more than good to know does not keep the rest from being known


def whole(client: stripe.StripeClient, said: dict[str, Any], customer: dict[str, Any]) -> dict[str, Any]:
    """What we keep of a subscription, with what has to be asked for apart: names, all parts, the next payment, what went wrong."""
    if said["items"].get("has_more"):
        pages = client.v1.subscription_items.list({"subscription": said["id"], "limit": PAGE})
        said["items"]["data"] = [each.to_dict() for each in pages.auto_paging_iter()]
    wanted = {id_of((each.get("price") or each["plan"]).get("product")) for each in said["items"]["data"]}
    kept = plans.subscription(said, products.names(client, {each for each in wanted if each}), customer)
    kept |= _next_payment(client, said)
    return kept | (_problem(client, said) if said["status"] in IN_TROUBLE else {"problem": None, "attempts": 0, "next_attempt_at": None})


def _next_payment(client: stripe.StripeClient, said: dict[str, Any]) -> dict[str, Any]:
    """How much will be paid next, and when: what Stripe would bill, with discount, tax and credit. Nothing where nothing will be."""
    nothing = {"next_amount": None, "next_at": None}
    if not plans.is_renewing(said) or said["status"] not in BILLED:
        return nothing
    try:
        with heard():
            preview = client.v1.invoices.create_preview({"subscription": said["id"]}).to_dict()
            return {
                "next_amount": reading.amount(preview["amount_due"]),
                "next_at": reading.moment(preview.get("next_payment_attempt") or preview.get("created")),
            }
    except EXTRA:
        return nothing


def _problem(client: stripe.StripeClient, said: dict[str, Any]) -> dict[str, Any]:
    """Why the latest payment failed, how often it was tried, and when it will be tried again."""
    number = id_of(said.get("latest_invoice"))
    if number is None:
        return {"problem": None, "attempts": 0, "next_attempt_at": None}
    try:
        with heard():
            invoice = client.v1.invoices.retrieve(number).to_dict()
            payments = client.v1.invoice_payments.list({"invoice": number, "limit": 10, "expand": ["data.payment.payment_intent"]}).to_dict()["data"]
    except EXTRA:
        return {"problem": None, "attempts": 0, "next_attempt_at": None}
    errors = [_error_of(each) for each in payments]
    return {
        "problem": next((each for each in errors if each), None),
        "attempts": int(invoice.get("attempt_count") or 0),
        "next_attempt_at": reading.moment(invoice.get("next_payment_attempt")),
    }


def _error_of(payment: dict[str, Any]) -> str | None:
    """Stripe's word for why a payment failed: the bank's reason where it gave one."""
    intent = (payment.get("payment") or {}).get("payment_intent")
    if not isinstance(intent, dict):
        return None
    error = intent.get("last_payment_error") or {}
    if intent.get("status") == "requires_action":
        return "authentication_required"
    return str(error.get("decline_code") or error.get("code") or "")[:100] or None
