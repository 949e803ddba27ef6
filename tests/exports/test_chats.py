"""Conversations in ChatGPT's shape, whatever shape ours have: every rule that an importer relies on is kept."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from privacy_center.core import clock
from privacy_center.exports import chats
from privacy_center.exports.chats import Chats
from privacy_center.exports.talks import Message, Talk, columns
from privacy_center.exports.zip64 import Archive
from tests.exports.importers import broken_rules, libre_chat, open_webui, thread

TEXT = [{"type": "text", "text": "Words."}]
NAMES = [column.name for column in columns()]
Said = tuple[str, str | None, str]  # a message's id, whom it says it follows, who speaks


def talk(*said: Said, parts: Any = TEXT, name: str = "talk") -> Talk:
    """A conversation whose messages came in this order."""
    held = {"external_id": name, "title": "A talk", "created_at": 1_700_000_000_123_456, "updated_at": 0, "active_at": 1_700_000_001_000_000}
    values = tuple(held.get(column, False if column == "archived" else None) for column in NAMES)
    rows = [
        Message(at + 1, 1, id_, parent, role, 1_700_000_000_000_001 + at, "glm-5", orjson.dumps(parts).decode()) for at, (id_, parent, role) in enumerate(said)
    ]
    return Talk(1, name, "A talk", len(rows), 0, values, rows)


def imported(*talks: Talk) -> list[dict[str, Any]]:
    """What stands in the files of a copy."""
    file = io.BytesIO()
    with Archive(file, clock.now()) as archive:
        written = Chats(archive, columns())
        for each in talks:
            written.begin(each)
            for messages in each.bodies():
                written.add(each, messages)
            written.end()
        written.close()
    read = zipfile.ZipFile(file)
    return [each for name in written.paths for each in json.loads(read.read(name))]


ids = some.sampled_from("abcde123")
messages = some.lists(some.tuples(ids, some.none() | ids | some.just("elsewhere"), some.sampled_from(["user", "assistant", "tool", "system"])), max_size=8)


@settings(max_examples=150)
@given(messages.map(lambda said: list({id_: (id_, parent, role) for id_, parent, role in said}.values())))
def test_whatever_messages_say_they_follow_every_rule_is_kept(said: list[Said]) -> None:
    [found] = imported(talk(*said))
    assert broken_rules(found) == []
    assert len(found["mapping"]) == len(said) + 1
    assert len(libre_chat(found)) == sum(role != "system" for _id, _parent, role in said)
    if said:
        assert [each["id"] for each in open_webui(found)] == list(found["mapping"])[1:]
        assert thread(found)


def test_an_edit_is_a_branch_and_the_newest_thread_is_the_current_one() -> None:
    asked = [("q", None, "user"), ("old", "q", "assistant"), ("more", "old", "user"), ("new", "q", "assistant"), ("last", "new", "user")]
    [found] = imported(talk(*asked))
    assert broken_rules(found) == []
    assert found["mapping"]["q"]["children"] == ["old", "new"]
    assert found["current_node"] == "last" and len(thread(found)) == 3


def test_a_ring_of_parents_has_a_beginning_and_says_what_it_said() -> None:
    [found] = imported(talk(("a", "c", "user"), ("b", "a", "assistant"), ("c", "b", "user")))
    assert broken_rules(found) == []
    assert found["mapping"]["a"]["message"]["metadata"]["zcode"] == {"parent": "c"}
    assert "zcode" not in found["mapping"]["b"]["message"]["metadata"]


def test_a_conversation_without_messages_is_its_root() -> None:
    [found] = imported(talk())
    assert broken_rules(found) == []
    assert found["current_node"] == "root-of-talk" and list(found["mapping"]) == ["root-of-talk"]


def test_a_message_that_is_called_like_the_root_is_not_lost() -> None:
    [found] = imported(talk(("root-of-talk", None, "user"), ("root-of-talk-", "root-of-talk", "assistant")))
    assert broken_rules(found) == []
    assert len(found["mapping"]) == 3


def test_a_message_that_is_called_by_a_number_keeps_its_place() -> None:
    [found] = imported(talk(("7", None, "user"), ("message-7", "7", "assistant"), ("3", "message-7", "user"), ("03", "3", "assistant")))
    assert broken_rules(found) == []
    assert [each["id"] for each in open_webui(found)] == ["message-7-", "message-7", "message-3", "03"]
    assert found["mapping"]["message-3"]["message"]["metadata"]["zcode"] == {"id": "3"}


PARTS: list[tuple[list[Any], str]] = [
    ([{"type": "text", "text": "One."}, {"type": "text", "text": "Two."}], "One.\n\nTwo."),
    ([{"type": "tool", "name": "bash", "call": "c", "input": {"command": "ls"}, "output": "a.py"}], "[bash]\na.py"),
    ([{"type": "tool", "name": "bash", "call": "c", "output": {"lines": [1]}}], '[bash]\n{"lines":[1]}'),
    ([{"type": "tool", "call": "c"}], "[tool]"),
    ([{"type": "reasoning", "text": "Hm."}, {"type": "file", "file": "f"}], ""),
    ([{"type": "text"}, {"type": "of-tomorrow", "x": 1}, "a word", 7, None], ""),
    ([], ""),
]


@pytest.mark.parametrize(("parts", "words"), PARTS)
def test_parts_of_any_kind_become_one_text_and_are_kept_as_they_were(parts: list[Any], words: str) -> None:
    [found] = imported(talk(("a", None, "assistant"), parts=parts))
    message = found["mapping"]["a"]["message"]
    assert broken_rules(found) == []
    assert message["content"]["parts"] == [words]
    assert message["metadata"]["zcode"]["parts"] == parts
    assert libre_chat(found)[0]["text"] == words


def test_a_time_is_exact_to_the_microsecond() -> None:
    [found] = imported(talk(("a", None, "user")))
    assert round(found["create_time"] * 1e6) == 1_700_000_000_123_456
    assert round(found["mapping"]["a"]["message"]["create_time"] * 1e6) == 1_700_000_000_000_001


def test_what_is_too_long_for_one_file_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "LARGEST", 2000)
    found = imported(*(talk(("a", None, "user"), name=f"t{number}") for number in range(10)))
    assert [each["id"] for each in found] == [f"t{number}" for number in range(10)]
