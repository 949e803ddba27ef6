"""The news that the stand-in for Stripe sends: signed as Stripe signs, once or often, in order or not, until somebody takes them."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import requests

from privacy_center.sandbox.settings import STRIPE_WEBHOOK_SECRET
from privacy_center.sandbox.stripe.shapes import Object

if TYPE_CHECKING:
    from privacy_center.sandbox.stripe.memory import Memory

DOOR = "/webhooks/stripe"
PAUSES = (0.3, 2.0, 8.0, 30.0, 120.0)  # seconds before each try
GATHER = 1.5  # seconds in which news gather that are sent in the wrong order
HOUR = 3600


def tell(memory: Memory, kind: str, about: Object) -> Object:
    """Note that something happened; it is sent when the change is whole."""
    return memory.make("event", type=kind, data={"object": copy.deepcopy(about)})


class Postman:
    """Sends news to the centre, in threads of its own."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.sent: dict[str, list[str]] = {each["id"]: [] for each in memory.all("event")}  # what was answered, by the event's id
        self.waiting: list[Object] = []

    def carry(self) -> None:
        """Send what has not been sent yet, in the way that was told."""
        with self.memory.lock:
            new = [each for each in reversed(self.memory.all("event")) if each["id"] not in self.sent]
            self.sent |= {each["id"]: [] for each in new}
            if self.memory.delivery == "reversed":
                self.waiting += new
                soon(GATHER, self._empty)
                return
        if self.memory.delivery == "never":
            return
        for event in new:
            for _ in range(3 if self.memory.delivery == "thrice" else 1):
                soon(30.0 if self.memory.delivery == "late" else PAUSES[0], lambda event=event: self.deliver(event))  # type: ignore[misc]

    def _empty(self) -> None:
        """Send what has gathered, the newest first."""
        with self.memory.lock:
            gathered, self.waiting = self.waiting, []
        for event in reversed(gathered):
            self.deliver(event)

    def deliver(self, event: Object, tries: int = 1) -> str:
        """Send one event now; if nobody takes it, again after a while. Returns what was answered."""
        answered = self.send(event)
        with self.memory.lock:
            self.sent.setdefault(event["id"], []).append(answered)
        if not answered.startswith("2") and tries < len(PAUSES) and self.memory.delivery != "never":
            soon(PAUSES[tries], lambda: self.deliver(event, tries + 1))
        return answered

    def send(self, event: Object) -> str:
        """Send one event, and say what was answered."""
        body = json.dumps(event).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", **self._signature(body)}
        try:
            return str(requests.post(self.memory.place.centre.rstrip("/") + DOOR, data=body, headers=headers, timeout=15).status_code)
        except requests.RequestException as error:
            return type(error).__name__

    def _signature(self, body: bytes) -> dict[str, str]:
        """The header that signs, or does not, as was told."""
        told = self.memory.delivery
        if told == "unsigned":
            return {}
        moment = int(time.time()) + {"old": -HOUR, "future": HOUR}.get(told, 0)
        return {"Stripe-Signature": signature("whsec_another" if told == "forged" else STRIPE_WEBHOOK_SECRET, body, moment)}

    def storm(self, events: Iterable[Object], times: int = 50) -> None:
        """Send each of them so often, all at once."""
        threads = [threading.Thread(target=self.deliver, args=(event, len(PAUSES)), daemon=True) for event in events for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)


def signature(secret: str, body: bytes, moment: int) -> str:
    """What Stripe would sign these bytes with, then."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def soon(seconds: float, do: Callable[[], object]) -> None:
    """Do something in a while."""
    later = threading.Timer(seconds, do)
    later.daemon = True
    later.start()
