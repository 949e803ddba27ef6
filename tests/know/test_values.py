"""Values in words: by their kind, nested as facts, and bounded however large they are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy_center.accounts.models import User
from privacy_center.core import audit
from privacy_center.core.db import JSONText
from privacy_center.datamap.words import Kind, Note, Shape
from privacy_center.history.models import Conversation, File, Message
from privacy_center.know.values import ALONE, LISTED, Value, in_words, plain
from privacy_center.telemetry.models import Device
from tests.conftest import BASE_URL, Visitor
from tests.know.rows import address, filled, shown

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inside: st.lists(inside, max_size=6) | st.dictionaries(TEXT, inside, max_size=6),
    max_leaves=40,
)


def facts(value: Value) -> dict[str, str]:
    """The terms and the texts beside them."""
    return {term: truth.text for term, truth in value.facts}


def parts(*found: Any) -> list[tuple[str, Value]]:
    """The parts of a message in words."""
    return in_words(JSONText(), Note(Kind.PERSONAL, "Words", shape=Shape.PARTS), list(found), LISTED).facts


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "Yes"), (False, "No"), (1284, "1,284"), (0.5, "0.5"), ("text", "text"), ("\x1b[0m", "␛[0m"), ("a\x00b", "a␀b"), ("two\n\tlines", "two\n\tlines")],
)
def test_plain_values_are_words(app: Flask, value: Any, words: str) -> None:
    with app.test_request_context(base_url=BASE_URL):
        assert plain(value, LISTED).text == words


def test_nothing_and_emptiness_are_told_apart(app: Flask) -> None:
    assert [plain(value, LISTED).kind for value in (None, "", [], {})] == ["nothing", "empty", "empty", "empty"]


def test_json_is_facts_within_facts(app: Flask) -> None:
    with app.test_request_context(base_url=BASE_URL):
        value = plain({"card": {"brand": "visa", "default": True}, "tries": [1, 2]}, LISTED)

    assert facts(dict(value.facts)["card"]) == {"brand": "visa", "default": "Yes"}
    assert [each.text for each in dict(value.facts)["tries"].items] == ["1", "2"]


def test_the_parts_of_a_message_are_named(app: Flask) -> None:
    with app.test_request_context(base_url=BASE_URL):
        found = parts(
            {"type": "text", "text": "Done."},
            {"type": "reasoning", "text": "It waits."},
            {"type": "tool", "name": "bash", "call": "c1", "input": {"command": "ls"}, "output": "a.txt"},
            {"type": "file", "file": "file-7"},
        )

    assert [(term, value.line) for term, value in found] == [("Words", "Done."), ("Reasoning", "It waits."), ("Tool", "bash"), ("File", "file-7")]
    assert [term for term, _value in found[2][1].facts] == ["Name", "Call", "Input", "Output"]


@pytest.mark.parametrize("odd", [{}, {"type": "new"}, "text", None, 7, {"type": "text"}, {"type": "tool"}, []])
def test_parts_of_an_unknown_kind_are_shown_all_the_same(app: Flask, odd: Any) -> None:
    with app.test_request_context(base_url=BASE_URL):
        assert len(parts(odd)) == 1


@given(value=JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_whatever_json_says_can_be_shown(app: Flask, value: Any) -> None:
    macros = app.jinja_env.get_template("know/_tell.html").module
    with app.test_request_context(base_url=BASE_URL):
        for limits in (LISTED, ALONE):
            macros.value(plain(value, limits), "/whole")  # type: ignore[attr-defined]


def test_json_too_deep_or_too_wide_to_follow_is_shown_as_it_is(app: Flask) -> None:
    deep: Any = "bottom"
    for _ in range(200):
        deep = [deep]
    with app.test_request_context(base_url=BASE_URL):
        assert json.loads(plain({str(n): n for n in range(500)}, ALONE).text)["499"] == 499
        assert "bottom" in "".join(texts(plain(deep, ALONE)))


def texts(value: Value) -> list[str]:
    """Every text in a value."""
    return [value.text, *(text for each in [*(truth for _term, truth in value.facts), *value.items] for text in texts(each))]


def test_a_page_of_huge_records_stays_small(as_mei: Visitor, mei: User) -> None:
    conversation = filled(Conversation, mei)
    for number in range(25):
        words = [{"type": "text", "text": "word " * 100_000}] * 2 + [{"type": "tool", "name": "bash", "output": ["line"] * 50_000}]
        filled(Message, mei, number, conversation=conversation, parts=words)

    page = as_mei.get(address(Message))

    assert page.status_code == 200 and len(page.data) < 400_000


def test_a_message_of_very_many_parts_says_how_many_are_left_out(as_mei: Visitor, mei: User) -> None:
    row = filled(Message, mei, parts=[{"type": "text", "text": f"part {number}"} for number in range(1000)])

    page = as_mei.get(address(Message)).text

    assert f'href="{address(Message)}/{row.id}">992 more</a>' in page
    assert "part 999" in as_mei.get(f"{address(Message)}/{row.id}").text


def test_sizes_and_spans_are_told_as_people_say_them(as_mei: Visitor, mei: User) -> None:
    filled(File, mei, size=4_200_000)
    filled(Device, mei, uptime_seconds=90_061)

    assert '4.2 MB <small class="beside">4,200,000 bytes</small>' in shown(as_mei.get(address(File)))
    assert "1 d 1 h 1 min" in shown(as_mei.get(address(Device)))


def test_codes_are_told_in_the_words_of_the_data_map(as_mei: Visitor, mei: User) -> None:
    filled(Message, mei, role="assistant")
    filled(Conversation, mei, 2, source="cli")

    assert '<dt>Who speaks</dt><dd><span class="said">ZCode</span>' in shown(as_mei.get(address(Message)))
    assert "Terminal" in shown(as_mei.get(address(Conversation)))


def test_acts_upon_data_are_told_in_words(as_mei: Visitor, mei: User) -> None:
    audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    audit.write("record opened", actor="staff:3", person=mei.id, reason="You asked for it.")

    page = shown(as_mei.get(address(audit.AuditEntry)))

    assert ">Signed in</td>" in page and ">You</td>" in page
    assert ">record opened</td>" in page and ">Our staff, number 3</td>" in page
