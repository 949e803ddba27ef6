"""The demo people's data: whole, the same every time, and loaded once."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask

from privacy_center.accounts.models import Tombstone, User
from privacy_center.core import clock
from privacy_center.history.models import Conversation, Message
from privacy_center.sandbox import demo
from privacy_center.sandbox.demo.lives import life_of
from privacy_center.sandbox.people import PEOPLE
from privacy_center.subscription.models import Order
from tests.conftest import ISSUER


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the people with little data exist, so that a test is quick."""
    monkeypatch.setattr(demo, "PEOPLE", [each for each in PEOPLE if each.subject in ("zai-alex", "zai-olga", "zai-sam")])


def test_the_feed_takes_everything(app: Flask) -> None:
    loaded = demo.load(ISSUER)

    assert loaded.refused == []
    assert loaded.names == [each.name for each in PEOPLE]


def test_loading_again_changes_nothing(app: Flask, few: None) -> None:
    demo.load(ISSUER)
    before = [(each.external_id, each.updated_at) for each in Conversation.select().order_by(Conversation.id)]

    assert demo.load(ISSUER).names == []
    assert [(each.external_id, each.updated_at) for each in Conversation.select().order_by(Conversation.id)] == before


def test_who_broke_off_half_way_gets_the_rest_the_next_time(app: Flask, few: None) -> None:
    User.open(ISSUER, "zai-alex", email="alex@example.com")  # signed in, but the feed has not brought the account yet

    assert "Alex Okafor" in demo.load(ISSUER).names


def test_an_erased_person_does_not_come_back(app: Flask, few: None) -> None:
    Tombstone.raise_for("account", ISSUER, "zai-alex")

    assert "Alex Okafor" not in demo.load(ISSUER).names
    assert User.known(ISSUER, "zai-alex") is None


def test_olga_holds_nothing_but_her_account(app: Flask, few: None) -> None:
    demo.load(ISSUER)
    olga = User.known(ISSUER, "zai-olga")

    assert olga.name == "Olga Nowak"
    assert Conversation.owned_by(olga).count() == 0


def test_sam_is_past_due(app: Flask, few: None) -> None:
    demo.load(ISSUER)
    newest = Order.select().join(User).where(User.subject == "zai-sam").order_by(Order.payment_created_at.desc()).get()

    assert (newest.payment_status, newest.subscription_status) == ("FAIL", "PAST_DUE")


def test_the_same_moment_gives_the_same_lines() -> None:
    now = clock.now()

    assert list(life_of(PEOPLE[0], now)) == list(life_of(PEOPLE[0], now))


def test_nothing_happens_in_the_future() -> None:
    now = clock.now()
    times = [line[name] for person in PEOPLE for line in life_of(person, now) for name in line if name.endswith("_at")]

    assert max(times) <= now.isoformat()


def test_mei_has_some_of_everything_that_a_page_must_bear() -> None:
    lines = list(life_of(PEOPLE[0], clock.now()))
    conversations = [line for line in lines if line["type"] == "conversation"]
    messages = Counter(line["conversation"] for line in lines if line["type"] == "message")

    assert len(conversations) > 250
    assert max(messages.values()) >= 1200
    assert any(not messages[each["id"]] for each in conversations)
    assert any(not each["title"] for each in conversations)
    assert any(each["parent"] for each in conversations)
    assert any(each["archived"] for each in conversations)
    assert any("<script>" in each["title"] for each in conversations)


def test_edits_make_branches() -> None:
    messages = [line for line in life_of(PEOPLE[0], clock.now()) if line["type"] == "message" and line["parent"]]
    children = Counter(each["parent"] for each in messages)

    assert sum(count > 1 for count in children.values()) > 5


def test_every_message_answers_one_of_its_own_conversation() -> None:
    for person in PEOPLE:
        messages = {line["id"]: line for line in life_of(person, clock.now()) if line["type"] == "message"}
        parents = [(each, messages[each["parent"]]) for each in messages.values() if each["parent"]]
        assert all(each["conversation"] == parent["conversation"] for each, parent in parents)


def test_words_of_scenarios_are_found_in_the_history(app: Flask, few: None) -> None:
    demo.load(ISSUER)
    texts = [part["text"] for message in Message.select() for part in message.parts if part["type"] == "text"]

    assert any("retry" in text for text in texts)
    assert not any("«" in text for text in texts)


def test_the_command_says_in_one_line_what_it_loaded(app: Flask, few: None) -> None:
    runner = app.test_cli_runner()

    assert "Loaded Alex Okafor" in runner.invoke(args=["demo"]).output
    assert runner.invoke(args=["demo"]).output == "The demo people are here already.\n"
