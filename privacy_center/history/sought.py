"""What somebody typed into the search field: which words are sought, and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, islice

from privacy_center.history.index import LONGEST_WORD, folded, marked_words, words

MOST_WORDS = 24
QUOTED_OR_WORD = re.compile(r"\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|(\S+)")
# Runs of ASCII, and letter by letter what is beyond, each with its accents: what the index folds as one.
CLUSTER = re.compile(
    r"[\x00-\x7f]+|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|[\uac00-\ud7a3][\u11a8-\u11ff]?|"
    r"[^\x00-\x7f][\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]*"
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
        return all(any(True for _place in _places(searched, term)) for term in self.terms)

    def spans(self, text: str, most: int = 1000) -> list[Span]:
        """Where the terms stand in the text, from left to right, at most so many of each."""
        mapped = None if text.isascii() else Folded(text)
        searched = mapped.text if mapped else text.lower()
        found = [place for term in self.terms for place in islice(_places(searched, term), most)]
        if len(self.terms) > 1:
            found = _apart(found)
        if mapped is None:
            return found
        return [(mapped.start(one), mapped.stop(other)) for one, other in found]


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


def _places(searched: str, term: tuple[str, ...]) -> Iterator[Span]:
    """Where the term stands in folded text, in which words are runs of letters and digits."""
    pattern, place = _pattern(term), 0
    while match := pattern.search(searched, place):
        start, end = match.span()
        # A pattern that begins with the word itself is ten times as quick as one that first looks back.
        if start and searched[start - 1].isalnum():
            place = start + 1
        else:
            yield start, end
            place = end


@lru_cache(maxsize=256)
def _pattern(term: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the words in a row, whatever stands between them that is no word."""
    return re.compile(r"[\W_]+".join(map(re.escape, term)) + r"(?![^\W_])")


def _apart(places: list[Span]) -> list[Span]:
    """The places from left to right; of those that overlap the first and longest."""
    found: list[Span] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


class Folded:
    """A text that isn't all ASCII as the index writes it, with the way back from places in it to places in the text."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.clusters = CLUSTER.findall(text)
        written = [each if each.isascii() else _fold(each) for each in self.clusters]
        self.text = "".join(written).lower()
        self.begins = list(accumulate(map(len, written), initial=0))[:-1]
        self.origins = list(accumulate(map(len, self.clusters), initial=0))

    def start(self, place: int) -> int:
        """Where in the text the letter begins that stands at *place* of the folded one."""
        index = bisect_right(self.begins, place) - 1
        within = place - self.begins[index] if self.clusters[index].isascii() else 0
        return self.origins[index] + within

    def stop(self, place: int) -> int:
        """Where in the text the letter ends that stands before *place* of the folded one, its accents with it."""
        index = bisect_right(self.begins, place - 1) - 1
        found = self.origins[index] + place - self.begins[index] if self.clusters[index].isascii() else self.origins[index + 1]
        while found < len(self.original) and unicodedata.combining(self.original[found]):
            found += 1
        return found


@lru_cache(maxsize=8192)
def _fold(cluster: str) -> str:
    """A letter with its accents as the index writes it."""
    return folded(cluster)
