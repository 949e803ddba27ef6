"""What the feed brings can be searched at once: the index has the words of titles and messages, and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from privacy_center.core.db import fetch, is_sqlite, microseconds
from privacy_center.feed.ingest import Outcome
from privacy_center.history import index
from privacy_center.history.models import Conversation, Message
from tests.makers import NOON, iso, line, message


def places_of(word: str) -> list[int]:
    """The places where a word stands."""
    if is_sqlite():
        rows = fetch("SELECT rowid FROM word_index WHERE word_index MATCH ? ORDER BY rowid", f'"{word}"')
    else:
        rows = fetch("SELECT search_id FROM word_index WHERE words @> ? ORDER BY search_id", index.words_for_postgresql(1, word))
    return [place for (place,) in rows]


def texts_of(word: str) -> list[str]:
    """The messages and titles that the index names for a word."""
    titles = {each.search_base: each.title for each in Conversation.select()}
    said = {each.search_id: index.text_of(each.parts) for each in Message.select() if each.search_id}
    return sorted((said | titles)[place] for place in places_of(word))


def test_titles_and_messages_are_found(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c", title="Retry the webhook"), message("c", "The webhook answers 500"), message("c", "Nothing of it"))

    assert texts_of("webhook") == ["Retry the webhook", "The webhook answers 500"]
    assert texts_of("500") == ["The webhook answers 500"]


def test_what_was_thought_is_found_and_what_tools_said_is_not(feed: Callable[..., Outcome]) -> None:
    parts = [
        {"type": "reasoning", "text": "pondering"},
        {"type": "text", "text": "answering"},
        {"type": "tool", "name": "bash", "call": "1", "input": {"command": "listing"}, "output": "printing"},
    ]
    feed(line("message", conversation="c", parts=parts), line("message", conversation="c", parts=parts[2:]))

    assert texts_of("pondering") == texts_of("answering") == ["pondering\nanswering"]
    assert texts_of("listing") == texts_of("printing") == texts_of("bash") == []
    assert [message.search_id is None for message in Message.select().order_by(Message.id)] == [False, True]


def test_words_that_are_replaced_are_forgotten(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c", title="Old title"), message("c", "old words", id="m"))
    feed(line("conversation", id="c", title="New title"), message("c", "new words", id="m"))

    assert texts_of("old") == []
    assert texts_of("new") == ["New title", "new words"]


def test_a_title_that_is_taken_away_is_forgotten_and_one_that_comes_later_is_found(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c", title="First"))
    feed(line("conversation", id="c", title=""))
    assert texts_of("first") == []

    feed(line("conversation", id="c", title="Second"))
    assert texts_of("second") == ["Second"]


def test_words_of_one_call_that_the_same_call_replaces_are_never_there(feed: Callable[..., Outcome]) -> None:
    feed(message("c", "early", id="m"), message("c", "late", id="m"), line("conversation", id="c", title="Early"), line("conversation", id="c", title="Late"))

    assert texts_of("early") == []
    assert texts_of("late") == ["Late", "late"]


def test_a_message_that_loses_its_words_loses_its_place(feed: Callable[..., Outcome]) -> None:
    feed(message("c", "words", id="m"))
    feed(line("message", conversation="c", id="m", parts=[]))

    assert (places_of("words"), Message.get().search_id) == ([], None)


def test_a_message_that_moves_has_its_words_at_its_new_conversation(feed: Callable[..., Outcome]) -> None:
    later = {"created_at": iso(NOON + timedelta(hours=3)), "updated_at": iso(NOON + timedelta(hours=3))}
    feed(line("conversation", id="c"), line("conversation", id="d", **later), message("c", "wandering", id="m"))
    feed(message("d", "wandering", id="m"))

    [place] = places_of("wandering")
    assert place == Message.get().search_id == Conversation.get(Conversation.external_id == "d").search_base + 1


def test_a_conversation_stands_at_the_minute_it_began_in_its_messages_after_it(feed: Callable[..., Outcome]) -> None:
    feed(line("conversation", id="c", title="Title"), message("c", "one", id="m1"), message("c", "two", id="m2"))

    conversation = Conversation.get()
    base = index.base_of(conversation.user_id, microseconds(NOON))
    assert (conversation.search_base, conversation.search_count) == (base, 2)
    assert [places_of(word) for word in ("title", "one", "two")] == [[base], [base + 1], [base + 2]]


def test_conversations_of_one_minute_take_the_next_free_ones(feed: Callable[..., Outcome]) -> None:
    feed(*(line("conversation", id=f"c{number}") for number in range(30)))
    feed(line("conversation", id="another"))

    minutes = sorted(each.search_base >> index.MINUTE_SHIFT for each in Conversation.select())
    assert minutes == list(range(minutes[0], minutes[0] + 31))


@pytest.mark.parametrize("calls", [1, 3])
def test_a_conversation_that_uses_up_its_places_goes_on_at_a_further_minute(feed: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    monkeypatch.setattr(index, "PLACES", 5)
    records: list[Any] = [line("conversation", id="c", title="Long talk"), *(message("c", f"word{number}", id=f"m{number}") for number in range(12))]
    for call in range(calls):
        feed(*records[call::calls])

    conversation = Conversation.get()
    bases = {place >> index.MINUTE_SHIFT << index.MINUTE_SHIFT for number in range(12) for place in places_of(f"word{number}")}
    assert (conversation.search_count, len(bases)) == (12, 3)
    assert conversation.search_base == max(bases)
    assert places_of("talk") == [conversation.search_base]
