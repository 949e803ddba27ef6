"""A file that names no conversation belongs to its message's, in whatever order they are sent, and goes with it."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.feed.ingest import ingest
from privacy_center.history.models import Conversation, File
from tests import cast, makers

TALK = makers.line("conversation", id="boats", title="Boats")
ASKED = makers.message("boats", "Which knot is this?", id="asked")
SHOWN = makers.message("boats", "", id="shown", parts=[{"type": "file", "file": "knot"}])
CAME_WITH = makers.line("file", id="knot", message="asked", name="knot.svg")
NAMED = makers.line("file", id="knot", name="knot.svg")


def feed(*records: dict[str, Any]) -> None:
    """Bring records in by the feed, in one call."""
    assert not ingest(makers.lines(records), issuer=cast.ISSUER).refused


def home_of_the_file() -> tuple[str, int]:
    """The conversation of the one file, and how many files that conversation counts."""
    found = File.get().conversation
    return found.external_id, found.file_count


@pytest.mark.parametrize("file, message", [(CAME_WITH, ASKED), (NAMED, SHOWN)], ids=["came with", "named by"])
def test_a_file_that_was_sent_first_waits_for_its_message(app: Any, file: dict[str, Any], message: dict[str, Any]) -> None:
    feed(file)
    assert File.get().conversation is None
    feed(TALK, message)
    assert home_of_the_file() == ("boats", 1)


def test_a_file_finds_the_message_that_was_sent_before(app: Any) -> None:
    feed(TALK, ASKED)
    feed(CAME_WITH)
    assert home_of_the_file() == ("boats", 1)


def test_a_file_finds_the_message_of_the_same_call(app: Any) -> None:
    feed(CAME_WITH, TALK, ASKED)
    assert home_of_the_file() == ("boats", 1)


def test_a_file_that_is_sent_again_stays_where_it_is(app: Any) -> None:
    feed(TALK, ASKED, CAME_WITH)
    feed({**CAME_WITH, "name": "bowline.svg"})
    assert (File.get().name, home_of_the_file()) == ("bowline.svg", ("boats", 1))


def test_the_conversation_that_a_file_names_itself_counts(app: Any) -> None:
    feed(TALK, makers.line("conversation", id="ropes"), ASKED, {**CAME_WITH, "conversation": "ropes"})
    assert home_of_the_file() == ("ropes", 1)
    assert Conversation.get(Conversation.external_id == "boats").file_count == 0
