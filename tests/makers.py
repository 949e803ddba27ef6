"""Makers of data: lines of the feed with everything filled in that a test doesn't care about."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

_numbers = itertools.count(1)
NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def iso(moment: datetime) -> str:
    """RFC 3339, as the feed has it."""
    return moment.isoformat().replace("+00:00", "Z")


def line(type_: str, *, user: str | None = "zai-mei", **fields: Any) -> dict[str, Any]:
    """One record of the feed: the fields its type must have, and those given."""
    number = next(_numbers)
    whole = {"type": type_, "id": f"{type_}-{number}", **REQUIRED[type_], **fields}
    if user is not None and type_ != "feedback":
        whole["user"] = user
    return whole


def message(conversation: str, text: str, *, minutes: int = 0, role: str = "user", **fields: Any) -> dict[str, Any]:
    """A message with one part of text."""
    fields.setdefault("parts", [{"type": "text", "text": text}])
    return line("message", conversation=conversation, role=role, created_at=iso(NOON + timedelta(minutes=minutes)), **fields)


def lines(records: Iterable[dict[str, Any] | str | bytes]) -> list[bytes]:
    """The records as the feed sends them; text and bytes are taken as they are."""
    return [record if isinstance(record, bytes) else record.encode() if isinstance(record, str) else orjson.dumps(record) for record in records]


REQUIRED: dict[str, dict[str, Any]] = {
    "user": {"email": "mei@example.com", "created_at": "2025-03-01T08:00:00Z"},
    "conversation": {"title": "A conversation", "created_at": iso(NOON), "updated_at": iso(NOON)},
    "message": {"conversation": "conversation-1", "role": "user", "created_at": iso(NOON), "parts": []},
    "file": {"name": "notes.txt", "media_type": "text/plain", "size": 5, "sha256": "0" * 64, "created_at": iso(NOON)},
    "device": {
        "brand": "Apple",
        "model": "MacBook Pro",
        "manufacturer": "Apple Inc.",
        "system_version": "macOS 26.1",
        "architecture": "arm64",
        "time_zone": "Asia/Singapore",
        "region": "SG",
        "language": "en-SG",
        "application": {"name": "ZCode", "version": "3.15.1"},
        "seen_at": iso(NOON),
    },
    "usage_event": {"occurred_at": iso(NOON), "event_name": "session_started", "event_type": "session"},
    "feedback": {"account_digest": "0" * 64, "submitted_at": iso(NOON), "text": "It is quick.", "application_version": "3.15.1"},
    "log_entry": {"occurred_at": iso(NOON), "ip_address": "192.0.2.7"},
    "order": {
        "order_number": "2026110100001",
        "plan_id": "glm-coding-pro",
        "plan_name": "GLM Coding Pro",
        "price": "72.00",
        "currency": "USD",
        "amount_payable": "72.00",
        "payment_method": "STRIPE_PAY",
        "payment_status": "SUCCESS",
        "payment_created_at": iso(NOON),
    },
    "correspondence": {"sent_at": iso(NOON), "direction": "from_user", "channel": "email", "body": "When does my plan end?"},
}
