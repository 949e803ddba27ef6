"""Reads a subscription of Stripe's: its parts, their periods and prices, discounts, and how it is paid."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from privacy_center.subscription.models import OVER
from privacy_center.subscription.reading import amount, id_of, moment


def is_live(subscription: dict[str, Any]) -> bool:
    """Whether it may still cost money; of a status that we don't know we must think so."""
    return subscription.get("status") not in OVER


def is_renewing(subscription: dict[str, Any]) -> bool:
    """Whether it goes on by itself after the present period."""
    return is_live(subscription) and not subscription.get("cancel_at_period_end") and not subscription.get("cancel_at")


def subscription(said: dict[str, Any], names: dict[str, str], customer: dict[str, Any]) -> dict[str, Any]:
    """What we keep of a subscription; *names* are those of the products in it."""
    parts = [part(each, names) for each in said["items"]["data"]]
    paused, status = said.get("pause_collection") or {}, str(said["status"])
    return {
        "status": status[:40],
        "plan_id": ", ".join(dict.fromkeys(each["product"] for each in parts)),
        "plan_name": ", ".join(dict.fromkeys(each["name"] for each in parts)),
        **_price(parts, str(said.get("currency") or parts[0]["currency"])),
        **_periods(said, parts),
        "parts": parts,
        "discounts": [each for each in map(discount, _discounts(said, customer)) if each],
        "started_at": moment(said.get("start_date") or said["created"]),
        "trial_ends_at": moment(said.get("trial_end")),
        "cancel_at_period_end": bool(said.get("cancel_at_period_end")),
        "cancel_at": moment(said.get("cancel_at")),
        "canceled_at": moment(said.get("canceled_at")),
        "ended_at": moment(said.get("ended_at")),
        "collection": str(said.get("collection_method") or "charge_automatically")[:40],
        "collection_paused": bool(paused),
        "collection_resumes_at": moment(paused.get("resumes_at")),
        **_payment(said, customer),
        "latest_invoice": id_of(said.get("latest_invoice")),
    }


def part(item: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """One part of a subscription: what, how many, for how much, for which period."""
    price = item.get("price") or item["plan"]  # older versions have plans
    recurring = price.get("recurring") or price
    product = id_of(price.get("product")) or str(price["id"])
    each = price.get("unit_amount", price.get("amount"))
    return {
        "product": product,
        "name": names.get(product) or price.get("nickname") or product,
        "price": str(price["id"]),
        "amount": None if each is None else amount(each),
        "exactly": _exactly(price.get("unit_amount_decimal")) if each is None else None,
        "currency": price.get("currency"),
        "quantity": item.get("quantity"),
        "interval": recurring.get("interval"),
        "interval_count": recurring.get("interval_count") or 1,
        "period_start": item.get("current_period_start"),
        "period_end": item.get("current_period_end"),
    }


def _exactly(said: Any) -> str | None:
    """A price with fractions of the smallest unit, as text that loses none of them."""
    return None if said is None else format(Decimal(str(said)), "f")


def _price(parts: list[dict[str, Any]], currency: str) -> dict[str, Any]:
    """The price of a period, where all parts have the same and a price that is known; else each part says its own."""
    rhythms = {(each["interval"], each["interval_count"]) for each in parts}
    interval, count = rhythms.pop() if len(rhythms) == 1 else (None, 1)
    known = interval is not None and all(each["amount"] is not None for each in parts)
    quantities = [each["quantity"] for each in parts]
    return {
        "currency": currency[:3].lower(),
        "interval": interval,
        "interval_count": count,
        "quantity": quantities[0] if len(parts) == 1 else None,
        "amount": sum(each["amount"] * (1 if each["quantity"] is None else each["quantity"]) for each in parts) if known else None,
    }


def _periods(said: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The present period: parts have periods of their own, the first that ends counts; older versions have one for all."""
    starts = [each["period_start"] for each in parts if each["period_start"]] or [said.get("current_period_start")]
    ends = [each["period_end"] for each in parts if each["period_end"]] or [said.get("current_period_end")]
    first, last = (min(ends), max(ends)) if all(ends) else (None, None)
    return {
        "period_start": moment(min(starts)) if all(starts) else None,
        "period_end": moment(first),
        "last_period_end": moment(last) if first != last else None,
    }


def _discounts(said: dict[str, Any], customer: dict[str, Any]) -> Iterable[Any]:
    """The discounts on a subscription; where it has none of its own, the customer's counts."""
    own = said.get("discounts") or [each for each in (said.get("discount"),) if each]
    return own or [each for each in (customer.get("discount"),) if each]


def discount(said: Any) -> dict[str, Any] | None:
    """A discount: its name, so many percent or so much, until when. None where Stripe names it without saying what it is."""
    if not isinstance(said, dict):
        return None
    coupon = (said.get("source") or {}).get("coupon") or said.get("coupon")
    if not isinstance(coupon, dict):
        return {"name": coupon, "percent": None, "amount": None, "currency": None, "ends": said.get("end")} if coupon else None
    percent = coupon.get("percent_off")
    return {
        "name": coupon.get("name") or coupon.get("id"),
        "percent": None if percent is None else format(Decimal(str(percent)).normalize(), "f"),
        "amount": None if coupon.get("amount_off") is None else amount(coupon["amount_off"]),
        "currency": coupon.get("currency"),
        "ends": said.get("end"),
    }


def _payment(said: dict[str, Any], customer: dict[str, Any]) -> dict[str, Any]:
    """How it is paid: the subscription's own means of payment, else the customer's."""
    means = said.get("default_payment_method") or (customer.get("invoice_settings") or {}).get("default_payment_method") or {}
    means = means if isinstance(means, dict) else {}
    card = means.get("card") or {}
    year, month = card.get("exp_year"), card.get("exp_month")
    return {
        "payment_kind": str(means["type"])[:40] if means.get("type") else None,
        "card_brand": str(card["brand"])[:40] if card.get("brand") else None,
        "card_last4": str(card["last4"])[:4] if card.get("last4") else None,
        "card_expires": f"{int(year):04d}-{int(month):02d}" if year and month else None,
    }
