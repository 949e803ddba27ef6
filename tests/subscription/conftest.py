"""A Stripe for the tests, and the centre's settings that lead to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask

from privacy_center.subscription import products
from tests.subscription.double import Double
from tests.subscription.double_door import KEY

SECRET = "whsec_of_the_tests"


@pytest.fixture
def stripe(app: Flask) -> Iterator[Double]:
    """Stripe, as the centre asks it."""
    double, before = Double(), app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(before, stripe_api_key=KEY, stripe_api_base=double.url, stripe_webhook_secret=SECRET)
    products.forget()
    yield double
    app.config["SETTINGS"] = before
    double.stop()
