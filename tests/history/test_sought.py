"""What is typed into the search, as words; and where they stand in a text, just as the index sees it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy_center.history import index, sought

# Letters with accents in one piece and in two, ligatures, hangul in one piece and in pieces, figures of other scripts.
LETTERS = "aé e\u0301支付Ａ_-x1ß㎏ﬁ\u1112\u1161\u11ab한١ İIı,。\n"
texts = st.text(LETTERS, max_size=16)


def stands(text: str, typed: str) -> list[str]:
    """The pieces of the text that a search would mark."""
    return [text[begin:end] for begin, end in sought.read(typed).spans(text)]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("retry key", (("retry",), ("key",))),
        ('"retry  the" key', (("retry", "the"), ("key",))),
        ("“唯一 索引”", (("唯", "一", "索", "引"),)),
        ("foo.bar", (("foo", "bar"),)),
        ("retry Retry RETRY", (("retry",),)),
        ('"unbalanced word', (("unbalanced",), ("word",))),
        ("!!! ... ", ()),
        ('""', ()),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, terms: tuple[tuple[str, ...], ...]) -> None:
    assert sought.read(typed).terms == terms


def test_a_search_that_never_ends_is_shortened() -> None:
    found = sought.read("word " * 3 + " ".join(f"w{number}" for number in range(500)))

    assert found.shortened
    assert sum(map(len, found.terms)) == sought.MOST_WORDS


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Retry, then re-try.", "retry", ["Retry"]),
        ("cafe\u0301s Cafe\u0301!", "café", ["Cafe\u0301"]),
        ("请看支付，回调支 付。", "支付", ["支付", "支 付"]),
        ("ﬁle ﬁles", "file", ["ﬁle"]),
        ("STRASSE Straße", "straße", ["STRASSE", "Straße"]),
        ("a b a b a", '"a b" "b a"', ["a b", "a b"]),
        ("xa a a", '"a a"', ["a a"]),
        ("nothing", "noth", []),
    ],
)
def test_the_words_are_marked_where_they_stand(text: str, typed: str, marked: list[str]) -> None:
    assert stands(text, typed) == marked


@given(texts, texts)
def test_marking_agrees_with_what_the_index_finds(text: str, typed: str) -> None:
    term = tuple(index.words(typed))[:3]
    if not term:
        return
    found, words = sought.Sought((term,)), index.words(text)
    held = holds(words, term)

    assert found.in_text(text) == held
    assert bool(found.spans(text)) == held
    # Letters that are written as one, as in Hangul, are marked together.
    assert all(holds(index.words(text[begin:end]), term) for begin, end in found.spans(text))


def holds(words: list[str], term: tuple[str, ...]) -> bool:
    """Whether the words of a term stand in a row among these."""
    return any(tuple(words[at : at + len(term)]) == term for at in range(len(words)))


def test_the_index_writes_plain_letters_as_they_are_or_leaves_them_out() -> None:
    for letter in filter(sought.PLAIN.fullmatch, map(chr, range(0x110000))):
        alone = index.CHINESE_JAPANESE_KOREAN.match(letter) and letter.isalnum()
        written = letter if letter.isascii() else f" {letter} " if alone else " "
        assert re.sub(" +", " ", index.folded(letter)) == written, hex(ord(letter))


@given(st.text("a b_支付，x1—한カ…", max_size=16), st.text("a b_支付，x1—한カ…", max_size=6))
def test_plain_text_searched_as_it_stands_gives_what_folding_it_would(text: str, typed: str) -> None:
    found = sought.read(typed)

    assert sought.PLAIN.fullmatch(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sought, "PLAIN", re.compile("(?!)"))
        folded = found.spans(text)
    assert found.spans(text) == folded


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_and_no_search_is_too_strange(text: str, typed: str) -> None:
    found = sought.read(typed)

    assert all(0 <= begin < end <= len(text) for begin, end in found.spans(text))
    assert set(found.for_sqlite()) & set("*^:(){}+-") == set()
