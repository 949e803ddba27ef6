"""What the search index takes for a word: the same on both engines, whatever script it is written in."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator

import cysqlite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_center.history import index
from privacy_center.history.index import Letters, folded, text_of, words, words_for_postgresql, words_for_sqlite


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Retry the WEBHOOK, twice", ["retry", "the", "webhook", "twice"]),
        ("snake_case and kebab-case v2.0", ["snake", "case", "and", "kebab", "case", "v2", "0"]),
        ("don’t — “quoted” … done", ["don", "t", "quoted", "done"]),
        ("Café Ångström Đà Nẵng Straße", ["cafe", "angstrom", "đa", "nang", "strasse"]),
        ("cafe\u0301", ["cafe"]),
        ("İstanbul ΣΊΣΥΦΟΣ Ёлка", ["istanbul", "σισυφοσ", "елка"]),
        ("重试失败", ["重", "试", "失", "败"]),
        ("用Python写，GLM-5", ["用", "python", "写", "glm", "5"]),
        ("カタカナとひらがな", list("カタカナとひらがな")),
        ("か\u3099", ["が"]),
        ("한국어", ["한", "국", "어"]),
        (unicodedata.normalize("NFD", "한국어"), ["한", "국", "어"]),
        ("ＧＬＭ－５ ①", ["glm", "5", "1"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
        ("done🤖now 🎉", ["done", "now"]),
        ("ﬁle", ["file"]),
        ("x\ny\tz", ["x", "y", "z"]),
    ],
)
def test_a_text_is_split_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_plain_text_goes_to_sqlite_as_it_is() -> None:
    assert words_for_sqlite("Nothing to Do_here") == "Nothing to Do_here"


def test_for_postgresql_each_word_is_marked_with_its_user_once() -> None:
    assert words_for_postgresql(7, "to be or not to be") == ["7:be", "7:not", "7:or", "7:to"]


def test_for_postgresql_neighbours_in_chinese_stand_as_pairs_too() -> None:
    assert words_for_postgresql(7, "重试x") == ["7:x", "7:试", "7:重", "7:重试"]


def test_for_postgresql_a_very_long_word_is_kept_by_its_beginning() -> None:
    assert words_for_postgresql(7, "x" * 3000) == ["7:" + "x" * 64]


def test_of_a_message_what_was_said_and_thought_is_indexed() -> None:
    parts = [
        {"type": "reasoning", "text": "thinking"},
        {"type": "tool", "name": "bash", "call": "1", "output": "tool"},
        {"type": "file", "file": "f"},
        {"type": "text", "text": "speaking"},
    ]
    assert text_of(parts) == "thinking\nspeaking"
    assert text_of([]) == ""


def test_the_table_of_letters_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "KNOWN_LETTERS", 10)
    letters = Letters()
    for code in range(0x4E00, 0x4E40):
        assert letters[code] == f" {chr(code)} "

    assert len(letters) <= 10


class Tokenizer:
    """FTS5's own tokenizer, with the settings of the index."""

    def __init__(self) -> None:
        self.connection = cysqlite.connect(":memory:")
        self.connection.execute("CREATE VIRTUAL TABLE t USING fts5(words, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 2\")")
        self.connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")

    def split(self, text: str) -> list[str]:
        """The words that FTS5 makes of a text."""
        self.connection.execute("INSERT INTO t (rowid, words) VALUES (1, ?)", (text,))
        found = [row[0] for row in self.connection.execute("SELECT term FROM v ORDER BY offset")]
        self.connection.execute("DELETE FROM t WHERE rowid = 1")
        return found


@pytest.fixture(scope="module")
def fts5() -> Iterator[Tokenizer]:
    """One tokenizer for all examples."""
    tokenizer = Tokenizer()
    yield tokenizer
    tokenizer.connection.close()


@settings(deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
def test_both_engines_have_the_same_words_of_any_text(fts5: Tokenizer, text: str) -> None:
    assume_same(fts5, text)


@settings(deadline=None)
@given(text=st.text(st.sampled_from("aB_-é ́文字ひカ가🤖ß①Ａ’—0\u200d\ufe0f"), max_size=40))
def test_both_engines_have_the_same_words_of_mixed_text(fts5: Tokenizer, text: str) -> None:
    assume_same(fts5, text)


def test_both_engines_have_the_same_words_of_every_letter_in_use(fts5: Tokenizer) -> None:
    letters = [chr(code) for code in range(1, sys.maxunicode) if chr(code).isalnum() and not (0x4E00 < code < 0x9000 or 0xAC10 < code < 0xD700)]

    for begin in range(0, len(letters), 500):
        assume_same(fts5, " ".join(f"a{letter}b" for letter in letters[begin : begin + 500] if letter not in UNKNOWN_TO_FTS5))


# Letters of New Tai Lue and two of Vedic, which the tables of FTS5 take for marks: it splits there, when writing and when asked.
UNKNOWN_TO_FTS5 = frozenset(chr(code) for code in (*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3))


def assume_same(fts5: Tokenizer, text: str) -> None:
    """Compare what FTS5 makes of a text as it is given to it with what PostgreSQL is given."""
    if UNKNOWN_TO_FTS5.isdisjoint(text):
        assert fts5.split(words_for_sqlite(text)) == fts5.split(" ".join(words(text)))
        assert len(fts5.split(words_for_sqlite(text))) == len(words(text))


@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(folded(text)) == words(text)
