"""Searching: what is found, what isn't, in which order, and that nothing typed can break it."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy_center.accounts.models import User
from tests import cast
from tests.conftest import Visitor
from tests.history.conftest import Feed, all_pages, hrefs, message_number, number_of, talk, titles, words_of
from tests.makers import message


def find(visitor: Visitor, words: str, **more: str) -> list[str]:
    """The titles that a search shows on its first page."""
    return titles(visitor.get("/history", query_string={"q": words, **more}).text)


def test_words_are_found_in_titles_and_in_messages(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Payment retry"), talk("Other", minutes=1), message("Other", "Give the retry the same key.", minutes=1), talk("None"))

    assert find(as_mei, "retry") == ["Other", "Payment retry"]
    assert find(as_mei, "RETRY key") == ["Other"]


def test_all_words_must_stand_in_the_same_message_or_title(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("A"), message("A", "apple"), message("A", "pear"), talk("B"), message("B", "a pear and an apple"))

    assert find(as_mei, "apple pear") == ["B"]


@pytest.mark.parametrize("typed", ['"unique index"', "“unique index”", "「unique index」", "unique-index", "unique.index", "UNIQUE/Index"])
def test_words_in_a_row_are_found_only_in_a_row(as_mei: Visitor, feed: Feed, typed: str) -> None:
    feed(talk("A"), message("A", "The unique index refuses."), talk("B"), message("B", "The index is unique, index it."), talk("C"))
    feed(message("C", "An index that is unique."))

    assert sorted(find(as_mei, typed)) == ["A", "B"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("支", ["三", "一"]),
        ("支付", ["三", "一"]),
        ("付回", ["一"]),
        ("支付回", ["一"]),
        ("支付回调", ["一"]),
        ("回支", []),
        ("支付 调试", ["三"]),
        ("用Python写", ["二"]),
        ("python", ["二"]),
        ("的", ["三", "二"]),
    ],
)
def test_chinese_words_of_any_length_are_found(as_mei: Visitor, feed: Feed, typed: str, found: list[str]) -> None:
    feed(talk("一"), message("一", "支付回调为什么重复？"), talk("二", minutes=1), message("二", "请用Python写一个简单的脚本。"))
    feed(talk("三", minutes=2), message("三", "支付接口的调试"))

    assert find(as_mei, typed) == found


@pytest.mark.parametrize("typed", ["cafe", "café", "CAFÉ", "cafe\u0301", "ｃａｆｅ"])
def test_accents_case_and_width_make_no_difference(as_mei: Visitor, feed: Feed, typed: str) -> None:
    feed(talk("A"), message("A", "Un café au lait."), talk("B"), message("B", "cafeteria"))

    assert find(as_mei, typed) == ["A"]


def test_the_words_are_marked_in_title_and_passage(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("The <b>retry</b>"), message("The <b>retry</b>", "x " * 200 + "Give the **Retry** the same key & wait. " + "y " * 200))

    page = as_mei.get("/history?q=retry").text

    assert "The &lt;b&gt;<mark>retry</mark>&lt;/b&gt;</a>" in page
    assert "x Give the <mark>Retry</mark> the same key &amp; wait. y" in page
    assert "1 conversation with “retry”" in page


def test_a_result_leads_to_the_message_and_the_words_are_marked_there(as_mei: Visitor, feed: Feed) -> None:
    feed(*(message("Long", f"step {number}", minutes=number) for number in range(120)), dict(message("Long", "the needle", minutes=70), id="hit"))
    [href] = hrefs(as_mei.get("/history?q=needle").text)
    hit = message_number("hit")
    assert href == f"/history/{number_of('Long')}?q=needle&branch={hit}#m{hit}"

    page = as_mei.get(href).text

    assert f'id="m{hit}"' in page
    assert "the <mark>needle</mark>" in page
    assert "Messages 51 to 100 of 121" in page
    assert 'href="/history?q=needle">Conversations with “needle”' in page


def test_a_search_shows_all_it_finds_once_and_the_newest_first(as_mei: Visitor, feed: Feed) -> None:
    feed(*(talk(f"Talk {number}", minutes=number // 3) for number in range(60)))
    feed(*(message(f"Talk {number % 60}", "pear", minutes=number) for number in range(120)))

    shown = [title for page in all_pages(as_mei, "/history?q=pear") for title in titles(page)]

    assert len(shown) == 60
    assert len(set(shown)) == 60
    assert [title.removeprefix("Talk ") for title in shown[:3]] == ["59", "58", "57"]


def test_filters_narrow_a_search(as_mei: Visitor, feed: Feed) -> None:
    feed(*(talk(f"Talk {number}", minutes=number, model="GLM-4.7" if number % 9 else "rare") for number in range(60)))
    feed(*(message(f"Talk {number}", "pear", minutes=number) for number in range(60)))

    assert find(as_mei, "pear", model="rare") == [f"Talk {number}" for number in (54, 45, 36, 27, 18, 9, 0)]
    assert find(as_mei, "pear", to="2026-10-31") == []


def test_a_message_that_was_changed_is_found_by_its_new_words_only(as_mei: Visitor, feed: Feed) -> None:
    first = message("A", "apple")
    feed(talk("A"), first, {**first, "parts": [{"type": "text", "text": "pear"}]})

    assert find(as_mei, "apple") == []
    assert find(as_mei, "pear") == ["A"]


def test_nobody_finds_what_is_somebody_elses(as_mei: Visitor, as_mallory: Visitor, feed: Feed) -> None:
    feed(message("A", "secret pear"), message("B", "secret plum", user="zai-mallory"))

    assert len(find(as_mei, "secret")) == 1
    assert find(as_mallory, "pear") == []
    assert find(as_mei, "plum") == []


def test_finding_nothing_says_where_was_looked(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("A"))

    page = words_of(as_mei.get("/history?q=apple+pear&model=GLM-4.7").text)

    assert "No conversation has “apple pear” in it" in page
    assert "Search for one of them: apple , pear" in page
    assert "Search everywhere" in page


def test_typing_no_word_at_all_is_told(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("A"))

    assert "There is no word in “?!”" in as_mei.get("/history?q=?!").text


def test_a_very_long_search_uses_its_first_words(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("A"), message("A", " ".join(f"w{number}" for number in range(24))))

    page = as_mei.get("/history", query_string={"q": " ".join(f"w{number}" for number in range(50))}).text

    assert titles(page) == ["A"]
    assert "its first words only" in page


HOSTILE = ['"', "'", "*", "a*", "^a", "a AND", "NOT", "a NEAR b", "NEAR(a b)", "words:a", "-a", "{a}", "a:b", "a\0b", "%", "_", "\\", "--", ";", "()"]
HOSTILE += ["🙂", "\u202e", '"unbalanced', "“", "a" * 5000, "汉" * 300, "OR OR OR", "' OR 1=1 --", "ａ\u0300", "\ud7ff\ue000", "{a,b}", "words[1]"]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_breaks_the_search(as_mei: Visitor, feed: Feed, typed: str) -> None:
    feed(talk("A"), message("A", "and not near or words"))

    assert as_mei.get("/history", query_string={"q": typed}).status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60), model=st.text(max_size=10), after=st.text(max_size=20))
def test_nothing_at_all_breaks_the_search(app: Flask, typed: str, model: str, after: str) -> None:
    mei = User.known(cast.ISSUER, "zai-mei") or cast.mei()
    visitor = app.test_client().sign_in(mei)  # type: ignore[attr-defined]

    assert visitor.get("/history", query_string={"q": typed, "model": model, "after": after}).status_code == 200
