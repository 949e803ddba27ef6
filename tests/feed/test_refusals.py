"""Lines that are refused: each with a reason that says what to do, and nothing of them is stored."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.feed.lines import LONGEST_LINE
from privacy_center.feed.reading import Record, Refusal, read
from tests.makers import line, lines


def why(record: Any) -> str:
    """Why a line is refused."""
    said = read((7, lines([record])[0]))
    assert isinstance(said, Refusal), said
    assert said.line == 7
    return said.reason


@pytest.mark.parametrize(
    ("bytes_", "reason"),
    [
        (b"nonsense", "is not JSON"),
        (b'{"type": "message"', "is not JSON"),
        (b'{"type": NaN}', "is not JSON"),
        (b'{"a": "\\ud800"}', "is not JSON: no low surrogate"),
        (b'{"a": 1e999}', "is not JSON"),
        (b'{"a": "\xff"}', "is not UTF-8 at byte 8"),
        (b'{"a": "\xed\xa0\x80"}', "is not UTF-8"),
        (b"[" * 2000 + b"]" * 2000, "is not JSON: depth"),
        (b"[]", "is not an object"),
        (b'"text"', "is not an object"),
        (b"null", "is not an object"),
        (b"{}", "lacks type"),
        (b'{"type": null}', "lacks type"),
        (b'{"type": "sandwich"}', "type must be one of user, conversation, message"),
        (b'{"type": ["user"]}', "type must be one of"),
        (b'{"type": 5}', "type must be one of"),
    ],
)
def test_a_line_that_is_no_record_is_refused(bytes_: bytes, reason: str) -> None:
    assert why(bytes_).startswith(reason)


def test_a_line_as_long_as_allowed_is_read_and_a_longer_one_is_not() -> None:
    record = line("correspondence", body="")
    short = lines([record])[0]
    longest = lines([{**record, "body": "x" * (LONGEST_LINE - len(short))}])[0]

    assert len(longest) == LONGEST_LINE
    assert isinstance(read((1, longest + b"\r\n")), Record)
    assert why(longest + b" ") == "is longer than 8 MiB"


def test_everything_that_is_missing_is_named_at_once() -> None:
    assert why({"type": "message"}) == "lacks id, user, conversation, role, created_at, parts"


def test_everything_that_is_wrong_is_named_at_once() -> None:
    reason = why(line("message", role="robot", created_at=5, mood="glad"))

    assert "mood, which the feed does not name" in reason
    assert "role must be one of user, assistant, tool, system" in reason
    assert "created_at must be a time" in reason


@pytest.mark.parametrize("type_", ["user", "conversation", "message", "file", "device", "usage_event", "feedback", "log_entry", "order", "correspondence"])
def test_a_field_that_the_feed_does_not_name_is_refused_by_name(type_: str) -> None:
    assert "carries shoe_size, which the feed does not name" in why(line(type_, shoe_size=39))


def test_feedback_that_names_a_user_is_refused() -> None:
    assert "carries user" in why({**line("feedback"), "user": "zai-mei"})


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ("words", "parts must be a list"),
        ({}, "parts must be a list"),
        ([None], "parts[0] must be an object"),
        ([{"type": "text", "text": "a"}, {"type": "text", "text": 5}], "parts[1].text must be text"),
        ([{"type": "text"}], "parts[0] lacks text"),
        ([{"text": "a"}], "parts[0].type must be one of text, reasoning, tool, file"),
        ([{"type": "image", "url": "x"}], "parts[0].type must be one of"),
        ([{"type": {}}], "parts[0].type must be one of"),
        ([{"type": "text", "text": "a", "colour": "red"}], "parts[0] carries colour"),
        ([{"type": "reasoning", "text": "a", "signature": "x"}], "parts[0] carries signature"),
        ([{"type": "tool", "name": "bash"}], "parts[0] lacks call"),
        ([{"type": "file", "file": ""}], "parts[0].file must be text of 1 to 200 characters"),
    ],
)
def test_a_part_that_is_wrong_is_found_by_its_place(parts: Any, reason: str) -> None:
    assert reason in why(line("message", parts=parts))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"cpu": {"model": "M5"}}, "cpu lacks frequency, architecture"),
        ({"cpu": {"model": "M5", "frequency": 1, "architecture": "arm64", "cores": 8}}, "cpu carries cores"),
        ({"cpu": "M5"}, "cpu must be an object"),
        ({"application": None}, "lacks application"),
        ({"application": {"name": "ZCode", "version": 3}}, "application.version must be text"),
    ],
)
def test_what_is_wrong_inside_a_device_is_found_by_its_way(fields: dict[str, Any], reason: str) -> None:
    assert reason in why(line("device", **fields))


def test_an_attachment_without_contents_is_refused() -> None:
    assert "attachments[0] lacks content_base64" in why(line("feedback", attachments=[{"name": "a", "media_type": "b"}]))


def test_a_tool_that_nests_too_deep_is_refused() -> None:
    deep: Any = {}
    for _ in range(100):
        deep = {"a": deep}
    reason = why(line("message", parts=[{"type": "tool", "name": "bash", "call": "1", "input": deep}]))

    assert reason == "parts[0].input must not nest deeper than 64 levels"


@pytest.mark.parametrize(
    ("record", "where"),
    [
        (line("correspondence", body="a\0b"), "body"),
        (line("message", parts=[{"type": "text", "text": "\0"}]), "parts[0].text"),
        (line("usage_event", event_extension={"a": [1, {"b": "\0"}]}), "event_extension.a[1].b"),
        (line("usage_event", event_extension={"a\0": 1}), "a name in event_extension"),
        (line("conversation", id="a\0"), "id"),
    ],
)
def test_the_character_that_no_database_keeps_is_refused(record: dict[str, Any], where: str) -> None:
    assert why(record) == f"has the character NUL in {where}, which can't be stored"


def test_a_text_that_only_speaks_of_that_character_is_taken() -> None:
    assert isinstance(read((1, lines([line("correspondence", body="write \\u0000")])[0])), Record)


def test_a_refusal_says_which_record_it_was() -> None:
    refusal = read((3, lines([line("order", id="o-1", price=5)])[0]))

    assert refusal == Refusal(3, "order", "o-1", 'price must be an amount as decimal text, like "18.00"')


def test_names_that_nobody_knows_are_made_safe_to_print_and_few() -> None:
    reason = why({**line("order"), **{f"\x1b[31m{number}{'x' * 500}": 1 for number in range(500)}})

    assert len(reason) < 1000
    assert reason.isprintable()
    assert "and 490 more" in reason


def test_a_byte_order_mark_before_the_first_line_is_overlooked() -> None:
    marked = b"\xef\xbb\xbf" + lines([line("user")])[0]

    assert isinstance(read((1, marked)), Record)
    assert isinstance(read((2, marked)), Refusal)


def test_a_refused_line_opens_no_account(refused: Any) -> None:
    refused(line("message", user="zai-nobody", role="robot"))

    assert User.select().count() == 0
