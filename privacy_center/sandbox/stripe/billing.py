"""Bills subscriptions: invoices, discounts, taxes, and payments that succeed or don't, by the card's last digits as with Stripe's test cards.

A card whose metadata say that it declines does so whatever its digits.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dateutil.relativedelta import relativedelta

from privacy_center.sandbox.demo.lines import identity
from privacy_center.sandbox.stripe.memory import Memory, new_id, now
from privacy_center.sandbox.stripe.news import tell
from privacy_center.sandbox.stripe.shapes import Object

DECLINES = {"0002": "generic_decline", "9995": "insufficient_funds", "0069": "expired_card", "3155": "authentication_required"}
DAY = 86400
PAUSES = (3, 5, 7)  # days between one try to collect and the next


def after(moment: int, interval: str, count: int) -> int:
    """When a period that begins then is over."""
    return int((datetime.fromtimestamp(moment, UTC) + relativedelta(**{f"{interval}s": count})).timestamp())  # type: ignore[arg-type]


def sums(memory: Memory, subscription: Object) -> Object:
    """What a period costs: before discount, discounts, taxes, and all together."""
    subtotal = sum((each["price"]["unit_amount"] or 0) * each["quantity"] for each in subscription["items"]["data"])
    discounts, left = [], subtotal
    for number in subscription["discounts"]:
        coupon = memory.get("coupon", memory.get("discount", number)["source"]["coupon"])
        off = min(left, coupon["amount_off"] if coupon["amount_off"] is not None else round(subtotal * coupon["percent_off"] / 100))
        discounts.append({"amount": off, "discount": number})
        left -= off
    taxes = [
        {
            "amount": round(left * rate["percentage"] / 100),
            "tax_behavior": "exclusive",
            "tax_rate_details": {"tax_rate": rate["id"]},
            "type": "tax_rate_details",
        }
        for rate in subscription["default_tax_rates"]
    ]
    total = left + sum(each["amount"] for each in taxes)
    return {"subtotal": subtotal, "subtotal_excluding_tax": subtotal, "total_excluding_tax": left, "total": total} | {
        "total_discount_amounts": discounts,
        "total_taxes": taxes,
    }


def drawn_up(memory: Memory, subscription: Object, at: int) -> Object:
    """The fields of an invoice for the period that a subscription is in."""
    items = subscription["items"]["data"]
    start, end = min(each["current_period_start"] for each in items), max(each["current_period_end"] for each in items)
    customer, cost = memory.get("customer", subscription["customer"]), sums(memory, subscription)
    lines = [_line(each, subscription) for each in items]
    return {
        **cost,
        "amount_due": cost["total"],
        "amount_remaining": cost["total"],
        "currency": subscription["currency"],
        "customer": customer["id"],
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "collection_method": subscription["collection_method"],
        "lines": {"object": "list", "data": lines, "has_more": False, "url": "/v1/invoices/lines"},
        "parent": {"quote_details": None, "subscription_details": {"metadata": {}, "subscription": subscription["id"]}, "type": "subscription_details"},
        "period_start": start,
        "period_end": end,
        "effective_at": at,
    }


def _line(item: Object, subscription: Object) -> Object:
    """The line of an invoice for one part of a subscription."""
    return {
        "id": new_id("il"),
        "object": "line_item",
        "amount": (item["price"]["unit_amount"] or 0) * item["quantity"],
        "currency": subscription["currency"],
        "description": None,
        "period": {"start": item["current_period_start"], "end": item["current_period_end"]},
        "quantity": item["quantity"],
        "subscription": subscription["id"],
    }


def bill(memory: Memory, subscription: Object, *, at: int, reason: str) -> Object:
    """Bill the period that the subscription is in, and try to collect."""
    customer = memory.get("customer", subscription["customer"])
    fields = drawn_up(memory, subscription, at) | {"billing_reason": reason}
    number = identity("in", f"{customer['id']}/{customer['next_invoice_sequence']}")  # the same, should the demo people move in anew
    invoice = memory.make("invoice", number=number, created=at, **fields)
    invoice["number"] = f"{customer['invoice_prefix']}-{customer['next_invoice_sequence']:04}"
    customer["next_invoice_sequence"] += 1
    invoice["hosted_invoice_url"] = f"{memory.address}/invoices/{invoice['id']}"
    invoice["invoice_pdf"] = f"{memory.address}/invoices/{invoice['id']}/pdf"
    invoice["status_transitions"]["finalized_at"] = at
    subscription["latest_invoice"] = invoice["id"]
    intent = memory.make("payment_intent", created=at, amount=invoice["total"], currency=invoice["currency"], customer=customer["id"])
    memory.make("invoice_payment", created=at, invoice=invoice["id"], amount_requested=invoice["total"], currency=invoice["currency"],
                payment={"type": "payment_intent", "payment_intent": intent["id"]})  # fmt: skip
    tell(memory, "invoice.created", invoice)
    tell(memory, "invoice.finalized", invoice)
    if subscription["collection_method"] == "charge_automatically":
        collect(memory, invoice, at=at)
    else:
        invoice["due_date"] = at + (subscription["days_until_due"] or 30) * DAY
    return invoice


def collect(memory: Memory, invoice: Object, *, at: int) -> None:
    """Try to collect an open invoice, with the card that counts."""
    subscription = memory.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
    payment = memory.all("invoice_payment", invoice=invoice["id"])[0]
    intent = memory.get("payment_intent", payment["payment"]["payment_intent"])
    invoice["attempt_count"] += 1
    invoice["attempted"] = True
    wrong = _wrong_with(memory, subscription)
    if wrong:
        intent["status"] = "requires_action" if wrong == "authentication_required" else "requires_payment_method"
        intent["last_payment_error"] = {"type": "card_error", "code": "card_declined", "decline_code": wrong, "message": "Your card was declined."}
        tries = invoice["attempt_count"]
        invoice["next_payment_attempt"] = at + PAUSES[tries - 1] * DAY if tries <= len(PAUSES) else None
        subscription["status"] = "incomplete" if invoice["billing_reason"] == "subscription_create" else "past_due"
        tell(memory, "invoice.payment_action_required" if wrong == "authentication_required" else "invoice.payment_failed", invoice)
        return
    intent.update(status="succeeded", amount_received=intent["amount"], last_payment_error=None)
    payment.update(status="paid", amount_paid=payment["amount_requested"])
    payment["status_transitions"]["paid_at"] = at
    invoice.update(status="paid", amount_paid=invoice["amount_due"], amount_remaining=0, next_payment_attempt=None)
    invoice["status_transitions"]["paid_at"] = at
    if subscription["status"] in ("past_due", "unpaid", "incomplete"):
        subscription["status"] = "active"
    tell(memory, "invoice.paid", invoice)


def _wrong_with(memory: Memory, subscription: Object) -> str:
    """Why the bank says no; empty when it says yes."""
    customer = memory.get("customer", subscription["customer"])
    number: Any = subscription["default_payment_method"] or customer["invoice_settings"]["default_payment_method"]
    if not number:
        return "no_payment_method"
    card = memory.get("payment_method", number)
    return str(card["metadata"].get("declines") or DECLINES.get(card["card"]["last4"], ""))


def preview(memory: Memory, subscription: Object) -> Object:
    """The invoice that would come next."""
    ends = min(each["current_period_end"] for each in subscription["items"]["data"])
    shape = memory.make("invoice", number="upcoming", created=ends, **drawn_up(memory, subscription, now()) | {"billing_reason": "upcoming", "status": "draft"})
    del memory.objects["upcoming"]
    return {**shape, "id": new_id("upcoming_in"), "next_payment_attempt": ends + 3600}
