"""Two calls at the same time end as if one had come after the other."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask

from privacy_center.core import storage
from privacy_center.feed.ingest import Outcome, ingest
from privacy_center.feed.schema import TYPES
from privacy_center.history.models import Conversation, File, Message
from privacy_center.telemetry.models import FeedbackAttachment
from tests import together
from tests.cast import ISSUER
from tests.makers import line, lines, message

ENCODED = base64.b64encode(b"hello").decode()


@pytest.fixture
def at_once(app: Flask) -> Callable[..., list[Outcome]]:
    """Sends several calls at the same time, each on its own connection."""

    def sending(*calls: list[Any]) -> list[Outcome]:
        outcomes = together.at_once(*[partial(ingest, lines(call), issuer=ISSUER) for call in calls])
        assert all(isinstance(each, Outcome) for each in outcomes), outcomes
        return outcomes

    return sending


def everything() -> list[dict[str, Any]]:
    """Records of every type, of several people, with a conversation of some length."""
    said = [message(f"c{number % 7}", f"word{number}", minutes=number, id=f"m{number}", user=f"zai-{number % 3}") for number in range(150)]
    file = line("file", id="f", content_base64=ENCODED, size=5, sha256=hashlib.sha256(b"hello").hexdigest())
    feedback = line("feedback", id="fb", attachments=[{"name": "a", "media_type": "b", "content_base64": ENCODED}])
    return [*said, *(line(type_, id="it") for type_ in TYPES), file, feedback]


def test_the_same_lines_twice_at_once_are_stored_once(at_once: Callable[..., list[Outcome]]) -> None:
    records = everything()
    outcomes = at_once(records, records, list(reversed(records)))

    assert sum(each.stored for each in outcomes) == len(records)
    assert sum(each.unchanged for each in outcomes) == 2 * len(records)
    assert Message.select().count() == 151
    for conversation in Conversation.select():
        assert conversation.message_count == conversation.messages.count()
    kept = {key for page in storage.listed("files/") for key, _at in page}
    assert {File.get(File.external_id == "f").storage_key, FeedbackAttachment.get().storage_key} <= kept


def test_new_conversations_of_one_minute_find_places_of_their_own(at_once: Callable[..., list[Outcome]]) -> None:
    calls = [[line("conversation", id=f"{call}-{number}") for number in range(60)] for call in range(3)]
    at_once(*calls)

    assert len({each.search_base for each in Conversation.select()}) == 180


def test_of_two_different_lines_one_is_the_last_and_its_contents_are_kept(at_once: Callable[..., list[Outcome]]) -> None:
    def version(contents: bytes) -> dict[str, Any]:
        checked = {"size": len(contents), "sha256": hashlib.sha256(contents).hexdigest()}
        return line("file", id="f", content_base64=base64.b64encode(contents).decode(), **checked)

    at_once(*[[version(bytes([number])) for number in range(20)] for _ in range(2)])

    file = File.get()
    assert hashlib.sha256(b"".join(storage.read(file.storage_key))).hexdigest() == file.sha256
