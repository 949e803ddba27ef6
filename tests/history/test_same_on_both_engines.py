"""What a search finds, against reading every text: the same on each engine and by each way that it may take."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlencode

import pytest

from privacy_center.history import finding, hits, index
from privacy_center.history.models import Conversation, Message
from tests.conftest import Visitor
from tests.history.conftest import Feed, all_pages, talk, titles
from tests.makers import message

WORDS = ["retry", "key", "index", "café", "The", "支付", "回调", "重复", "支", "付", "a", "x1", "foo_bar", "wait.", "“quoted”"]
QUERIES = ["retry", "key index", '"retry key"', '"the key index"', "foo", "foo.bar", "cafe x1", "a a", "zebra"]
QUERIES += ["支付", "付回", "支付回调", "付", '"支付 retry"']


def corpus() -> dict[str, list[str]]:
    """Conversations and what is said in them, the same every time."""
    rng = random.Random(7)
    return {f"{rng.choice(WORDS)} {number}": [_sentence(rng) for _message in range(rng.randrange(4))] for number in range(70)}


def _sentence(rng: random.Random) -> str:
    return rng.choice([" ", "", "，"]).join(rng.choices(WORDS, k=rng.randrange(9)))


def stands_in(query: list[list[str]], text: str) -> bool:
    """Whether all terms stand in a text, by looking at each of its words."""
    words = index.words(text)
    return all(any(words[at : at + len(term)] == term for at in range(len(words))) for term in query)


def expected(typed: str, texts: dict[str, list[str]]) -> list[str]:
    """The titles of the conversations that a search must find, the newest first."""
    pieces = [piece for number, part in enumerate(typed.split('"')) for piece in ([part] if number % 2 else part.split())]
    query = [term for piece in pieces if (term := index.words(piece))]
    return [title for title, said in reversed(texts.items()) if any(stands_in(query, text) for text in [title, *said])]


@pytest.fixture(params=["as it is", "in small steps", "by the narrow", "by the index", "by walking"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way that a search can take through many or few hits, forced by moving the limits between them."""
    small: dict[str, list[tuple[Any, str, int]]] = {
        "as it is": [],
        "in small steps": [(finding, "AT_FIRST", 3), (finding, "AT_LEAST", 2), (finding, "AT_MOST", 4), (hits, "WALKED_FIRST", 5), (hits, "WALKED_AT_ONCE", 7)],
        "by the narrow": [(finding, "AT_FIRST", 1), (finding, "AT_MOST", 2), (finding, "AT_LEAST", 1), (finding, "NARROW_AFTER", 0)],
        "by the index": [(hits, "WALKED_FIRST", 1), (finding, "AT_FIRST", 5)],
        "by walking": [(hits, "WALKED_FIRST", 3), (hits, "FEW", 0), (finding, "AT_FIRST", 2)],
    }
    for module, name, value in small[request.param]:
        monkeypatch.setattr(module, name, value)
    return str(request.param)


def test_a_search_finds_what_reading_everything_would(as_mei: Visitor, feed: Feed, way: str) -> None:
    texts = corpus()
    feed(*(talk(title, minutes=minute, archived=minute % 7 == 0) for minute, title in enumerate(texts)))
    feed(*(message(title, text, minutes=minute) for minute, (title, said) in enumerate(texts.items()) for text in said))
    archived = set(list(texts)[::7])

    for typed in QUERIES:
        wanted = expected(typed, texts)
        assert [each for page in all_pages(as_mei, _address(typed)) for each in titles(page)] == wanted, typed
        narrowed = [each for page in all_pages(as_mei, _address(typed) + "&archived=yes") for each in titles(page)]
        assert narrowed == [title for title in wanted if title in archived], typed


def _address(typed: str) -> str:
    return f"/history?{urlencode({'q': typed})}"


def test_a_search_that_has_looked_far_says_so_and_goes_on(as_mei: Visitor, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in ((finding, "LOOKED_AT", 1), (finding, "AT_FIRST", 4), (finding, "NARROW_AFTER", 10**9), (hits, "WALKED_FIRST", 4)):
        monkeypatch.setattr(module, name, value)
    feed(*(talk(f"Talk {number}", minutes=number, model="rare" if number == 0 else "GLM-4.7") for number in range(40)))
    feed(*(message(f"Talk {number}", "pear", minutes=number) for number in range(40)))

    pages = list(all_pages(as_mei, "/history?q=pear&model=rare"))

    assert "So far we looked back to 1 November 2026." in pages[0]
    assert "Look further back" in pages[0]
    assert [title for page in pages for title in titles(page)] == ["Talk 0"]


def go_on_at_a_further_base(conversation: Conversation) -> None:
    """Give the title and the later half of the messages places at another base, as the feed does when one is used up."""
    further = conversation.search_base + (7 << index.MINUTE_SHIFT)
    later = list(Message.select().where(Message.conversation == conversation).order_by(Message.id))[5:]
    index.forget([conversation.search_base, *(each.search_id for each in later)])
    index.write([(further, index.prepared(conversation.title))])
    for place, each in enumerate(later, start=1):
        Message.update(search_id=further + place).where(Message.id == each.id).execute()
        index.write([(further + place, index.prepared(index.text_of(each.parts)))])
    Conversation.update(search_base=further, search_count=index.PLACES + len(later)).where(Conversation.id == conversation.id).execute()


def test_a_conversation_whose_words_stand_at_two_bases_is_found_once(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Long"), *(message("Long", "old pear" if number < 3 else "new pear", minutes=number) for number in range(9)))
    feed(talk("Short", minutes=1), message("Short", "pear", minutes=1))
    go_on_at_a_further_base(Conversation.get(Conversation.external_id == "Long"))

    assert [title for page in all_pages(as_mei, "/history?q=pear") for title in titles(page)] == ["Long", "Short"]
    assert titles(as_mei.get("/history?q=old").text) == ["Long"]
    assert titles(as_mei.get("/history?q=Long").text) == ["Long"]
