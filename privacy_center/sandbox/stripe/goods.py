"""What is sold at the stand-in for Stripe, and what it is paid with: products, prices, coupons, tax rates, cards."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint

from privacy_center.sandbox.stripe.answering import answers, memory, page
from privacy_center.sandbox.stripe.shapes import Object

bp = Blueprint("stripe_goods", __name__, url_prefix="/stripe/v1")


@bp.post("/products")
@answers("id", "name", "description", "metadata")
def new_product(said: dict[str, Any]) -> Object:
    """A new product."""
    return memory().make("product", number=said.pop("id", ""), **said)


@bp.get("/products/<number>")
@answers()
def product(said: dict[str, Any], number: str) -> Object:
    """One product."""
    return memory().get("product", number)


@bp.post("/prices")
@answers("product", "unit_amount", "currency", "nickname", "recurring", "metadata")
def new_price(said: dict[str, Any]) -> Object:
    """A new price of a product."""
    made = memory().make("price", product=memory().get("product", said.get("product"))["id"], currency=said.get("currency", "usd").lower())
    made.update(unit_amount=int(said["unit_amount"]), unit_amount_decimal=said["unit_amount"], nickname=said.get("nickname"))
    rhythm = said.get("recurring", {})
    made["recurring"] |= {"interval": rhythm.get("interval", "month"), "interval_count": int(rhythm.get("interval_count", 1))}
    return made


@bp.get("/prices")
@answers("product", "limit", "starting_after")
def prices(said: dict[str, Any]) -> Object:
    """Prices, all or those of a product."""
    return page(memory().all("price", **({"product": said["product"]} if "product" in said else {})), said, "/v1/prices")


@bp.post("/coupons")
@answers("id", "name", "percent_off", "amount_off", "currency", "duration", "duration_in_months")
def new_coupon(said: dict[str, Any]) -> Object:
    """A new coupon."""
    numbers = {"percent_off": float, "amount_off": int, "duration_in_months": int}
    number = said.pop("id", "")
    return memory().make("coupon", number=number, **{name: numbers.get(name, str)(value) for name, value in said.items()})


@bp.post("/tax_rates")
@answers("display_name", "percentage", "inclusive", "country")
def new_tax_rate(said: dict[str, Any]) -> Object:
    """A new rate of tax, which comes on top of prices."""
    return memory().make("tax_rate", display_name=said.get("display_name", ""), percentage=float(said["percentage"]), country=said.get("country"))


@bp.post("/payment_methods")
@answers("type", "card")
def new_card(said: dict[str, Any]) -> Object:
    """A card, by its number, of which the last digits stay."""
    made, card = memory().make("payment_method"), said["card"]
    made["card"]["last4"] = re.sub(r"\D", "", card["number"])[-4:]
    brand = {"5": "mastercard", "3": "amex"}.get(card["number"][0], "visa")
    made["card"] |= {"brand": brand, "display_brand": brand, "exp_month": int(card["exp_month"]), "exp_year": int(card["exp_year"])}
    return made


@bp.post("/payment_methods/<number>/attach")
@answers("customer")
def attach(said: dict[str, Any], number: str) -> Object:
    """Give a card to a customer."""
    found = memory().get("payment_method", number)
    found["customer"] = memory().get("customer", said.get("customer"))["id"]
    return found
