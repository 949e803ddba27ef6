"""What the history's tests start from: a way to send records in, and one to read what a list shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings

from privacy_center.feed.ingest import ingest
from privacy_center.history.models import Conversation, Message
from tests.cast import ISSUER
from tests.conftest import Visitor
from tests.makers import NOON, iso, line, lines

settings.register_profile("history", deadline=None, database=None)
settings.load_profile("history")

ROW = re.compile(r'<h3><a id="c\d+" href="([^"]+)">(.*?)</a></h3>', re.DOTALL)
OLDER = re.compile(r'rel="next" href="([^"]+)"')
TAG = re.compile(r"<[^>]+>")

Feed = Callable[..., None]


@pytest.fixture
def feed(app: Flask) -> Feed:
    """Sends records in one call; all must be good."""

    def send(*records: dict[str, Any]) -> None:
        outcome = ingest(lines(records), issuer=ISSUER)
        assert not outcome.refused, outcome.refused

    return send


def talk(name: str, *, minutes: int = 0, **fields: Any) -> dict[str, Any]:
    """A conversation that begins and ends so many minutes after noon."""
    at = iso(NOON + timedelta(minutes=minutes))
    return line("conversation", **{"id": name, "title": name, "created_at": at, "updated_at": at, **fields})


def number_of(name: str) -> int:
    """The number of the conversation that the feed calls so."""
    return Conversation.get(Conversation.external_id == name).id


def message_number(name: str) -> int:
    """The number of the message that the feed calls so."""
    return Message.get(Message.external_id == name).id


def titles(page: str) -> list[str]:
    """The titles in the list, from the top."""
    return [unescape(TAG.sub("", title)) for _href, title in ROW.findall(page)]


def hrefs(page: str) -> list[str]:
    """Where the rows of the list lead, from the top."""
    return [unescape(href) for href, _title in ROW.findall(page)]


def older(page: str) -> str | None:
    """The address of the next page of the list."""
    found = OLDER.search(page)
    return unescape(found.group(1)) if found else None


def all_pages(visitor: Visitor, address: str) -> Iterator[str]:
    """The page at the address and all that follow it."""
    following: str | None = address
    while following:
        page = visitor.get(following).text
        yield page
        following = older(page)


def words_of(page: str) -> str:
    """What a person reads on the page, its white space made one."""
    body = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(TAG.sub(" ", body)).split())
