"""Connected systems confirm: signed with their own key, of orders of their own, as often as they like."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock, outbox
from privacy_center.core.outbox import Delivery, Order
from privacy_center.feed.signature import sign
from privacy_center.settings import ConnectedSystem
from tests.conftest import FEED_KEY, Visitor
from tests.feed.outgoing import decide

KEYS = {"Service": "key-of-the-service-0123456789-0123456789", "Training": "key-of-training-0123456789-0123456789"}
DONE = {"request_status": "completed"}


@pytest.fixture(autouse=True)
def connected(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two systems are connected, and nobody listens where they are."""
    systems = tuple(ConnectedSystem(name, "http://127.0.0.1:9/", key) for name, key in KEYS.items())
    monkeypatch.setattr(outbox, "_systems", list(systems))


@pytest.fixture
def confirm(visitor: Visitor) -> Callable[..., Any]:
    """Sends a status as a system would."""

    def sending(number: str, said: Any = DONE, *, key: str = KEYS["Service"], header: str | None = None) -> Any:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        signature = sign(key, body) if header is None else header
        return visitor.post(f"/api/v1/orders/{number}/status", data=body, content_type="application/json", headers={"X-Signature": signature})

    return sending


def states() -> dict[str, str]:
    """How far each system is."""
    return {each.system: each.state for each in Delivery.select()}


def test_a_system_confirms_its_own_delivery(confirm: Callable[..., Any], mei: User) -> None:
    order = decide(mei)
    answer = confirm(order.number)

    assert (answer.status_code, answer.json) == (200, {"subject_request_id": order.number, "request_status": "completed"})
    assert states() == {"Service": "confirmed", "Training": "waiting"}


def test_twice_is_as_good_as_once(confirm: Callable[..., Any], mei: User) -> None:
    order = decide(mei)
    confirm(order.number)
    first = Delivery.get(Delivery.system == "Service").confirmed_at
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert confirm(order.number.upper()).status_code == 200

    assert Delivery.get(Delivery.system == "Service").confirmed_at == first


def test_an_order_that_all_have_confirmed_names_nobody(confirm: Callable[..., Any], mei: User) -> None:
    order = decide(mei)
    for key in KEYS.values():
        confirm(order.number, key=key)

    assert Order.get_by_id(order.id).identity is None


def test_an_order_that_was_given_up_can_be_confirmed_still(confirm: Callable[..., Any], mei: User) -> None:
    order = decide(mei)
    Delivery.update(state="failed").execute()
    confirm(order.number)

    assert states() == {"Service": "confirmed", "Training": "failed"}


@pytest.mark.parametrize("number", ["00000000-0000-4000-8000-000000000000", "1", "x" * 500, "%00", "' OR 1=1"])
def test_an_order_that_never_was_is_not_found(confirm: Callable[..., Any], mei: User, number: str) -> None:
    decide(mei)
    assert confirm(number).status_code == 404


def test_an_order_of_another_system_is_not_found(confirm: Callable[..., Any], mei: User) -> None:
    order = decide(mei)
    Delivery.delete().where(Delivery.system == "Service").execute()

    assert confirm(order.number).status_code == 404
    assert states() == {"Training": "waiting"}


@pytest.mark.parametrize("key", [FEED_KEY, "another-key-0123456789-0123456789-0123", ""])
def test_another_key_confirms_nothing(confirm: Callable[..., Any], mei: User, key: str) -> None:
    order = decide(mei)

    assert (confirm(order.number, key=key).status_code, set(states().values())) == (401, {"waiting"})
    assert confirm("1", key=key).status_code == 401


@pytest.mark.parametrize("header", ["", "t=1,v1=x", "t=1,v1=" + "0" * 64])
def test_a_call_without_a_good_signature_confirms_nothing(confirm: Callable[..., Any], mei: User, header: str) -> None:
    assert (confirm(decide(mei).number, header=header).status_code, set(states().values())) == (401, {"waiting"})


@pytest.mark.parametrize(
    "said", [b"", b"completed", {}, [], {"request_status": "done"}, {"request_status": ["completed"]}, {**DONE, "subject_request_id": "other"}]
)
def test_what_says_something_else_confirms_nothing_and_is_told_why(confirm: Callable[..., Any], mei: User, said: Any) -> None:
    answer = confirm(decide(mei).number, said)

    assert (answer.status_code, set(states().values())) == (422, {"waiting"})
    assert "request_status" in answer.json["error"] or "subject_request_id" in answer.json["error"]


def test_a_body_that_is_too_large_is_refused(confirm: Callable[..., Any], mei: User) -> None:
    assert confirm(decide(mei).number, {**DONE, "more": "x" * 20_000}).status_code == 413


def test_with_no_system_connected_the_door_is_shut(confirm: Callable[..., Any], mei: User, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    order = decide(mei)
    monkeypatch.setattr(outbox, "_systems", [])

    assert confirm(order.number).status_code == 404
