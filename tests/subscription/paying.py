"""What is known of somebody's payments, written as if Stripe had just said it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.subscription.models import Invoice, Order, StripeCustomer, Subscription, Synchronisation

numbers = itertools.count(1)
BEGAN = datetime(2026, 1, 24, 9, 0, tzinfo=UTC)
PART = {"product": "prod_pro", "name": "GLM Coding Pro", "price": "price_pro", "amount": 7200, "exactly": None, "quantity": 1,
        "interval": "month", "interval_count": 1, "period_start": None, "period_end": None}  # fmt: skip


def known(user: User, **fields: Any) -> None:
    """Let Stripe have been asked just now."""
    row, _made = Synchronisation.get_or_create(user=user)
    now = clock.now()
    Synchronisation.update(**{"seen_at": now, "tried_at": now, **fields}).where(Synchronisation.id == row.id).execute()


def customer(user: User, number: str = "cus_1", **fields: Any) -> StripeCustomer:
    """A customer of Stripe's who is *user*."""
    known(user)
    return StripeCustomer.get_or_none((StripeCustomer.user == user) & (StripeCustomer.external_id == number)) or StripeCustomer.create(
        user=user, external_id=number, created_at=BEGAN, **fields
    )


def plan(user: User, **fields: Any) -> Subscription:
    """A monthly subscription, active and paid with a card."""
    customer(user, fields.get("customer", "cus_1"))
    plain = {
        "customer": "cus_1", "status": "active", "plan_id": "prod_pro", "plan_name": "GLM Coding Pro", "quantity": 1, "amount": 7200, "currency": "usd",
        "interval": "month", "interval_count": 1, "parts": [PART], "discounts": [], "next_amount": 7200, "next_at": in_days(20), "period_start": in_days(-10),
        "period_end": in_days(20), "started_at": BEGAN, "collection": "charge_automatically", "payment_kind": "card", "card_brand": "visa",
        "card_last4": "4242", "card_expires": "2030-08", "synchronised_at": clock.now(),
    }  # fmt: skip
    return Subscription.create(user=user, external_id=f"sub_{next(numbers)}", **{**plain, **fields})


def invoice(user: User, **fields: Any) -> Invoice:
    """An invoice that is paid."""
    number = next(numbers)
    plain = {
        "external_id": f"in_{number}", "customer": "cus_1", "number": f"ZC-{number:04}", "status": "paid", "currency": "usd", "subtotal": 7200, "total": 7200,
        "amount_due": 7200, "amount_paid": 7200, "amount_remaining": 0, "created_at": in_days(-10), "synchronised_at": clock.now(),
        "hosted_url": f"https://invoice.stripe.com/i/{number}", "pdf_url": f"https://pay.stripe.com/i/{number}/pdf",
    }  # fmt: skip
    return Invoice.create(user=user, **{**plain, **fields})


def overdue(user: User, **fields: Any) -> Subscription:
    """A subscription whose latest invoice could not be collected."""
    open_one = invoice(user, status="open", amount_paid=0, amount_remaining=7200)
    plain = {"status": "past_due", "latest_invoice": open_one.external_id, "problem": "insufficient_funds", "attempts": 1, "next_attempt_at": in_days(3)}
    return plan(user, **{**plain, **fields})


def stopped(user: User, **fields: Any) -> Subscription:
    """A subscription that ends with its period."""
    ends = in_days(20)
    return plan(user, **{"cancel_at_period_end": True, "cancel_at": ends, "canceled_at": in_days(-1), "next_amount": None, "next_at": None, **fields})


def order(user: User, **fields: Any) -> Order:
    """An order that is paid, with every field that the policy names."""
    number = next(numbers)
    plain = {
        "external_id": f"order-{number}", "order_number": f"2026110100{number}", "plan_id": "glm-coding-pro", "plan_name": "GLM Coding Pro", "price": "80.00",
        "currency": "USD", "discount_amount": "8.00", "amount_payable": "72.00", "invitation_code": "OLGA-7Q4K", "sales_channel": "zcode",
        "risk_verification_ticket": "ticket-77", "business_serial_number": "B261101", "payment_method": "PAYPAL", "payment_status": "SUCCESS",
        "payment_created_at": in_days(-10), "subscription_status": "VALID", "renewal_status": "ON", "agreement_number": "agr-5", "provider": "paypal",
        "provider_data": {"payer": "m***@example.com"}, "digest": str(number),
    }  # fmt: skip
    return Order.create(user=user, **{**plain, **fields})


def in_days(days: float) -> datetime:
    """So many days from now."""
    return clock.now() + timedelta(days=days)
