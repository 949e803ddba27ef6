"""Whatever Stripe does, we hear it as one of a few troubles, within a time of our own."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core.peers import Patience
from privacy_center.subscription import asking, synchronising
from privacy_center.subscription.asking import Busy, Down, Gone, KeyRefused, Refused, Slow, Strange, StripeTrouble, heard
from privacy_center.subscription.models import TROUBLES, Synchronisation
from tests.subscription.double import Double
from tests.subscription.double_door import say

SHORT = Patience(connect=0.5, read=0.5, whole=1.2)


def ask(patience: Patience = SHORT) -> None:
    """Ask for a customer."""
    with heard():
        asking.client(patience).v1.customers.retrieve("cus_1")


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (500, b'{"error":{"type":"api_error","message":"An error occurred"}}', Down),
        (503, b"Service Unavailable", Down),
        (429, b'{"error":{"type":"invalid_request_error","code":"lock_timeout"}}', Busy),
        (401, b'{"error":{"type":"invalid_request_error"}}', KeyRefused),
        (403, b'{"error":{"type":"invalid_request_error"}}', KeyRefused),
        (404, b'{"error":{"type":"invalid_request_error","code":"resource_missing"}}', Gone),
        (400, b'{"error":{"type":"invalid_request_error","code":"parameter_invalid"}}', Refused),
        (402, b'{"error":{"type":"card_error","code":"card_declined"}}', Refused),
        (404, b"Not Found", Strange),
        (200, b"<!doctype html>", Strange),
        (200, b"\xff\xfe", Strange),
        (302, b"", Strange),
    ],
)
def test_every_answer_is_one_of_our_troubles(stripe: Double, status: int, body: bytes, trouble: type[StripeTrouble]) -> None:
    stripe.behave = lambda door, _call, _said: say(door, status, body)

    with pytest.raises(trouble):
        ask()


def test_every_trouble_has_words() -> None:
    for trouble in (Busy, Down, Gone, KeyRefused, Refused, Slow, Strange):
        assert str(TROUBLES[trouble.word])


def test_a_server_that_is_not_there_is_down(stripe: Double) -> None:
    stripe.stop()

    with pytest.raises(Down):
        ask()


def slowly(door: Any, pieces: int, pause: float) -> bool:
    """Answer piece by piece."""
    door.send_response(200)
    door.send_header("Content-Length", str(pieces))
    door.end_headers()
    for _ in range(pieces):
        time.sleep(pause)
        door.wfile.write(b" ")
        door.wfile.flush()
    return True


@pytest.mark.parametrize(("pieces", "pause"), [(1, 3.0), (30, 0.2)])
def test_whoever_keeps_us_waiting_is_slow_and_not_waited_for(stripe: Double, pieces: int, pause: float) -> None:
    stripe.behave = lambda door, _call, _said: slowly(door, pieces, pause)
    begun = time.monotonic()

    with pytest.raises(Slow):
        ask()
    assert time.monotonic() - begun < 2.5


def test_many_questions_share_one_patience(stripe: Double, app: Flask) -> None:
    stripe.customers["cus_1"] = {"id": "cus_1", "object": "customer"}
    stripe.behave = lambda _door, _call, _said: time.sleep(0.3) or False  # type: ignore[func-returns-value]
    client = asking.client(SHORT)

    with pytest.raises(Slow), heard():
        for _ in range(10):
            client.v1.customers.retrieve("cus_1")
    assert len(stripe.calls) < 6


def test_more_than_anybody_needs_is_not_read(stripe: Double) -> None:
    stripe.behave = lambda door, _call, _said: say(door, 200, b" " * (asking.LARGEST + 1))

    with pytest.raises(Down):
        ask(Patience(5, 5, 5))


def test_an_answer_in_shapes_that_nobody_knows_is_strange_and_changes_nothing(stripe: Double, mei: User) -> None:
    number = stripe.subscription(stripe.customer())
    stripe.subscriptions[number]["items"] = None

    with pytest.raises(Strange):
        synchronising.synchronise(mei)
    assert Synchronisation.get().trouble == "strange"


def test_no_email_and_no_key_gets_into_the_log(stripe: Double, mei: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stripe.behave = lambda door, call, _said: call == "GET /v1/customers" and say(door, 400, b'{"error":{"message":"mei@example.com is odd"}}')

    with pytest.raises(Refused):
        synchronising.synchronise(mei)
    assert not any("mei@" in each.getMessage() or "sk_test" in each.getMessage() for each in caplog.records)
