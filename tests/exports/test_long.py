"""Very long conversations, very heavy messages, very many conversations: all in it, in order, and never all in memory."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from peewee import chunked

from privacy_center.accounts.models import User
from privacy_center.core.db import database
from privacy_center.datamap.words import Category
from privacy_center.exports import contents, talks
from privacy_center.exports.contents import Choice
from privacy_center.history.models import Conversation, Message
from privacy_center.telemetry.models import LogEntry
from tests import makers
from tests.exports import everything
from tests.exports.everything import only, table, write
from tests.exports.importers import broken_rules, thread
from tests.exports.taking import feed, talk

CONTENT = only(Category.CONTENT)
HEAVY = "重" * 6000  # 18,000 bytes


def store(user: User, name: str, count: int, text: str = "word", begun: int = 0) -> None:
    """A conversation of so many messages, without the feed, which would take longer."""
    feed(makers.line("conversation", id=name, title=name))
    number = Conversation.get(Conversation.external_id == name).id
    common = {"user": user.id, "conversation": number, "role": "user", "parent": None, "model": None, "digest": "", "search_id": None}
    rows = [
        {
            **common,
            "external_id": f"{name}-{at}",
            "created_at": makers.NOON + timedelta(seconds=begun + at),
            "parts": [{"type": "text", "text": f"{text} {at}"}],
        }
        for at in range(count)
    ]
    with database.atomic():
        for some in chunked(rows, 500):
            Message.insert_many(some).execute()
        Conversation.update(message_count=count, active_at=makers.NOON + timedelta(seconds=begun)).where(Conversation.id == number).execute()


def test_a_conversation_of_thousands_of_messages_stands_beside_short_ones(mei: User) -> None:
    for begun, (name, count) in enumerate({"short": 3, "long": 1201, "middle": 999, "empty": 0}.items()):
        store(mei, name, count, begun=begun)
    found = {each["id"]: each for each in everything.talks(write(mei, CONTENT))}
    assert list(found) == ["empty", "middle", "long", "short"]
    assert {name: thread(each) for name, each in found.items()} == {
        name: [f"word {at}" for at in range(count)] for name, count in {"short": 3, "long": 1201, "middle": 999, "empty": 0}.items()
    }
    assert [broken_rules(each) for each in found.values()] == [[]] * 4


@pytest.mark.parametrize("at_once", [1000, 5])
def test_heavy_messages_are_whole_and_in_order(mei: User, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(talks, "MESSAGES_AT_ONCE", at_once)  # so that it is a long conversation, too
    feed(*talk("it", *(text for at in range(6) for text in (f"light {at}", f"{HEAVY}{at}"))))
    written = write(mei, CONTENT)
    assert thread(everything.talks(written)[0]) == [text for at in range(6) for text in (f"light {at}", f"{HEAVY}{at}")]
    assert all(f"{HEAVY}{at}" in written.read("conversations/pages/00001.html").decode() for at in range(6))


def test_a_light_message_in_a_long_conversation_is_read_among_others(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talks, "MESSAGES_AT_ONCE", 5)
    feed(*talk("it", *(f"word {at}" for at in range(30))))
    alone: list[int] = []
    monkeypatch.setattr(talks, "_fetch_one", lambda number: alone.append(number) or "[]")
    assert len(thread(everything.talks(write(mei, CONTENT))[0])) == 30
    assert alone == []


def test_a_great_many_conversations_without_messages_are_looked_up_some_at_a_time(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talks, "TALKS_AT_ONCE", 10)
    looked_up: list[int] = []
    usual: Any = talks._fetch
    monkeypatch.setattr(talks, "_fetch", lambda sql, numbers: looked_up.append(len(numbers)) or usual(sql, numbers))
    feed(*(line for number in range(25) for line in talk(f"t{number}")))
    assert len(everything.talks(write(mei, CONTENT))) == 25
    assert looked_up == [10, 10, 5]


def test_pages_of_records_of_one_moment_leave_none_out_and_take_none_twice(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (contents, talks):
        monkeypatch.setattr(module, "AT_ONCE", 7)
    feed(*(makers.line("log_entry", page=f"/{number}") for number in range(21)), *(line for number in range(21) for line in talk(f"t{number}", "word")))
    written = write(mei)
    assert sorted(line["page"] for line in table(written, LogEntry)) == sorted(f"/{number}" for number in range(21))
    assert sorted(each["id"] for each in everything.talks(written)) == sorted(f"t{number}" for number in range(21))


def test_many_conversations_are_many_small_pages(mei: User) -> None:
    feed(*(line for number in range(450) for line in talk(f"t{number}")))
    written = write(mei, Choice(frozenset({Category.CONTENT})))
    lists = [name for name in written.namelist() if name.startswith("conversations/list/")]
    assert lists == [f"conversations/list/{number:05}.html" for number in (1, 2, 3)]
    [script] = [name for name in written.namelist() if name.startswith("reader/titles-")]
    assert len(json.loads(written.read(script).decode().removeprefix("zcodeTitles(").removesuffix(");\n"))) == 450
