"""The stand-in's objects have the fields of Stripe's own examples, and of the library's classes, in the same kinds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from privacy_center.sandbox.stripe.shapes import KINDS
from tests.sandbox.stripes import Stripe, running

# The kinds of each field in the examples that Stripe publishes with its OpenAPI description (MIT), August 2026.
EXAMPLES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "stripe_examples.json").read_text())
CLASSES = {
    "customer": stripe.Customer,
    "product": stripe.Product,
    "price": stripe.Price,
    "coupon": stripe.Coupon,
    "discount": stripe.Discount,
    "tax_rate": stripe.TaxRate,
    "payment_method": stripe.PaymentMethod,
    "subscription_item": stripe.SubscriptionItem,
    "subscription": stripe.Subscription,
    "invoice": stripe.Invoice,
    "payment_intent": stripe.PaymentIntent,
    "invoice_payment": stripe.InvoicePayment,
    "billing_portal.session": stripe.billing_portal.Session,
    "event": stripe.Event,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """One object of each kind, as it came to be."""
    with running(tmp_path_factory.mktemp("stripe")) as sold:
        number = sell(sold)
        objects = list(sold.memory.objects.values()) + sold.memory.objects[number]["items"]["data"]
        yield {each["object"]: each for each in objects}


def sell(sold: Stripe) -> str:
    """Sell a subscription with a discount and a tax, so that there is something of everything."""
    coupon = sold.client.v1.coupons.create({"percent_off": 10, "duration": "forever", "name": "Invited"})
    rate = sold.client.v1.tax_rates.create({"display_name": "GST", "percentage": 9, "inclusive": False})
    customer = sold.customer()
    sold.client.v1.billing_portal.sessions.create({"customer": customer, "return_url": "http://127.0.0.1:8000/subscription"})
    return sold.subscribe(customer, discounts=[{"coupon": coupon.id}], default_tax_rates=[rate.id])


def kind(value: Any) -> str:
    """What JSON calls it, roughly."""
    if value is None:
        return "null"
    kinds = ((bool, "true or false"), (int | float, "number"), (str, "text"), (list, "list"))
    return next((name for type_, name in kinds if isinstance(value, type_)), "object")


def said(example: Any) -> str:
    """The kind that an example's field has."""
    return example if isinstance(example, str) else "list" if isinstance(example, list) else "object"


def test_there_is_an_object_of_every_kind(made: dict[str, Any]) -> None:
    assert made.keys() == KINDS.keys() == CLASSES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_field_of_stripes_example_is_there(made: dict[str, Any], name: str) -> None:
    known = CLASSES[name].__annotations__  # an example may carry what newer versions have dropped

    assert (set(EXAMPLES[name]) & set(known)) - set(made[name]) == set()


@pytest.mark.parametrize("name", KINDS)
def test_there_is_no_field_that_stripe_does_not_have(made: dict[str, Any], name: str) -> None:
    assert set(made[name]) - set(CLASSES[name].__annotations__) - set(EXAMPLES.get(name, ())) == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_said_is_of_the_kind_that_stripe_says(made: dict[str, Any], name: str) -> None:
    ours, theirs = made[name], EXAMPLES[name]
    differ = [
        field for field in ours if field in theirs and "null" not in (kind(ours[field]), said(theirs[field])) and kind(ours[field]) != said(theirs[field])
    ]

    assert differ == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_lies_within_has_stripes_fields_only(made: dict[str, Any], name: str) -> None:
    ours, theirs = made[name], EXAMPLES[name]
    inside = [field for field in ours if isinstance(ours[field], dict) and isinstance(theirs.get(field), dict) and field != "metadata" and theirs[field]]
    strange = {field: set(ours[field]) - set(theirs[field]) - declared(name, field) for field in inside}

    assert {field: names for field, names in strange.items() if names} == {}


def declared(name: str, field: str) -> set[str]:
    """The fields that the library declares for an object within another."""
    inner = getattr(CLASSES[name], field.title().replace("_", ""), None)
    return set(getattr(inner, "__annotations__", ()))
