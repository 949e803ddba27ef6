"""Every type of record, with every field filled in, is stored and can be read by its model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from privacy_center.accounts.digest import account_digest
from privacy_center.accounts.models import User
from privacy_center.correspondence.models import Correspondence
from privacy_center.feed.batch import PLAIN
from privacy_center.feed.ingest import Outcome
from privacy_center.feed.schema import TYPES
from privacy_center.history.models import Conversation, Message
from privacy_center.subscription.models import Order
from privacy_center.telemetry.models import Device, Feedback, LogEntry, UsageEvent
from tests.makers import line

MOMENT = {"2026-11-02T09:30:00.25+08:00": datetime(2026, 11, 2, 1, 30, 0, 250_000, tzinfo=UTC)}
TIME = next(iter(MOMENT))

WHOLE: dict[str, dict[str, Any]] = {
    "device": {
        **dict.fromkeys(("brand", "model", "manufacturer", "system_version", "api_version", "disk"), "小米"),
        **dict.fromkeys(("architecture", "network_status", "time_zone", "region", "language"), "text"),
        "cpu": {"frequency": "3.2 GHz", "model": "M5", "architecture": "arm64"},
        "thread_count": 812,
        "uptime_seconds": 2**40,
        "application": {"name": "ZCode", "version": "3.15.1"},
        "seen_at": TIME,
    },
    "usage_event": {
        "occurred_at": TIME,
        "event_extension": {"tokens": [1, {"cached": True}], "ratio": 0.5},
        **dict.fromkeys(("event_name", "event_type", "event_region", "client_time_zone", "language", "screen_resolution"), "text"),
        **dict.fromkeys(("application_version", "os_type", "os_version", "device", "talk_id", "message_id"), "text"),
    },
    "log_entry": {
        "occurred_at": TIME,
        "ip_address": "2001:db8::7",
        **dict.fromkeys(("browser", "isp", "referring_page", "exit_page", "page", "operating_system"), "text"),
    },
    "order": {
        **dict.fromkeys(("order_number", "plan_id", "plan_name", "invitation_code", "sales_channel", "risk_verification_ticket"), "text"),
        **dict.fromkeys(("business_serial_number", "payment_method", "payment_status", "subscription_status", "renewal_status"), "text"),
        **{"price": "18.00", "discount_amount": "-0.5", "amount_payable": "17.50", "currency": "USD"},
        **{"payment_created_at": TIME, "agreement_number": "A-1", "provider": "stripe", "provider_data": {"charge": {"id": "ch_1"}}},
    },
    "correspondence": {"sent_at": TIME, "direction": "to_user", "channel": "email", "subject": "Your plan", "body": "It ends in May."},
}


@pytest.mark.parametrize("type_", PLAIN)
def test_a_record_is_stored_with_every_field_it_can_have(feed: Callable[..., Outcome], type_: str) -> None:
    named = {"type", "id", "user"}
    assert WHOLE[type_].keys() == TYPES[type_].fields.keys() - named

    outcome = feed(line(type_, id="it", **WHOLE[type_]))

    row: Any = PLAIN[type_].get()
    assert (outcome.stored, row.external_id, row.user.subject) == (1, "it", "zai-mei")
    for name, value in WHOLE[type_].items():
        assert getattr(row, name) == MOMENT.get(value if isinstance(value, str) else "", value), name


@pytest.mark.parametrize("type_", PLAIN)
def test_a_record_is_stored_with_no_more_than_it_must_have(feed: Callable[..., Outcome], type_: str) -> None:
    feed(line(type_, id="it"))

    row: Any = PLAIN[type_].get()
    for name, field in TYPES[type_].fields.items():
        if name not in ("id", "user"):
            assert (getattr(row, name) is None) is not field.required, name


def test_a_user_is_described_by_their_own_line(feed: Callable[..., Outcome]) -> None:
    described = {"name": "梅", "avatar_url": "https://example.com/m.png", "country": "US-CA", "language": "zh-Hans", "created_at": TIME}
    feed(line("user", id="zai-mei", email="mei@example.com", **described))

    mei = User.get()
    assert (mei.subject, mei.issuer, mei.email, mei.created_at) == ("zai-mei", "https://z.example", "mei@example.com", MOMENT[TIME])
    assert (mei.name, mei.avatar_url, mei.country, mei.language) == ("梅", "https://example.com/m.png", "US-CA", "zh-Hans")
    assert mei.feedback_digest == account_digest("zai-mei")


def test_a_users_line_describes_the_account_of_its_user_whatever_its_own_id(feed: Callable[..., Outcome]) -> None:
    feed(line("user", id="profile-1", email="old@example.com"), line("user", id="profile-2", email="new@example.com"))

    assert [(user.subject, user.email) for user in User.select()] == [("zai-mei", "new@example.com")]


def test_an_account_that_was_opened_by_a_record_is_completed_by_its_line(feed: Callable[..., Outcome]) -> None:
    feed(line("log_entry"))
    assert [(user.subject, user.email) for user in User.select()] == [("zai-mei", None)]

    assert feed(line("user")).stored == 1
    assert [(user.subject, user.email) for user in User.select()] == [("zai-mei", "mei@example.com")]


def test_a_conversation_is_stored_whole(feed: Callable[..., Outcome]) -> None:
    told = {"model": "glm-5", "workspace": "/home/mei/zcode", "source": "desktop", "parent": "above", "archived": True, "talk_id": "t-1"}
    feed(line("conversation", id="it", title="重试", created_at=TIME, updated_at=TIME, **told))

    row = Conversation.get()
    assert (row.external_id, row.title, row.created_at, row.updated_at, row.active_at) == ("it", "重试", *[MOMENT[TIME]] * 3)
    assert {name: getattr(row, name) for name in told} == told
    assert (row.message_count, row.file_count) == (0, 0)


def test_a_message_is_stored_whole_its_parts_without_what_is_null(feed: Callable[..., Outcome]) -> None:
    parts = [
        {"type": "reasoning", "text": "Let me see."},
        {"type": "text", "text": "It fails."},
        {"type": "tool", "name": "bash", "call": "c-1", "input": {"command": "ls", "lines": [1, 2.5, None, True]}, "output": None},
        {"type": "tool", "name": "bash", "call": "c-1", "output": "a.py\nb.py"},
        {"type": "file", "file": "file-1"},
    ]
    feed(line("conversation", id="c"), line("message", id="m", conversation="c", parent="m0", role="assistant", model="glm-5", parts=parts))

    row = Message.get()
    assert (row.conversation.external_id, row.external_id, row.parent, row.role, row.model) == ("c", "m", "m0", "assistant", "glm-5")
    assert row.parts == [{name: value for name, value in part.items() if value is not None} for part in parts]


def test_feedback_is_stored_under_the_digest_of_its_account(feed: Callable[..., Outcome]) -> None:
    told = dict.fromkeys(("build", "node_version", "os_platform", "os_version", "os_architecture", "client_id"), "text")
    feed(line("user"), line("feedback", account_digest=account_digest("zai-mei").upper(), submitted_at=TIME, text="快", **told))

    mei = User.get()
    [row] = Feedback.select().where(Feedback.held_for(mei))
    assert (row.text, row.submitted_at, row.application_version) == ("快", MOMENT[TIME], "3.15.1")
    assert {name: getattr(row, name) for name in told} == told


def test_all_types_in_one_call_are_counted_and_nobody_else_gets_any(feed: Callable[..., Outcome]) -> None:
    outcome = feed(*(line(type_) for type_ in TYPES), line("log_entry", user="zai-mallory"))

    assert (outcome.stored, outcome.unchanged, outcome.refused) == (len(TYPES) + 1, 0, [])
    for model in (Device, UsageEvent, Order, Correspondence, Message):
        assert [row.user.subject for row in model.select()] == ["zai-mei"]
    assert sorted(row.user.subject for row in LogEntry.select()) == ["zai-mallory", "zai-mei"]


def test_two_people_may_have_records_with_the_same_id(feed: Callable[..., Outcome]) -> None:
    outcome = feed(*(line("order", id="o-1", user=user, plan_name=user) for user in ("zai-mei", "zai-mallory")))

    assert outcome.stored == 2
    assert {(row.user.subject, row.plan_name) for row in Order.select()} == {("zai-mei", "zai-mei"), ("zai-mallory", "zai-mallory")}
