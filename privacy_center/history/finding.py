"""Finds the conversations that a page of search results shows.

The index is walked backwards from hit to hit and skips, after each conversation found, the rest of its hits. However common or rare
the words are and however narrow the filters, a page looks at a bounded number of places, and knows where to go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from privacy_center.core.db import fetch
from privacy_center.history.filters import Filters
from privacy_center.history.hits import Hits
from privacy_center.history.index import MINUTE_SHIFT, PLACES
from privacy_center.history.models import not_hidden
from privacy_center.history.rows import ID, columns

AT_LEAST, AT_FIRST, AT_MOST = 16, 256, 4096
LOOKED_AT = 20_000
STEP_COSTS = 500
NARROW_AFTER = 1000
NARROW = 1000

# The plus keeps SQLite from walking all of the person's conversations by another index.
BY_BASE = "conversation c WHERE +c.user_id = ? AND c.search_base IN ({})"
BY_MESSAGE = "message m JOIN conversation c ON c.id = m.conversation_id WHERE +c.user_id = ? AND m.search_id IN ({})"


class Found(NamedTuple):
    """A conversation, and the place of its newest hit."""

    record: tuple[Any, ...]
    hit: int


class Finder:
    """One page's search: *found* fills up to *wanted*; *go_on* says below which place there may be more."""

    def __init__(self, user_id: int, filters: Filters, hits: Hits, high: int, wanted: int) -> None:
        self.user_id, self.hits, self.wanted = user_id, hits, wanted
        self.conditions, self.parameters = filters.conditions()
        (visible, hidden_parameters), *of_others = not_hidden(user_id, "c", "p", "s")
        self.conditions += visible
        self.parameters += hidden_parameters
        self.columns, self.column_parameters = columns(*of_others)
        self.go_on: int | None = high
        self.found: list[Found] = []

    def find(self) -> None:
        """Fill the page, or look at as much as a page may."""
        looked = cost = 0
        while self.go_on is not None and len(self.found) < self.wanted and cost < LOOKED_AT:
            most = AT_MOST if self.conditions else self.wanted - len(self.found)
            look = self.hits.below(self.go_on, self._size(looked), most)
            self.go_on = look.go_on
            self.found += self._conversations(look.best)
            looked += look.looked
            cost += look.looked + STEP_COSTS
            if cost > NARROW_AFTER and self.conditions and self.go_on is not None and len(self.found) < self.wanted:
                self._look_within_the_narrow(self.go_on)
                cost += NARROW_AFTER

    def _size(self, looked: int) -> int:
        """So many places as should be enough for the rest of the page, from what was found so far; a walk without conditions sees by itself."""
        if not self.conditions:
            return AT_MOST
        if not looked:
            return AT_FIRST
        missing = self.wanted - len(self.found)
        return max(AT_LEAST, min(AT_MOST, missing * looked * 3 // (2 * max(1, len(self.found)))))

    def _conversations(self, best: dict[int, int]) -> Iterator[Found]:
        """The conversations with those newest hits that the filters let through, in the same order."""
        by_base = {record[-2]: record for record in self._records(BY_BASE, list(best), "c.search_base, c.search_count")}
        rest = [hit for base, hit in best.items() if base not in by_base]
        # A very long conversation has more than one base; its messages know whose they are.
        by_hit = {record[-2]: record for record in self._records(BY_MESSAGE, rest, "m.search_id, c.search_count")} if rest else {}
        for base, hit in best.items():
            record = by_base.get(base) or by_hit.get(hit)
            if record and not (self._is_long(record, hit in by_hit) and self._has_newer_hit(record[ID], base)):
                yield Found(record[:-2], hit)

    def _records(self, source: str, places: list[int], besides: str) -> list[tuple[Any, ...]]:
        query = f"SELECT {self.columns}, {besides} FROM {source.format(', '.join('?' * len(places)))}{self.conditions}"  # noqa: S608 - words of ours
        return fetch(query, *self.column_parameters, self.user_id, *places, *self.parameters) if places else []

    @staticmethod
    def _is_long(record: tuple[Any, ...], elsewhere: bool) -> bool:
        """Whether the conversation may have words at more than one base."""
        return elsewhere or record[-1] >= PLACES

    def _has_newer_hit(self, conversation: int, base: int) -> bool:
        """Whether the conversation has a hit at a base above, where it was found before."""
        return any(self.hits.newest_within(other) for other in bases_of(conversation) if other > base)

    def _look_within_the_narrow(self, high: int) -> None:
        """If the filters let few conversations through, look into each of them instead of at every hit."""
        query = f"SELECT c.id, c.search_base, c.search_count FROM conversation c WHERE c.user_id = ?{self.conditions} LIMIT {NARROW + 1}"  # noqa: S608
        rows = fetch(query, self.user_id, *self.parameters)
        if len(rows) > NARROW:
            return
        bases = {base for number, first, count in rows for base in (bases_of(number) if count >= PLACES else [first]) if base < high}
        best = {}
        for base in sorted(bases, reverse=True):
            if hit := self.hits.newest_within(base):
                best[base] = hit
                if len(self.found) + len(best) >= self.wanted:
                    break
        self.go_on = min(best) if len(self.found) + len(best) >= self.wanted else None
        self.found += self._conversations(best)


def bases_of(conversation: int) -> list[int]:
    """All bases at which a conversation has words."""
    query = "SELECT search_base FROM conversation WHERE id = ? UNION SELECT search_id FROM message WHERE conversation_id = ? AND search_id IS NOT NULL"
    return sorted({place >> MINUTE_SHIFT << MINUTE_SHIFT for (place,) in fetch(query, conversation, conversation)})
