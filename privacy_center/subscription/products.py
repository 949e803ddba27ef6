"""The names of products at Stripe: they are on every subscription, change seldom, and say nothing of anybody."""

from __future__ import annotations

import time
from collections.abc import Iterable

import stripe

from privacy_center.subscription.asking import Gone, Refused, Strange, heard

GOOD_FOR = 600.0  # seconds
MOST = 1000

_known: dict[str, tuple[float, str]] = {}


def names(client: stripe.StripeClient, products: Iterable[str]) -> dict[str, str]:
    """The names of these products, those asked for lately out of memory; one that Stripe does not have any more has none."""
    found = {}
    for product in products:
        until, name = _known.get(product, (0.0, ""))
        if until < time.monotonic():
            name = _asked(client, product)
            if len(_known) >= MOST:
                _known.clear()
            _known[product] = (time.monotonic() + GOOD_FOR, name)
        if name:
            found[product] = name
    return found


def _asked(client: stripe.StripeClient, product: str) -> str:
    """The name of a product as Stripe has it now."""
    try:
        with heard():
            return str(client.v1.products.retrieve(product).name)
    except (Gone, Refused, Strange):
        return ""


def forget() -> None:
    """Forget all names, as after a change at Stripe."""
    _known.clear()
