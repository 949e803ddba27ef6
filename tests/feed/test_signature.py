"""The signature of calls: who has the key may come in, and for five minutes only."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from privacy_center.core import clock
from privacy_center.feed.signature import Check, Unsigned, sign

KEY = "key-of-the-back-ends-0123456789abcdef"
BODY = b'{"type":"user"}\n'
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """The clock stands still."""
    with clock.at(NOW):
        yield


def check(header: str | None, body: bytes = BODY, key: str = KEY) -> None:
    """Check a call as the door does, a few bytes at a time."""
    checking = Check(key, header)
    for begin in range(0, len(body), 5):
        checking.add(body[begin : begin + 5])
    checking.finish()


def test_the_signature_is_what_the_feed_says() -> None:
    expected = hmac.new(KEY.encode(), f"{SECONDS}.".encode() + BODY, hashlib.sha256).hexdigest()

    assert sign(KEY, BODY) == f"t={SECONDS},v1={expected}"


def test_a_signed_call_is_believed() -> None:
    check(sign(KEY, BODY))
    check(sign(KEY, b""), b"")
    check(sign(KEY, BODY).upper().replace("T=", "t=").replace("V1=", "v1="))


@pytest.mark.parametrize("seconds", [-300, -299, 299, 300])
def test_a_clock_may_be_five_minutes_off(seconds: int) -> None:
    check(sign(KEY, BODY, SECONDS + seconds))


@pytest.mark.parametrize("seconds", [-100_000, -301, 301, 100_000])
def test_a_clock_that_is_further_off_is_not_believed(seconds: int) -> None:
    with pytest.raises(Unsigned, match="more than 300 seconds off"):
        check(sign(KEY, BODY, SECONDS + seconds))


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "v1=" + "0" * 64,
        f"t={SECONDS}",
        f"t={SECONDS},v1=",
        f"t={SECONDS},v1={'0' * 63}",
        f"t={SECONDS},v1={'g' * 64}",
        f"t={SECONDS},v1={'0' * 64},v1={'0' * 64}",
        f"t=-{SECONDS},v1={'0' * 64}",
        f"t={SECONDS}.5,v1={'0' * 64}",
        f"t=٣,v1={'0' * 64}",
        f"t={'9' * 400},v1={'0' * 64}",
        f" t={SECONDS},v1={'0' * 64}",
        "Bearer secret",
    ],
)
def test_a_header_of_another_shape_is_not_believed(header: str | None) -> None:
    with pytest.raises(Unsigned, match="lacks its signature"):
        check(header)


def test_another_body_key_or_time_is_not_believed() -> None:
    signed = sign(KEY, BODY)
    for header, body, key in (
        (signed, BODY + b" ", KEY),
        (signed, b"", KEY),
        (signed, BODY, KEY + "x"),
        (signed.replace(str(SECONDS), str(SECONDS + 1)), BODY, KEY),
        (signed.replace(f"t={SECONDS}", f"t=0{SECONDS}"), BODY, KEY),
    ):
        with pytest.raises(Unsigned, match="does not fit"):
            check(header, body, key)
