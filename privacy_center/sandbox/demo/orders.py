"""What was ordered and paid, in every field that the policy names; plans and prices are data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from privacy_center.sandbox.demo.lines import Line, identity
from privacy_center.sandbox.demo.moments import iso


@dataclass(frozen=True)
class Plan:
    """A plan as somebody pays for it: month by month, through one payment service."""

    plan_id: str
    name: str
    price: str
    currency: str
    method: str
    provider: str
    months: int
    discount: str = "0.00"
    invitation: str | None = None
    last_fails: bool = False
    discount_lasts: str = "once"
    renews: bool = True


PLANS = {
    "zai-mei": Plan(
        "glm-coding-pro-monthly",
        "GLM Coding Pro",
        "72.00",
        "USD",
        "STRIPE_PAY",
        "stripe",
        19,
        discount="7.20",
        invitation="OLGA-7Q4K",
        discount_lasts="forever",
    ),
    "zai-alex": Plan("glm-coding-lite-monthly", "GLM Coding Lite", "18.00", "USD", "STRIPE_PAY", "stripe", 1, renews=False),
    "zai-jun": Plan("glm-coding-lite-monthly", "GLM Coding Lite", "49.00", "CNY", "ALI", "alipay", 12),
    "zai-sam": Plan("glm-coding-lite-monthly", "GLM Coding Lite", "18.00", "USD", "STRIPE_PAY", "stripe", 9, last_fails=True),
}  # fmt: skip


COUNTRIES = {"zai-mei": "SG", "zai-alex": "US", "zai-sam": "GB"}  # of their cards


def orders(subject: str, now: datetime) -> Iterator[Line]:
    """The orders of *subject*, one a month, the newest a few days ago."""
    plan = PLANS.get(subject)
    if not plan:
        return
    newest = newest_order(now)
    for number in range(plan.months):
        paid_at = newest - relativedelta(months=plan.months - 1 - number)
        yield order(subject, plan, number, paid_at)


def newest_order(now: datetime) -> datetime:
    """When the newest order was paid."""
    return (now - relativedelta(days=6)).replace(hour=3, minute=12, second=41, microsecond=0)


def order(subject: str, plan: Plan, number: int, paid_at: datetime) -> Line:
    """One month's order; the first or all may have a discount, the last may have failed."""
    first, last = number == 0, number == plan.months - 1
    failed = last and plan.last_fails
    discount = Decimal(plan.discount) if first or plan.discount_lasts == "forever" else Decimal("0.00")
    return {
        "type": "order",
        "id": identity("ord", f"{subject}/{number}"),
        "user": subject,
        "order_number": f"{paid_at:%Y%m%d%H%M%S}{1184 + 37 * number:05}",
        "plan_id": plan.plan_id,
        "plan_name": plan.name,
        "price": plan.price,
        "currency": plan.currency,
        "discount_amount": str(discount),
        "amount_payable": str(Decimal(plan.price) - discount),
        "invitation_code": plan.invitation if first else None,
        "sales_channel": "zcode",
        "risk_verification_ticket": identity("ticket", f"{subject}/{number}")[:31] if first else None,
        "business_serial_number": f"B{paid_at:%y%m%d}{700_118 + 911 * number}",
        "payment_method": plan.method,
        "payment_status": "FAIL" if failed else "SUCCESS",
        "payment_created_at": iso(paid_at),
        "subscription_status": ("PAST_DUE" if failed else "VALID") if last else "ENDED",
        "renewal_status": ("RETRYING" if failed else "ON" if plan.renews else "OFF") if last else "RENEWED",
        "agreement_number": identity("agr", subject)[:20],
        "provider": plan.provider,
        "provider_data": returned(subject, plan, number, failed=failed),
    }


def returned(subject: str, plan: Plan, number: int, *, failed: bool) -> Line:
    """What the payment service gave back, in its own words."""
    if plan.provider == "alipay":
        return {"trade_no": f"20{identity('', f'{subject}/{number}')[1:15]}", "trade_status": "TRADE_SUCCESS", "buyer_logon_id": "jun***@example.com"}
    card = {"brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2029, "country": COUNTRIES[subject]}
    data: Line = {"customer": identity("cus", subject)[:18], "payment_intent": identity("pi", f"{subject}/{number}"), "card": card}
    if failed:
        data |= {"status": "requires_payment_method", "failure_code": "card_declined", "decline_code": "insufficient_funds", "attempt_count": 2}
    else:
        data |= {"status": "succeeded"}
    return data
