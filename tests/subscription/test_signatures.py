"""Stripe's news is taken from Stripe alone: signed, now, and readable."""

from __future__ import annotations

import time

import pytest
from flask import Flask

from privacy_center.subscription.models import StripeEvent
from tests.conftest import Visitor
from tests.subscription.double import Double
from tests.subscription.news import deliver, event, signed


@pytest.mark.parametrize("shift", [-301, 301, -86_400, 86_400])
def test_an_event_of_another_time_is_not_taken(stripe: Double, visitor: Visitor, shift: int) -> None:
    body = event("customer.updated", {"id": "cus_1", "object": "customer"})

    assert deliver(visitor, body, at=time.time() + shift).status_code == 400
    assert not StripeEvent.select().exists()


@pytest.mark.parametrize("shift", [-290, 290])
def test_clocks_may_differ_a_little(stripe: Double, visitor: Visitor, shift: int) -> None:
    body = event("customer.updated", {"id": "cus_1", "object": "customer"})

    assert deliver(visitor, body, at=time.time() + shift).status_code == 200


@pytest.mark.parametrize("header", [None, "", "t=1,v1=", "nonsense", "t=x,v1=y", "v1=0", "t=,v1=é", "t=" + "9" * 5000 + ",v1=0"])
def test_an_event_that_is_not_signed_is_not_taken(stripe: Double, visitor: Visitor, header: str | None) -> None:
    body = event("customer.updated", {"id": "cus_1", "object": "customer"})

    answer = visitor.post("/webhooks/stripe", data=body, headers={} if header is None else {"Stripe-Signature": header})

    assert (answer.status_code, StripeEvent.select().count()) == (400, 0)


def test_an_event_that_was_changed_on_the_way_is_not_taken(stripe: Double, visitor: Visitor) -> None:
    body = event("customer.updated", {"id": "cus_1", "object": "customer"})

    answer = visitor.post("/webhooks/stripe", data=body.replace(b"cus_1", b"cus_2"), headers=signed(body))

    assert answer.status_code == 400


def test_an_event_signed_with_another_key_is_not_taken(stripe: Double, visitor: Visitor) -> None:
    assert deliver(visitor, event("customer.updated", {"id": "cus_1"}), secret="whsec_of_somebody").status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{",
        b"null",
        b'"event"',
        b"\xff",
        b'{"object":"event","type":"customer.updated"}',
        b'{"object":"event","type":"customer.updated","id":7,"data":{"object":{}}}',
    ],
)
def test_a_signed_body_that_is_no_event_is_refused_in_words(stripe: Double, visitor: Visitor, body: bytes) -> None:
    header = signed(body) if body != b"\xff" else {"Stripe-Signature": "t=1,v1=0"}

    assert visitor.post("/webhooks/stripe", data=body, headers=header).status_code == 400


def test_too_much_is_not_read(stripe: Double, visitor: Visitor) -> None:
    body = event("customer.updated", {"id": "cus_1", "filling": "x" * 1_100_000})

    assert deliver(visitor, body).status_code == 413


def test_without_its_secret_the_door_is_not_there(app: Flask, visitor: Visitor) -> None:
    assert deliver(visitor, event("customer.updated", {"id": "cus_1"})).status_code == 404
