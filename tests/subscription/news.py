"""Events as Stripe sends them."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

import stripe

from tests.subscription.conftest import SECRET

_numbers = itertools.count(1)


def event(kind: str, thing: dict[str, Any], **more: Any) -> bytes:
    """The body of an event about a thing."""
    said = {"id": f"evt_{next(_numbers)}", "object": "event", "type": kind, "created": int(time.time()), "data": {"object": thing}, **more}
    return json.dumps(said).encode()


def signed(body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers of a delivery."""
    moment = int(time.time() if at is None else at)
    return {"Stripe-Signature": stripe.WebhookSignature.generate_signature_header(body.decode(), secret, moment), "Content-Type": "application/json"}


def deliver(visitor: Any, body: bytes, **how: Any) -> Any:
    """Send it to the centre's door."""
    return visitor.post("/webhooks/stripe", data=body, headers=signed(body, **how))
