"""Two editions side by side: sections that belong together, and what changed in them, word by word.

The work is bounded: where a passage is so long that comparing its words would take seconds, it is shown as taken out and put in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from privacy_center.policy import document
from privacy_center.policy.document import Document, Shown

REMEMBERED = 16
MOST_PAIRS = 2_000_000  # of words, or of passages, that are compared with each other at once: about a second at worst
WORD = re.compile(r"\n|(?:[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s])[^\S\n]*")
SAME, REMOVED, ADDED = "same", "del", "ins"
TOO_SHORT = 2  # words that stayed between two changes, which would only break them up
Change = tuple[str, int, int, int, int]  # what happened, and from where to where, in the one and in the other
CHANGED, UNCHANGED, NEW, GONE = "changed", "unchanged", "new", "gone"


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One section or part in both editions: its titles, the section it is *within*, and its passages as pieces."""

    state: str
    within: str
    title: str
    title_before: str
    passages: tuple[tuple[Piece, ...], ...]

    @property
    def says_something(self) -> bool:
        """Whether there is anything to read in it: a section may have all its text in its parts."""
        return bool(self.passages) or self.state != UNCHANGED

    @property
    def is_renamed(self) -> bool:
        """Whether its title or number is another one now."""
        return bool(self.title and self.title_before and self.title != self.title_before)


@lru_cache(REMEMBERED)
def compare(before: tuple[str, str], after: tuple[str, str]) -> tuple[Difference, ...]:
    """What changed from one text to the other, each given with its form; in the order of the later one."""
    earlier, later = document.read(*before), document.read(*after)
    within = {id(part): section.heading for whole in (earlier, later) for section in whole.sections for part in section.parts}
    return tuple(_difference(old, new, within.get(id(new or old), "")) for old, new in _pairs(flat(earlier), flat(later)))


def flat(whole: Document) -> list[Shown]:
    """Opening, sections and their parts, one after the other."""
    parts = [each for section in whole.sections for each in (section, *section.parts)]
    return [whole.opening, *whole.opening.parts, *parts]


def _pairs(before: list[Shown], after: list[Shown]) -> Iterator[tuple[Shown | None, Shown | None]]:
    """Which section became which: by title wherever it stands now, else by number; those that are gone where they stood."""
    partner = {**_matched(before, after, lambda each: each.heading.removeprefix(each.number).strip().casefold() or each.anchor)}
    rest = [each for each in before if each.anchor not in partner.values()]
    partner |= _matched(rest, [each for each in after if each.anchor not in partner], lambda each: each.anchor)
    old = {each.anchor: each for each in before}
    taken, told = set(partner.values()), 0
    for new in after:
        if new.anchor in partner:
            place = before.index(old[partner[new.anchor]])
            yield from ((each, None) for each in before[told:place] if each.anchor not in taken)
            told = max(told, place)
        yield old.get(partner.get(new.anchor, "")), new
    yield from ((each, None) for each in before[told:] if each.anchor not in taken)


def _matched(before: list[Shown], after: list[Shown], call: Callable[[Shown], str]) -> dict[str, str]:
    """For each later section of a name the earlier one that is called so, the first with the first."""
    waiting: dict[str, list[str]] = {}
    for each in before:
        waiting.setdefault(call(each), []).append(each.anchor)
    return {each.anchor: waiting[call(each)].pop(0) for each in after if waiting.get(call(each))}


def _difference(old: Shown | None, new: Shown | None, within: str) -> Difference:
    """What changed in one section."""
    passages = tuple(_passages(old.passages if old else (), new.passages if new else ()))
    state = NEW if old is None else GONE if new is None else CHANGED
    if old and new and old.passages == new.passages and old.heading == new.heading:
        state = UNCHANGED
    return Difference(state, within, new.heading if new else "", old.heading if old else "", passages)


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """The passages in order; those that were reworded are compared word by word."""
    if len(before) * len(after) > MOST_PAIRS:
        yield from _whole(before, after)
        return
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from ((Piece(SAME, each),) for each in after[j1:j2])
        elif what == "replace":
            yield from _reworded("\n".join(before[i1:i2]), "\n".join(after[j1:j2]))
        else:
            yield from _whole(before[i1:i2], after[j1:j2])


def _whole(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Passages that went, and passages that came."""
    yield from ((Piece(REMOVED, each),) for each in before)
    yield from ((Piece(ADDED, each),) for each in after)


def _reworded(before: str, after: str) -> Iterator[tuple[Piece, ...]]:
    """Passages word by word."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) * len(new) > MOST_PAIRS:
        yield from _whole(before.split("\n"), after.split("\n"))
        return
    changes = SequenceMatcher(None, [each.strip(" \t") for each in old], [each.strip(" \t") for each in new], autojunk=False).get_opcodes()
    passage: list[Piece] = []
    for kind, text in _runs(_merged(changes, new), old, new):
        first, *others = text.split("\n")
        passage += [Piece(kind, first)] if first else []
        for each in others:
            if passage:
                yield tuple(passage)
            passage = [Piece(kind, each)] if each else []
    if passage:
        yield tuple(passage)


def _merged(changes: Sequence[Change], new: list[str]) -> list[Change]:
    """The changes, those with hardly a word between them made one: so a reader sees a sentence replaced, and not a sieve."""
    merged: list[Change] = []
    for at, (what, i1, i2, j1, j2) in enumerate(changes):
        between = what == "equal" and 0 < at < len(changes) - 1 and i2 - i1 <= TOO_SHORT and "\n" not in new[j1:j2]
        if merged and merged[-1][0] != "equal" and (what != "equal" or between):
            _kind, first_i, _end_i, first_j, _end_j = merged[-1]
            merged[-1] = ("replace", first_i, i2, first_j, j2)
        else:
            merged.append((what, i1, i2, j1, j2))
    return merged


def _runs(changes: list[Change], old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The texts that stayed, went and came, in reading order."""
    for what, i1, i2, j1, j2 in changes:
        if what == "equal":
            yield SAME, "".join(new[j1:j2])
            continue
        if i1 < i2:
            yield REMOVED, "".join(old[i1:i2])
        if j1 < j2:
            yield ADDED, "".join(new[j1:j2])
