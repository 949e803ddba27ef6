"""The same lines again change nothing; other lines of the same id replace what was there; the last one wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from privacy_center.core import audit
from privacy_center.feed.ingest import Outcome, ingest
from privacy_center.feed.schema import TYPES
from privacy_center.history.models import Conversation, Message
from privacy_center.subscription.models import Order
from privacy_center.telemetry.models import LogEntry
from tests.cast import ISSUER
from tests.makers import line, message


def told(outcome: Outcome) -> tuple[int, int, int]:
    """How many were stored, unchanged, refused."""
    return outcome.stored, outcome.unchanged, outcome.refused_count


def test_the_same_call_again_changes_nothing(feed: Callable[..., Outcome]) -> None:
    records = [line(type_) for type_ in TYPES]

    assert told(feed(*records)) == (len(TYPES), 0, 0)
    assert told(feed(*records)) == (0, len(TYPES), 0)


def test_the_same_line_twice_in_one_call_is_stored_once(feed: Callable[..., Outcome]) -> None:
    records = [line(type_) for type_ in TYPES]

    assert told(feed(*records, *records)) == (len(TYPES), len(TYPES), 0)


@pytest.mark.parametrize("type_", ["conversation", "message", "file", "device", "usage_event", "feedback", "log_entry", "order", "correspondence"])
def test_the_order_of_fields_and_the_offset_of_times_make_no_other_record(feed: Callable[..., Outcome], type_: str) -> None:
    record = line(type_)
    other = {name: value.replace("Z", "+00:00") if name.endswith("_at") else value for name, value in reversed(record.items())}
    feed(record)

    assert told(feed(other)) == (0, 1, 0)


def test_a_line_with_the_same_id_replaces_the_record_whole(feed: Callable[..., Outcome]) -> None:
    feed(line("order", id="o", plan_name="Lite", invitation_code="FRIEND"))

    assert told(feed(line("order", id="o", plan_name="Pro"))) == (1, 0, 0)
    assert [(row.plan_name, row.invitation_code) for row in Order.select()] == [("Pro", None)]


def test_the_last_line_of_one_call_wins(feed: Callable[..., Outcome]) -> None:
    outcome = feed(*(line("order", id="o", plan_name=name) for name in ("Lite", "Pro", "Pro", "Max")))

    assert told(outcome) == (3, 1, 0)
    assert [row.plan_name for row in Order.select()] == ["Max"]


def test_a_change_that_is_taken_back_in_the_same_call_leaves_what_was_there(feed: Callable[..., Outcome]) -> None:
    feed(line("order", id="o", plan_name="Lite"))
    outcome = feed(line("order", id="o", plan_name="Pro"), line("order", id="o", plan_name="Lite"))

    assert told(outcome) == (2, 0, 0)
    assert [row.plan_name for row in Order.select()] == ["Lite"]


def test_a_conversation_and_a_message_are_replaced_whole(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c", title="Old", model="glm-4.7", archived=True), message("c", "old", id="m", model="glm-4.7"))
    feed(line("conversation", id="c", title="New"), message("c", "new", id="m"))

    conversation, said = Conversation.get(), Message.get()
    assert (conversation.title, conversation.model, conversation.archived, conversation.message_count) == ("New", None, False, 1)
    assert (said.parts, said.model) == ([{"type": "text", "text": "new"}], None)


def test_blank_lines_are_skipped_but_counted_in_the_numbers_of_lines(app: Any) -> None:
    outcome = ingest([b"\n", b" \t\r\n", orjson.dumps(line("log_entry")), b"", b"nonsense"], issuer=ISSUER)

    assert told(outcome) == (1, 0, 1)
    assert [refusal.line for refusal in outcome.refused] == [5]


def test_an_empty_call_is_no_mistake(app: Any) -> None:
    assert told(ingest([], issuer=ISSUER)) == (0, 0, 0)


def test_refusals_are_told_in_the_order_of_the_lines(feed: Callable[..., Outcome]) -> None:
    outcome = feed(*(b"nonsense" if number % 3 == 0 else line("log_entry") for number in range(700)))

    assert [refusal.line for refusal in outcome.refused] == [number + 1 for number in range(0, 700, 3)]
    assert outcome.stored == LogEntry.select().count() == 700 - 234


def test_a_call_leaves_one_entry_in_the_audit_log_that_names_nobody(feed: Callable[..., Outcome]) -> None:
    feed(line("log_entry"), line("order"), b"nonsense")

    [entry] = audit.AuditEntry.select()
    assert (entry.action, entry.actor, entry.person, entry.reason) == ("feed received", "feed", None, "stored 2, unchanged 0, refused 1")
