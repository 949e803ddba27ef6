"""The doctor says in words how things stand with Stripe, and what to do."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from privacy_center.core import clock
from privacy_center.subscription import health
from privacy_center.subscription.health import Unwell
from privacy_center.subscription.models import StripeEvent
from tests.subscription.double import Double
from tests.subscription.double_door import say


def look(app: Flask) -> str:
    """What the doctor reads."""
    return health.look(app.config["SETTINGS"])


def test_all_is_well(app: Flask, stripe: Double) -> None:
    assert look(app) == "takes our key, which is one for trying out"


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, b'{"error":{}}', "does not take our key"),
        (503, b"", "can't be reached"),
        (200, b"<html>", "is not Stripe"),
        (400, b'{"error":{}}', "Stripe refuses what we ask"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(app: Flask, stripe: Double, status: int, body: bytes, words: str) -> None:
    stripe.behave = lambda door, _call, _said: say(door, status, body)

    with pytest.raises(Unwell, match=words):
        look(app)


def test_where_customers_can_not_be_searched_it_says_so(app: Flask, stripe: Double) -> None:
    stripe.behave = lambda door, call, _said: call.endswith("/search") and say(door, 400, b'{"error":{"type":"invalid_request_error"}}')

    assert "can't be searched" in look(app)


def test_without_a_secret_the_news_is_missed(app: Flask, stripe: Double) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], stripe_webhook_secret="")

    with pytest.raises(Unwell, match="/webhooks/stripe"):
        look(app)


def test_news_that_waits_is_noticed(app: Flask, stripe: Double) -> None:
    StripeEvent.create(event_id="evt_1", kind="customer.updated", received_at=clock.ago(hours=2))

    with pytest.raises(Unwell, match="1 news from Stripe"):
        look(app)
