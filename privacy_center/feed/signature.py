"""The signature between ZCode's back ends and the centre, the same in both directions: made here, and checked here."""

from __future__ import annotations

import hashlib
import hmac
import re

from privacy_center.core import clock

HEADER = "X-Signature"
SHAPE = re.compile(r"t=(\d{1,12}),v1=([0-9a-fA-F]{64})", re.ASCII)
TOLERANCE = 300  # seconds, in either direction


class Unsigned(Exception):
    """A call is not signed as it should be; the text is a sentence that says why."""


def sign(key: str, body: bytes, at: int | None = None) -> str:
    """The header that signs *body*, at a time in unix seconds or now."""
    moment = str(int(clock.now().timestamp()) if at is None else at)
    return f"t={moment},v1={_begin(key, moment, body).hexdigest()}"


class Check:
    """The check of one signature while the body comes in, piece by piece; nothing of it may be believed before `finish`."""

    def __init__(self, key: str, header: str | None) -> None:
        """Raises Unsigned at once for a header that no body could make right."""
        said = SHAPE.fullmatch(header or "")
        if said is None:
            raise Unsigned(f"The call lacks its signature: {HEADER}: t=<unix seconds>,v1=<hexadecimal HMAC-SHA256>.")
        moment, self._signature = said[1], said[2].lower()
        if abs(clock.now().timestamp() - int(moment)) > TOLERANCE:
            raise Unsigned(f"The signature's time is more than {TOLERANCE} seconds off.")
        self._mac = _begin(key, moment)

    def add(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        self._mac.update(piece)

    def finish(self) -> None:
        """Raise Unsigned unless the whole body was signed with the key; the comparison takes the same time however wrong it is."""
        if not hmac.compare_digest(self._mac.hexdigest(), self._signature):
            raise Unsigned("The signature does not fit the body.")


def check(key: str, header: str | None, body: bytes) -> None:
    """Raise Unsigned unless *header* signs the whole of *body* with the key."""
    one = Check(key, header)
    one.add(body)
    one.finish()


def _begin(key: str, moment: str, body: bytes = b"") -> hmac.HMAC:
    """The MAC over a time, a dot, and what follows."""
    return hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256)
