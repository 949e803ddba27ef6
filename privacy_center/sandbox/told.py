"""What the stand-ins for connected systems remember: which orders they took, how they behave, and how they confirm."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import requests

from privacy_center.sandbox.behaviour import Behaviour
from privacy_center.sandbox.settings import SYSTEMS, Place

CONFIRM, WAIT = "confirm", "wait"
MOST = 200  # orders that one remembers
SOON = 4.0  # seconds until it confirms by itself
TOLERANCE = 300

WAYS = (
    Behaviour(CONFIRM, "Take orders, and confirm them after a few seconds"),
    Behaviour(WAIT, "Take orders, say that it takes a day, and wait for the button"),
    Behaviour("garbage", "Take orders, and answer with something that is not JSON"),
    Behaviour("down", "Answer 503"),
    Behaviour("slow", "Keep the centre waiting longer than it will"),
    Behaviour("redirect", "Send the centre to an address inside"),
)
WAY_NAMES = frozenset(each.name for each in WAYS)


@dataclass
class Taken:
    """An order that a system took, and what came of it."""

    number: str
    kind: str
    said: dict[str, Any]
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    times: int = 1
    confirmed: str = ""

    @property
    def words(self) -> str:
        """What it says, short enough for a table."""
        return json.dumps(self.said["extensions"]["zcode"]["scope"], ensure_ascii=False)[:300]


class System:
    """One connected system; its memory lasts as long as the process."""

    def __init__(self, slug: str, place: Place) -> None:
        self.slug, self.place = slug, place
        self.name, self.key = SYSTEMS[slug]
        self.way = CONFIRM
        self.taken: dict[str, Taken] = {}
        self.refused = 0

    def take(self, said: dict[str, Any]) -> Taken:
        """Take an order; one that comes again is known by its number."""
        number = said["subject_request_id"]
        if before := self.taken.get(number):
            before.times += 1
            return before
        taken = self.taken[number] = Taken(number, said["subject_request_type"], said)
        for oldest in list(self.taken)[:-MOST]:
            del self.taken[oldest]
        return taken

    def confirm(self, taken: Taken) -> None:
        """Tell the centre that an order is done."""
        body = json.dumps({"request_status": "completed"}).encode()
        address = f"{self.place.centre.rstrip('/')}/api/v1/orders/{taken.number}/status"
        headers = {"Content-Type": "application/json", "X-Signature": sign(self.key, body)}
        try:
            answer = requests.post(address, data=body, headers=headers, timeout=10)
            taken.confirmed = f"answered {answer.status_code}"
        except requests.RequestException as error:
            taken.confirmed = type(error).__name__

    def confirm_soon(self, taken: Taken) -> None:
        """Confirm an order in a few seconds, as a system would that has something to do first."""
        later = threading.Timer(SOON, self.confirm, (taken,))
        later.daemon = True
        later.start()


def sign(key: str, body: bytes) -> str:
    """The header that signs *body*."""
    moment = int(time.time())
    return f"t={moment},v1={_mac(key, str(moment), body)}"


def is_signed(key: str, header: str, body: bytes) -> bool:
    """Whether the header signs *body* now."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    moment = parts.get("t", "")
    if not moment.isdigit() or abs(time.time() - int(moment)) > TOLERANCE:
        return False
    return hmac.compare_digest(_mac(key, moment, body).encode(), parts.get("v1", "").encode())


def _mac(key: str, moment: str, body: bytes) -> str:
    """The digest over time and body."""
    return hmac.new(key.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
