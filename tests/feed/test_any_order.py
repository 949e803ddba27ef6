"""Order is free: what hangs on something may come before it, and the counts are right whatever comes when."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from privacy_center.feed.ingest import Outcome
from privacy_center.history.models import Conversation, File, Message
from tests.makers import NOON, iso, line, message


def after(minutes: int) -> Any:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def test_a_message_may_stand_before_its_conversation(feed: Callable[..., Outcome]) -> None:
    outcome = feed(message("c", "hello", minutes=5), line("conversation", id="c", title="Greetings"))

    assert (outcome.stored, outcome.refused) == (2, [])
    assert [(each.title, each.message_count, each.active_at) for each in Conversation.select()] == [("Greetings", 1, after(5))]


def test_a_conversation_may_come_in_a_later_call(feed: Callable[..., Outcome]) -> None:
    assert feed(message("c", "hello", minutes=5)).stored == 1
    assert [(each.title, each.created_at, each.message_count, each.digest) for each in Conversation.select()] == [("", after(5), 1, None)]

    assert feed(line("conversation", id="c", title="Greetings", created_at=iso(after(1)), updated_at=iso(after(2)))).stored == 1
    [conversation] = Conversation.select()
    assert (conversation.title, conversation.created_at, conversation.message_count) == ("Greetings", after(1), 1)
    assert (conversation.updated_at, conversation.active_at) == (after(2), after(5))


def test_a_file_may_come_before_its_conversation_or_without_any(feed: Callable[..., Outcome]) -> None:
    feed(line("file", id="f", conversation="c"), line("file", id="g"))

    assert {file.external_id: file.conversation and file.conversation.external_id for file in File.select()} == {"f": "c", "g": None}
    assert [(each.title, each.file_count) for each in Conversation.select()] == [("", 1)]


def test_the_last_activity_is_the_newest_message_or_the_last_change(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c", updated_at=iso(after(10))), message("c", "a", minutes=3, id="m"))
    assert Conversation.get().active_at == after(10)

    feed(message("c", "b", minutes=20, id="n"))
    assert Conversation.get().active_at == after(20)


def test_a_message_that_is_replaced_by_an_earlier_one_takes_the_activity_back(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c"), message("c", "a", minutes=3, id="m"), message("c", "b", minutes=20, id="n"))
    feed(message("c", "b", minutes=1, id="n"))

    conversation = Conversation.get()
    assert (conversation.active_at, conversation.message_count) == (after(3), 2)


def test_a_conversation_that_changes_back_to_an_earlier_time_loses_its_later_activity(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c", updated_at=iso(after(50))), message("c", "a", minutes=3))
    feed(line("conversation", id="c", updated_at=iso(after(1))))

    assert Conversation.get().active_at == after(3)


def test_a_message_that_moves_is_counted_where_it_is_now(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c"), line("conversation", id="d"), message("c", "a", minutes=9, id="m"), message("c", "b", minutes=2))
    feed(message("d", "a", minutes=9, id="m"))

    assert {each.external_id: (each.message_count, each.active_at) for each in Conversation.select()} == {"c": (1, after(2)), "d": (1, after(9))}


def test_a_file_that_moves_is_counted_where_it_is_now_and_stays_when_its_line_names_no_conversation(feed: Callable[..., Outcome]) -> None:
    counted = lambda: {each.external_id: each.file_count for each in Conversation.select()}  # noqa: E731
    feed(line("file", id="f", conversation="c"), line("file", id="g", conversation="c"))
    feed(line("file", id="f", conversation="d"))
    assert counted() == {"c": 1, "d": 1}

    feed(line("file", id="g"), line("file", id="f", conversation="c"))
    assert counted() == {"c": 2, "d": 0}


@pytest.mark.parametrize("seed", range(6))
def test_shuffled_lines_in_small_calls_end_in_the_same_state(feed: Callable[..., Outcome], seed: int) -> None:
    records = [line("conversation", id=f"c{c}", title=f"T{c}", updated_at=iso(after(c))) for c in range(4)]
    records += [message(f"c{m % 4}", f"word{m}", minutes=m, id=f"m{m}") for m in range(24)]
    records += [line("file", id=f"f{f}", conversation=f"c{f % 4}") for f in range(6)]
    random.Random(seed).shuffle(records)

    for begin in range(0, len(records), 5):
        assert feed(*records[begin : begin + 5]).refused == []

    rows = {each.external_id: (each.title, each.message_count, each.file_count, each.active_at) for each in Conversation.select()}
    assert rows == {f"c{c}": (f"T{c}", 6, 2 if c < 2 else 1, after(20 + c)) for c in range(4)}
    assert Message.select().count() == 24


def test_a_conversation_of_somebody_else_with_the_same_id_is_left_alone(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c", user="zai-mallory"), message("c", "mine", user="zai-mei"))

    assert {each.user.subject: each.message_count for each in Conversation.select()} == {"zai-mallory": 0, "zai-mei": 1}
