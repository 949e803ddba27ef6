"""The writing side of the search index: where words stand, and what of a text is a word.

A place in the index is one number: the user, the minute in which the conversation began, and a place within it
(`user << 34 | minute << 10 | place`). So a person's words are one range of numbers, newest last; place 0 is the title.
A conversation with more messages than places goes on at a further minute. Fewer bits make a smaller index: it keeps the
distances between places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise
from operator import itemgetter
from typing import Any

from privacy_center.core.db import execute_many, fetch, is_sqlite, microseconds

USER_SHIFT, MINUTE_SHIFT = 34, 10
MOST_USERS = 1 << (63 - USER_SHIFT)  # the number must fit into 63 bits: half a billion users
MINUTES = 1 << (USER_SHIFT - MINUTE_SHIFT)
PLACES = (1 << MINUTE_SHIFT) - 1
BEGINNING = microseconds(datetime(2020, 1, 1, tzinfo=UTC))
MICROSECONDS_A_MINUTE = 60_000_000
LONGEST_WORD = 64  # characters, on PostgreSQL; longer ones are found by their beginning
KNOWN_LETTERS = 50_000

# A conversation's messages may stand at further bases, which no conversation names as its own.
TAKEN = "SELECT search_base FROM conversation WHERE search_base BETWEEN ? AND ? UNION ALL SELECT search_id FROM message WHERE search_id BETWEEN ? AND ?"

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
WORD = re.compile(r"[^\W_]+")
# Han with its extensions and radicals, kana, bopomofo, hangul: written without spaces, so each character stands alone.
CHINESE_JAPANESE_KOREAN = re.compile(
    r"[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303c\u3041-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)


class NoRoom(Exception):
    """The numbers of the search index are used up."""


class Letters(dict[int, str]):
    """How each character beyond ASCII is written in the index: without case and accents; spaces keep apart what is no word."""

    def __missing__(self, code: int) -> str:
        if len(self) >= KNOWN_LETTERS:  # somebody writes in all scripts at once; memory stays flat
            self.clear()
        self[code] = written = _written(chr(code))
        return written


def _written(character: str) -> str:
    """One character as it stands in the index: full width becomes plain, ligatures come apart."""
    plain = unicodedata.normalize("NFKC", character).casefold().lower()  # Cherokee casefolds upwards
    if CHINESE_JAPANESE_KOREAN.search(plain):
        return "".join(f" {each} " if each.isalnum() else " " for each in plain)
    letters = (each for each in unicodedata.normalize("NFD", plain) if unicodedata.category(each) != "Mn")
    return "".join(each if each.isalnum() else " " for each in letters)


_letters = Letters()


def folded(text: str) -> str:
    """The text with everything beyond ASCII as the index writes it; ASCII is left to whoever splits it into words."""
    if text.isascii():
        return text
    # Composed first: a letter and its accent, or two halves of a hangul syllable, may stand apart.
    return BEYOND_ASCII.sub(_fold, unicodedata.normalize("NFC", text))


def _fold(run: re.Match[str]) -> str:
    return run[0].translate(_letters)


def words(text: str) -> list[str]:
    """The words of a text in their order: what either engine finds, one by one or in a row."""
    return WORD.findall(folded(text).lower())


def words_for_sqlite(text: str) -> str:
    """The text as FTS5 takes it: its own tokenizer (unicode61) splits the rest just as `words` does."""
    return folded(text)


def words_for_postgresql(user_id: int, text: str) -> list[str]:
    """The words of a text as PostgreSQL keeps them: each once, marked with whose it is."""
    return marked_words(user_id, words(text))


def marked_words(user_id: int, found: list[str]) -> list[str]:
    """Words marked with whose they are; neighbours in Chinese, Japanese and Korean stand there as pairs too."""
    pairs = {one + other for one, other in pairwise(found) if _stands_alone(one) and _stands_alone(other)}
    return sorted(f"{user_id}:{word[:LONGEST_WORD]}" for word in {*found, *pairs})


def _stands_alone(word: str) -> bool:
    return len(word) == 1 and CHINESE_JAPANESE_KOREAN.match(word) is not None


def text_of(parts: Iterable[dict[str, Any]]) -> str:
    """What of a message can be searched: what was said and thought; not what tools were given and gave back."""
    return "\n".join(part["text"] for part in parts if part["type"] in ("text", "reasoning"))


def user_of(search_id: int) -> int:
    """Whose words stand at that place."""
    return search_id >> USER_SHIFT


def range_of(user_id: int) -> tuple[int, int]:
    """The first and the last place of a user's words."""
    return user_id << USER_SHIFT, ((user_id + 1) << USER_SHIFT) - 1


class Bases:
    """Gives conversations the numbers at which their words begin: the minute they began in, or the next free one."""

    def __init__(self) -> None:
        self._moved: dict[int, int] = {}  # where the search for a free minute ended, so that it need not begin anew
        self._further: set[int] = set()  # taken by messages that may not be in the database yet

    def give(self, user_id: int, begun: int) -> int:
        """A free base for a conversation of that user's, begun at so many microseconds since 1970; raises NoRoom."""
        wanted = base_of(user_id, begun)
        first, last = range_of(user_id)
        given = self._next_free(self._moved.get(wanted, wanted), last)
        if given is None:  # taken to the end of time: go on from the beginning
            given = self._next_free(first, last)
        if given is None:
            raise NoRoom(f"User {user_id} has more conversations than the search index has numbers for.")
        if given != wanted:
            self._moved[wanted] = given
        return given

    def give_further(self, user_id: int, begun: int) -> int:
        """A free base for more messages of a conversation that has used up the places of its own."""
        given = self.give(user_id, begun)
        self._further.add(given)
        return given

    def _next_free(self, start: int, last: int) -> int | None:
        """The first base from *start* on that nothing stands at; looks further and further ahead."""
        ahead = 1
        while start <= last:
            candidates = range(start, min(start + (ahead << MINUTE_SHIFT), last + 1), 1 << MINUTE_SHIFT)
            bounds = (candidates[0], candidates[-1] + PLACES)
            taken = {place >> MINUTE_SHIFT << MINUTE_SHIFT for (place,) in fetch(TAKEN, *bounds, *bounds)} | self._further
            free = next((base for base in candidates if base not in taken), None)
            if free is not None:
                return free
            start, ahead = candidates[-1] + (1 << MINUTE_SHIFT), min(ahead * 4, 1024)
        return None


def base_of(user_id: int, begun: int) -> int:
    """The base that a conversation begun then would have if it were alone in its minute; raises NoRoom."""
    if not 0 < user_id < MOST_USERS:
        raise NoRoom(f"The search index has numbers for users 1 to {MOST_USERS - 1}; there is none for user {user_id}.")
    minute = (begun - BEGINNING) // MICROSECONDS_A_MINUTE
    return user_id << USER_SHIFT | min(max(minute, 0), MINUTES - 1) << MINUTE_SHIFT


def prepared(text: str) -> Any:
    """A text as `write` takes it; made before the transaction, because it takes as long as the writing."""
    return words_for_sqlite(text) if is_sqlite() else words(text)


def write(entries: Iterable[tuple[int, Any]]) -> None:
    """Put prepared texts at free places of the index; what stood there must have been forgotten before."""
    in_order = sorted(entries, key=itemgetter(0))  # FTS5 writes a piece of its index anew at each step back
    if is_sqlite():
        execute_many("INSERT INTO word_index (rowid, words) VALUES (?, ?)", in_order)
    else:
        marked = ((place, marked_words(user_of(place), found)) for place, found in in_order)
        execute_many("INSERT INTO word_index (search_id, words) VALUES (?, ?)", marked)


def forget(places: Iterable[int]) -> None:
    """Take the words at these places out of the index; a place where nothing stands is as good."""
    column = "rowid" if is_sqlite() else "search_id"
    execute_many(f"DELETE FROM word_index WHERE {column} = ?", ((place,) for place in places))  # noqa: S608 - one of two words of ours
