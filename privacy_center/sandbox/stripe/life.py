"""The life of a subscription at the stand-in: it begins, changes, is renewed or not, and ends."""

from __future__ import annotations

import copy
from typing import Any

from privacy_center.sandbox.stripe.billing import DAY, after, bill, collect
from privacy_center.sandbox.stripe.memory import Memory, now
from privacy_center.sandbox.stripe.news import tell
from privacy_center.sandbox.stripe.shapes import Object

OVER = ("canceled", "incomplete_expired")


class No(Exception):
    """Stripe would not do that; the text says why, *code* and *param* as Stripe has them."""

    def __init__(self, words: str, *, code: str = "", param: str = "") -> None:
        super().__init__(words)
        self.code, self.param = code, param


def begin(
    memory: Memory, customer: Object, items: list[Object], *, at: int = 0, number: str = "", coupons: Any = (), tax_rates: Any = (), **fields: Any
) -> Object:
    """Begin a subscription, and collect for its first period unless it begins with a trial."""
    at = at or now()
    if not items:
        raise No("Missing required param: items.", code="parameter_missing", param="items")
    prices = [memory.get("price", each.get("price")) for each in items]
    trial = fields.pop("trial_days", 0)
    made = memory.make("subscription", number=number, created=at, customer=customer["id"], currency=prices[0]["currency"], start_date=at, **fields)
    made["billing_cycle_anchor"] = at
    made["items"] = {"object": "list", "data": [], "has_more": False, "url": f"/v1/subscription_items?subscription={made['id']}"}
    for wanted, price in zip(items, prices, strict=True):
        ends = at + trial * DAY if trial else after(at, price["recurring"]["interval"], price["recurring"]["interval_count"])
        item = memory.make("subscription_item", created=at, subscription=made["id"], price=copy.deepcopy(price), plan=_plan(price),
                           quantity=int(wanted.get("quantity", 1)), current_period_start=at, current_period_end=ends)  # fmt: skip
        del memory.objects[item["id"]]  # it lives in the subscription
        made["items"]["data"].append(item)
    for coupon in coupons:
        found = memory.get("coupon", coupon)
        ends_at = after(at, "month", found["duration_in_months"]) if found["duration"] == "repeating" else None
        discount = memory.make("discount", customer=customer["id"], subscription=made["id"], source={"coupon": coupon, "type": "coupon"}, start=at, end=ends_at)
        made["discounts"].append(discount["id"])
    made["default_tax_rates"] = [copy.deepcopy(memory.get("tax_rate", each)) for each in tax_rates]
    customer["currency"] = customer["currency"] or made["currency"]
    if trial:
        made.update(status="trialing", trial_start=at, trial_end=at + trial * DAY)
    else:
        bill(memory, made, at=at, reason="subscription_create")
    tell(memory, "customer.subscription.created", made)
    return made


def _plan(price: Object) -> Object:
    """The same as an old-fashioned plan, which items still carry."""
    recurring = price["recurring"]
    same = {name: price[name] for name in ("active", "billing_scheme", "created", "currency", "livemode", "metadata", "nickname", "product", "tiers_mode")}
    return {**same, "id": price["id"], "object": "plan", "amount": price["unit_amount"], "amount_decimal": price["unit_amount_decimal"], **recurring}


def stop_renewing(memory: Memory, subscription: Object, *, stop: bool) -> None:
    """Let it end with its period, or not."""
    if subscription["status"] in OVER:
        raise No("A canceled subscription can only update its cancellation_details and metadata.")
    if stop == subscription["cancel_at_period_end"] and not (not stop and subscription["cancel_at"]):
        return
    ends = max(each["current_period_end"] for each in subscription["items"]["data"])
    subscription.update(cancel_at_period_end=stop, cancel_at=ends if stop else None, canceled_at=now() if stop else None)
    subscription["cancellation_details"]["reason"] = "cancellation_requested" if stop else None
    tell(memory, "customer.subscription.updated", subscription)


def end(memory: Memory, subscription: Object, *, at: int = 0) -> None:
    """End it now."""
    if subscription["status"] in OVER:
        raise No(f"No such subscription: '{subscription['id']}'", code="resource_missing", param="id")
    at = at or now()
    subscription.update(status="canceled", ended_at=at, canceled_at=subscription["canceled_at"] or at)
    subscription["cancellation_details"]["reason"] = subscription["cancellation_details"]["reason"] or "cancellation_requested"
    tell(memory, "customer.subscription.deleted", subscription)


def next_period(memory: Memory, subscription: Object) -> None:
    """Let the period end: it is renewed and billed, or is over."""
    if subscription["status"] in OVER:
        return
    ends = min(each["current_period_end"] for each in subscription["items"]["data"])
    if subscription["cancel_at"] and subscription["cancel_at"] <= ends:
        end(memory, subscription, at=ends)
        return
    for item in subscription["items"]["data"]:
        if item["current_period_end"] <= ends:
            recurring = item["price"]["recurring"]
            item["current_period_start"] = ends
            item["current_period_end"] = after(ends, recurring["interval"], recurring["interval_count"])
    if subscription["status"] == "trialing":
        subscription["status"] = "active"
    bill(memory, subscription, at=ends, reason="subscription_cycle")
    tell(memory, "customer.subscription.updated", subscription)


def let_time_pass(memory: Memory) -> None:
    """Make up for the time in which nothing ran."""
    for subscription in memory.all("subscription"):
        while subscription["status"] not in OVER and min(each["current_period_end"] for each in subscription["items"]["data"]) < now():
            next_period(memory, subscription)
    for invoice in memory.all("invoice", status="open"):
        while invoice["next_payment_attempt"] and invoice["next_payment_attempt"] < now():
            collect(memory, invoice, at=invoice["next_payment_attempt"])


def new_card(memory: Memory, customer: Object, last4: str, brand: str, *, year: int = 2030) -> Object:
    """Give the customer another card; what is open is tried with it at once."""
    card = memory.make("payment_method", customer=customer["id"])
    card["card"] |= {"last4": last4, "brand": brand, "display_brand": brand, "exp_year": year, "networks": {"available": [brand], "preferred": None}}
    customer["invoice_settings"]["default_payment_method"] = card["id"]
    tell(memory, "customer.updated", customer)
    for invoice in memory.all("invoice", customer=customer["id"], status="open"):
        collect(memory, invoice, at=now())
        tell(memory, "customer.subscription.updated", memory.get("subscription", invoice["parent"]["subscription_details"]["subscription"]))
    return card


def delete(memory: Memory, customer: Object) -> Object:
    """Delete a customer: what is active ends at once, and only the id stays."""
    for subscription in memory.all("subscription", customer=customer["id"]):
        if subscription["status"] not in OVER:
            end(memory, subscription)
    tell(memory, "customer.deleted", customer)
    gone = {"id": customer["id"], "object": "customer", "deleted": True}
    memory.objects[customer["id"]] = gone
    return gone
