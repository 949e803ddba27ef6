"""Where in the index a search finds its words, newest first, with each engine's own means.

SQLite walks its full-text index backwards within the person's range. PostgreSQL has no index that is sorted by place and knows
words, so it walks a little of the person's range first, which is enough for words that are everywhere; then asks the index of
words, which is enough for words that are rare; and walks on for what is neither.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from contextlib import closing
from typing import NamedTuple, Protocol

from privacy_center.core.db import database, fetch, is_sqlite
from privacy_center.history.index import MINUTE_SHIFT, PLACES, range_of, text_of
from privacy_center.history.models import Conversation, Message
from privacy_center.history.sought import Sought

WALKED_FIRST = 400
WALKED_AT_ONCE = 4000
VERIFIED_AT_ONCE = 256
COMMON = 20  # a word in one entry of so many is met soon enough by walking
FEW = 20_000


class Look(NamedTuple):
    """What one look into the index saw: the newest place of each base, highest first; among how many; and from where to go on, if there is more."""

    best: dict[int, int]
    looked: int
    go_on: int | None


class Hits(Protocol):
    """The places of one search in one person's words."""

    def below(self, high: int, limit: int, bases: int) -> Look:
        """Look at no more than *limit* places below *high*, until there are so many *bases*."""

    def newest_within(self, base: int) -> int | None:
        """The highest place among those of one base."""


def hits_of(user_id: int, sought: Sought) -> Hits:
    """The places where the words are sought, on this engine."""
    return HitsOnSQLite(user_id, sought) if is_sqlite() else HitsOnPostgreSQL(user_id, sought)


class HitsOnSQLite:
    """Places in the full-text index, which checks words in a row by itself."""

    QUERY = "SELECT rowid FROM word_index WHERE word_index MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"

    def __init__(self, user_id: int, sought: Sought) -> None:
        self.words = sought.for_sqlite()
        self.low, _high = range_of(user_id)

    def below(self, high: int, limit: int, bases: int) -> Look:
        """Look at no more than *limit* places below *high*; a walk that ends with the last of the *bases* costs no more than that."""
        with closing(database.execute_sql(self.QUERY, (self.words, self.low, high - 1, limit))) as walk:
            best, looked = newest_of_each((place for (place,) in walk), bases)
        return Look(best, looked, min(best) if looked == limit or len(best) == bases else None)

    def newest_within(self, base: int) -> int | None:
        """The highest place among those of one base."""
        found = fetch(self.QUERY, self.words, base, base + PLACES, 1)
        return found[0][0] if found else None


class HitsOnPostgreSQL:
    """Places whose words contain all that are sought; those that must stand in a row are looked up in the text."""

    def __init__(self, user_id: int, sought: Sought) -> None:
        self.sought = sought
        self.words = sought.for_postgresql(user_id)
        self.low, _high = range_of(user_id)
        self.few: list[int] | None = None  # all places, lowest first, once it is known that they are few
        self.many = False
        self.walked = self.passed = 0  # entries walked by, and hits among them

    def below(self, high: int, limit: int, bases: int) -> Look:
        """Look at no more than *limit* places below *high*, at fewer where texts must be read."""
        limit = min(limit, VERIFIED_AT_ONCE) if self.sought.doubtful else limit
        if self.few is None and not self.many and self.passed * COMMON < self.walked:
            self._ask_the_index()
        if self.few is not None:
            end = bisect_left(self.few, high)
            candidates = self.few[max(0, end - limit) : end][::-1]
            go_on = candidates[-1] if end > limit else None
        else:
            candidates, go_on = self._walk(high, WALKED_AT_ONCE if self.many else WALKED_FIRST, limit)
        best, looked = newest_of_each(self._verified(candidates), bases)
        if len(best) == bases or (best and go_on is not None):
            go_on = min(best)  # what is left of the last one's hits is skipped
        return Look(best, looked, go_on)

    def newest_within(self, base: int) -> int | None:
        """The highest place among those of one base."""
        query = "SELECT search_id FROM word_index WHERE search_id BETWEEN ? AND ? AND words @> ? ORDER BY search_id DESC"
        candidates = [place for (place,) in fetch(query, base, base + PLACES, self.words)]
        for begin in range(0, len(candidates), 20):
            if verified := self._verified(candidates[begin : begin + 20]):
                return verified[0]
        return None

    def _walk(self, high: int, length: int, limit: int) -> tuple[list[int], int | None]:
        """Places among the next *length* of the person's entries below *high*."""
        query = (
            "WITH walked AS MATERIALIZED (SELECT search_id, words FROM word_index WHERE search_id >= ? AND search_id < ? "
            "ORDER BY search_id DESC LIMIT ?) "
            "SELECT search_id, words @> ? FROM walked ORDER BY search_id DESC"
        )
        rows = fetch(query, self.low, high, length, self.words)
        found = [place for place, has_all in rows if has_all]
        self.walked, self.passed = self.walked + len(rows), self.passed + len(found)
        if len(found) > limit:
            return found[:limit], found[limit - 1]
        return found, rows[-1][0] if len(rows) == length else None

    def _ask_the_index(self) -> None:
        """Get all places from the index of words, unless they are many."""
        with database.atomic():
            # The planner misjudges how rare a word is; the index is never slower than reading the table.
            database.execute_sql("SET LOCAL enable_seqscan = off")
            database.execute_sql("SET LOCAL enable_indexscan = off")
            rows = fetch("SELECT search_id FROM word_index WHERE words @> ? LIMIT ?", self.words, FEW + 1)
        self.many = len(rows) > FEW
        self.few = None if self.many else sorted(place for (place,) in rows)

    def _verified(self, places: list[int]) -> list[int]:
        """Those of the places where the words really stand as they are sought."""
        if not self.sought.doubtful or not places:
            return places
        messages = Message.select(Message.search_id, Message.parts).where(Message.search_id.in_(places))
        conversations = Conversation.select(Conversation.search_base, Conversation.title).where(Conversation.search_base.in_(places))
        right = {each.search_id for each in messages.iterator() if self.sought.in_text(text_of(each.parts))}
        right |= {each.search_base for each in conversations.iterator() if self.sought.in_text(each.title)}
        return [place for place in places if place in right]


def newest_of_each(places: Iterable[int], most: int) -> tuple[dict[int, int], int]:
    """For each base among the places (highest first) its highest place, until there are so many; and how many places that took."""
    best: dict[int, int] = {}
    looked = last = 0
    for place in places:
        looked += 1
        if (base := place >> MINUTE_SHIFT << MINUTE_SHIFT) != last:
            best[base] = place
            if len(best) == most:
                break
            last = base
    return best, looked


def base_of(place: int) -> int:
    """The base that a place of the index belongs to."""
    return place >> MINUTE_SHIFT << MINUTE_SHIFT
