"""What somebody typed into the search field: which words are sought, and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, islice, pairwise

from privacy_center.history.index import CHINESE_JAPANESE_KOREAN, LONGEST_WORD, folded, marked_words, words

MOST_WORDS = 24
KNOWN_LETTERS = 50_000
QUOTED_OR_WORD = re.compile(r"\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|(\S+)")
# What nearly all texts are made of: each of these the index writes as it is, or leaves out; so that it can be searched as it stands.
PLAIN = re.compile(
    r"[\x00-\x7f\u00b7\u2010-\u2027\u2030-\u203b\u2190-\u21ff\u2500-\u25ff\u3000-\u3004\u3008-\u301f\u3041-\u3096\u30a1-\u30fc"
    r"\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff0f\uff1a-\uff20]*"
)
ACCENTS = r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]"
# Letter by letter, each with its accents, hangul in its pieces as one: what the index folds together.
JOINED = re.compile(rf"{ACCENTS}|[\u1160-\u11ff]")
CLUSTER = re.compile(
    r"[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|[\uac00-\ud7a3][\u11a8-\u11ff]?|"
    rf"[^\x00-\x7f]{ACCENTS}*|.",
    re.DOTALL,
)

Span = tuple[int, int]


@dataclass(frozen=True)
class Sought:
    """The sought terms, each a word or several that must stand in a row; a text must have all of them."""

    terms: tuple[tuple[str, ...], ...]
    shortened: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def each(self) -> list[str]:
        """Every term as it would be typed to search for it alone."""
        spelled = [" ".join(term) for term in self.terms]
        return [f"“{words}”" if " " in words else words for words in spelled]

    def for_sqlite(self) -> str:
        """The expression for FTS5; words are letters and digits only, so nothing typed can be read as its syntax."""
        return " ".join(f'"{" ".join(term)}"' for term in self.terms)

    def for_postgresql(self, user_id: int) -> list[str]:
        """The entries that a text must have on PostgreSQL, where words in a row are not kept but for pairs of characters."""
        return sorted({entry for term in self.terms for entry in marked_words(user_id, list(term))})

    @cached_property
    def doubtful(self) -> bool:
        """Whether a text can have all of those entries and still not match."""
        return any(len(term) > 2 or (len(term) == 2 and len(marked_words(0, list(term))) < 3) or len(term[0]) >= LONGEST_WORD for term in self.terms)

    def in_text(self, text: str) -> bool:
        """Whether the text has all the terms."""
        searched = folded(text).lower()
        return all(_folded_pattern(term).search(searched) for term in self.terms)

    def spans(self, text: str, most: int = 1000) -> list[Span]:
        """Where the terms stand in the text, from left to right, at most so many of each."""
        if text.isascii() or PLAIN.fullmatch(text):
            return self.glimpses(text, most)
        mapped = Folded(text)
        found = _places([_folded_pattern(term) for term in self.terms], mapped.text, most)
        return _apart([(mapped.start(one), mapped.stop(other)) for one, other in found])

    def glimpses(self, text: str, most: int) -> list[Span]:
        """The same, at once; but where the text isn't plain it is blind to accents and such, and may see what isn't there."""
        lowered = text if self._has_no_capitals else text.lower()
        if len(lowered) != len(text):
            return []
        return _apart(_places(self._plain_patterns, lowered, most))

    @cached_property
    def _has_no_capitals(self) -> bool:
        """Whether the terms are written in scripts without capitals alone, so that texts can be searched as they stand."""
        return all(_stands_alone(word) for term in self.terms for word in term)

    @cached_property
    def _plain_patterns(self) -> list[re.Pattern[str]]:
        """Each term's pattern for plain text."""
        return [_plain_pattern(term) for term in self.terms]


def read(typed: str) -> Sought:
    """The terms of a search: words and “words in a row”; punctuation within a word keeps its pieces in a row too."""
    terms: list[tuple[str, ...]] = []
    count = 0
    for match in QUOTED_OR_WORD.finditer(typed):
        term = tuple(words(next(group for group in match.groups() if group is not None)))
        if not term or term in terms:
            continue
        if count + len(term) > MOST_WORDS:
            terms += [term[: MOST_WORDS - count]] if count < MOST_WORDS else []
            return Sought(tuple(terms), shortened=True)
        count += len(term)
        terms.append(term)
    return Sought(tuple(terms))


def _places(patterns: list[re.Pattern[str]], searched: str, most: int) -> list[Span]:
    """Where the patterns match, at most so many places of each."""
    return [match.span() for pattern in patterns for match in islice(pattern.finditer(searched), most)]


# Both patterns begin with the word itself, and look back from its end: that is ten times as quick as to look back first.


@lru_cache(maxsize=256)
def _folded_pattern(term: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the words in a row in folded text, where words are runs of letters and digits, whatever stands between them that is no word."""
    first, *others = map(re.escape, term)
    return re.compile(r"[\W_]+".join([rf"{first}(?<![^\W_]{first})", *others]) + r"(?![^\W_])")


@lru_cache(maxsize=256)
def _plain_pattern(term: tuple[str, ...]) -> re.Pattern[str]:
    """The same for plain text without capitals, in which Chinese needs nothing between it."""
    first = re.escape(term[0])
    pieces = [first if _stands_alone(term[0]) else f"{first}(?<![a-z0-9]{first})"]
    for before, word in pairwise(term):
        pieces += [r"[\W_]*" if _stands_alone(before) or _stands_alone(word) else r"[\W_]+", re.escape(word)]
    return re.compile("".join(pieces) + ("" if _stands_alone(term[-1]) else "(?![a-z0-9])"))


def _stands_alone(word: str) -> bool:
    return CHINESE_JAPANESE_KOREAN.match(word) is not None


def _apart(places: list[Span]) -> list[Span]:
    """The places from left to right; of those that overlap the first and longest."""
    if len(places) < 2:
        return places
    found: list[Span] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


class Folded:
    """A text that isn't all ASCII as the index writes it, with the way back from places in it to places in the text."""

    def __init__(self, text: str) -> None:
        self.original = text
        together = CLUSTER.findall(text) if JOINED.search(text) else text  # letter by letter is quicker, and nearly always right
        written = list(map(WRITTEN.__getitem__, together))
        self.text = "".join(written).lower()
        self.begins = list(accumulate(map(len, written), initial=0))
        self.origins = range(len(text) + 1) if together is text else list(accumulate(map(len, together), initial=0))

    def start(self, place: int) -> int:
        """Where in the text the letter begins that stands at *place* of the folded one."""
        return self.origins[bisect_right(self.begins, place) - 1]

    def stop(self, place: int) -> int:
        """Where in the text the letter ends that stands before *place* of the folded one, its accents with it."""
        found = self.origins[bisect_right(self.begins, place - 1)]
        while found < len(self.original) and unicodedata.combining(self.original[found]):
            found += 1
        return found


class Written(dict[str, str]):
    """How the index writes letters, with their accents; remembered."""

    def __missing__(self, cluster: str) -> str:
        if len(self) >= KNOWN_LETTERS:  # somebody writes in all scripts at once; memory stays flat
            self.clear()
        self[cluster] = written = folded(cluster)
        return written


WRITTEN = Written()
