"""What connected systems answer, and what they try with us: nothing is followed, nothing holds a worker, nothing is believed without need."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, peers
from privacy_center.core.outbox import Delivery
from privacy_center.feed import orders
from tests.feed.conftest import Connect
from tests.feed.outgoing import carry, decide, state
from tests.feed.receiver import Receiver, say


@pytest.mark.parametrize("inside", ["http://127.0.0.1:{port}/admin", "http://169.254.169.254/latest/meta-data", "//127.0.0.1/", "file:///etc/passwd"])
def test_a_redirect_is_not_followed_wherever_it_leads(receiver: Receiver, mei: User, inside: str) -> None:
    receiver.behave = lambda door, _said: say(door, 307, Location=inside.format(port=receiver.server.server_port))
    order = decide(mei)
    carry()

    assert len(receiver.calls) == 1
    assert (state(order), Delivery.get().trouble) == ("waiting", "answered 307")


def test_a_system_that_answers_byte_by_byte_does_not_hold_a_worker(receiver: Receiver, mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "PATIENCE", peers.Patience(connect=0.5, read=0.5, whole=1.0))

    def trickle(door: Any, _said: Any) -> bool:
        door.send_response(200)
        door.end_headers()
        for _ in range(50):
            door.wfile.write(b" ")
            door.wfile.flush()
            time.sleep(0.1)
        return True

    receiver.behave = trickle
    begun, order = time.monotonic(), decide(mei)
    carry()
    assert time.monotonic() - begun < 4
    assert (state(order), Delivery.get().trouble) == ("waiting", "answered too slowly")


def test_a_system_that_says_nothing_is_left_after_a_while(receiver: Receiver, mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "PATIENCE", peers.Patience(connect=0.3, read=0.3, whole=1.0))
    silence = threading.Event()
    receiver.behave = lambda _door, _said: silence.wait(5)
    order = decide(mei)
    carry()
    silence.set()

    assert (state(order), Delivery.get().trouble) == ("waiting", "did not answer in time")


def test_an_answer_without_end_is_not_read_to_its_end(receiver: Receiver, mei: User) -> None:
    receiver.behave = lambda door, _said: say(door, 200, b"x" * 5_000_000)
    order = decide(mei)
    carry()

    assert (state(order), Delivery.get().trouble) == ("waiting", "answered with more than anybody needs")


@pytest.mark.parametrize(
    ("url", "sandbox"),
    [
        ("http://127.0.0.1:{port}/orders", False), ("http://training.example/orders", True), ("http://127.0.0.1.evil.example/", True),
        ("ftp://127.0.0.1/", True), ("", True), ("https://[", True),
    ],
)  # fmt: skip
def test_only_https_is_spoken_but_to_this_machine_in_the_sandbox(receiver: Receiver, connect: Connect, mei: User, url: str, sandbox: bool) -> None:
    connect(replace(receiver.system, url=url.format(port=receiver.server.server_port)), sandbox=sandbox)
    order = decide(mei)
    carry()

    assert receiver.calls == []
    assert state(order) == "waiting" and "address" in str(Delivery.get().trouble)


def test_when_a_system_expects_to_be_done_is_kept(receiver: Receiver, mei: User) -> None:
    expected = (clock.now() + timedelta(days=2)).replace(microsecond=0)
    receiver.behave = lambda door, _said: say(door, 202, f'{{"expected_completion_time":"{expected.isoformat()}"}}'.encode())
    decide(mei)
    carry()

    assert Delivery.get().expected_at == expected


@pytest.mark.parametrize(
    "content",
    [
        b"", b"thank you", b"[]", b"null", b"7", b'"2026-01-01"', b"{}", b'{"expected_completion_time":null}', b'{"expected_completion_time":17}',
        b'{"expected_completion_time":"soon"}', b'{"expected_completion_time":"2026-13-45T00:00:00Z"}',
        b'{"expected_completion_time":"9999-12-31T23:59:59-23:00"}',
        b'{"expected_completion_time":"0001-01-01T00:00:00+14:00"}', b'{"expected_completion_time":{"a":1}}', b"\xff\xfe", b"[" * 100_000,
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_believed_is_an_answer_still(receiver: Receiver, mei: User, content: bytes) -> None:
    receiver.behave = lambda door, _said: say(door, 200, content)
    order = decide(mei)
    carry()

    assert (state(order), Delivery.get().expected_at) == ("delivered", None)
