"""Official texts without any marks: what the lines look like tells sections, parts, lists and paragraphs apart.

Nothing is left out or put in: a line that is taken for the wrong thing is still there, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from privacy_center.policy.blocks import PART, SECTION, TITLE, Block, heading, place_of

SECTION_LINE = re.compile(r"^(\d{1,3}[.．]\s+|\d{1,3}、|[一二三四五六七八九十]{1,3}、)\S")
PART_LINE = re.compile(r"^[(（](\d{1,2}|[一二三四五六七八九十]{1,3})[)）]\s*\S")
BRACKETED_LINE = re.compile(r"^[\[【]([^\]】]{1,80})[\]】]$")
NUMBERED_ITEM = re.compile(r"^\s*(\d{1,3})[.)、．]\s+(.*)")
LETTERED_ITEM = re.compile(r"^\s*[(（](\d{1,2})[)）]\s*(.*)")
BULLET = re.compile(r"^\s*[•·▪◦*–-]\s+(.*)")
ENDS_A_SENTENCE = re.compile(r"[.;:,!?。；：，！？]$")
LINK = re.compile(r"https?://[^\s<>\"'()]{1,2000}[^\s<>\"'().,;:]|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
LONGEST_HEADING, LONGEST_UNNUMBERED = 120, 60
PART_OF_NONE = "heading before any section"
WRAPPED = 60  # lines as long as this were broken to fit a width, and not on purpose


@dataclass(frozen=True)
class Piece:
    """Lines that belong together, and whether it stands alone between empty lines."""

    lines: tuple[str, ...]
    alone: bool

    @property
    def first(self) -> str:
        """Its first line."""
        return self.lines[0]

    @property
    def is_short(self) -> bool:
        """Whether it could be a heading: one line by itself, at the left edge, that is no sentence."""
        line = self.first
        return self.alone and len(self.lines) == 1 and not line[0].isspace() and len(line) <= LONGEST_HEADING and not ENDS_A_SENTENCE.search(line)


def blocks(text: str) -> Iterator[Block]:
    """The text's headings and what stands between them."""
    pieces = _pieces(text)
    levels = _levels(pieces)
    if SECTION not in levels:  # a short text, whose headings have no numbers
        levels = [SECTION if level == PART_OF_NONE else level for level in levels]
    levels = [None if level == PART_OF_NONE else level for level in levels]
    for is_body, run in groupby(zip(pieces, levels, strict=True), key=lambda each: each[1] is None):
        if is_body:
            yield from _bodies([piece for piece, _level in run])
        else:
            yield from (_heading(piece, str(level)) for piece, level in run)


def _levels(pieces: list[Piece]) -> list[str | None]:
    """What each piece is a heading of, if of anything."""
    levels, section = [], 0
    for at, piece in enumerate(pieces):
        level = _level(piece, section, is_first=at == 0, is_last=at == len(pieces) - 1)
        section = place_of(piece.first) or section if level == SECTION else section
        levels.append(level)
    return levels


def _pieces(text: str) -> list[Piece]:
    """The lines in groups: an empty line, an item of a list, and the end of indented lines begin a new one."""
    groups: list[tuple[list[str], bool]] = []
    after_gap, before = True, ""
    for line in [*text.split("\n"), ""]:
        if not line.strip():
            after_gap = True
            continue
        back_at_the_edge = before[:1].isspace() and not line[0].isspace()
        begins = NUMBERED_ITEM.match(line) or LETTERED_ITEM.match(line) or BULLET.match(line)
        if after_gap or back_at_the_edge or begins:
            groups.append(([], after_gap or back_at_the_edge))
        groups[-1][0].append(line.rstrip())
        after_gap, before = False, line
    gaps = [gap for _lines, gap in groups[1:]] + [True]
    return [Piece(tuple(lines), before and after) for (lines, before), after in zip(groups, gaps, strict=True)]


def _level(piece: Piece, section: int, *, is_first: bool, is_last: bool) -> str | None:
    """What a piece is a heading of; None when it is none. Sections are counted, so that an item of a list isn't taken for one."""
    line = piece.first
    if not piece.is_short:
        return None
    if BRACKETED_LINE.match(line) or (SECTION_LINE.match(line) and place_of(line) == section + 1):
        return SECTION
    if PART_LINE.match(line):
        return PART if section else None
    if is_first:
        return TITLE
    is_named = len(line) <= LONGEST_UNNUMBERED and not (NUMBERED_ITEM.match(line) or BULLET.match(line)) and line[0].isalpha()
    if not is_named or is_last:
        return None
    return PART if section else PART_OF_NONE


def _heading(piece: Piece, level: str) -> Block:
    """The heading that a piece is."""
    bracketed = BRACKETED_LINE.match(piece.first)
    return heading(level, bracketed[1] if bracketed else piece.first)


def _bodies(pieces: list[Piece]) -> Iterator[Block]:
    """Paragraphs and lists; items of one kind that follow each other are one list."""
    for kind, run in groupby(pieces, key=_kind):
        same = list(run)
        passages = tuple(" ".join(" ".join(each.lines).split()) for each in same)
        if kind == "p":
            yield Block(html="".join(f"<p>{_lines(each.lines)}</p>" for each in same), passages=passages)
        else:
            yield Block(html=_list(kind, same), passages=passages)


def _kind(piece: Piece) -> str:
    """What a piece is an item of: a numbered list, one with numbers in brackets, a list without; or a paragraph."""
    if NUMBERED_ITEM.match(piece.first):
        return "clauses"
    if LETTERED_ITEM.match(piece.first):
        return "clauses bracketed"
    return "ul" if BULLET.match(piece.first) else "p"


def _list(kind: str, pieces: list[Piece]) -> str:
    """A list whose items keep the numbers that they were given."""
    pattern = {"clauses": NUMBERED_ITEM, "clauses bracketed": LETTERED_ITEM, "ul": BULLET}[kind]
    items = [(found.groups(), each.lines[1:]) for each in pieces if (found := pattern.match(each.first))]
    if kind == "ul":
        return f"<ul>{''.join(f'<li>{_lines((said[0], *rest))}</li>' for said, rest in items)}</ul>"
    numbered = "".join(f'<li value="{int(said[0])}">{_lines((said[1], *rest))}</li>' for said, rest in items)
    return f'<ol class="{kind}">{numbered}</ol>'


def _lines(lines: tuple[str, ...]) -> str:
    """Lines as HTML: joined where they were only wrapped, else each by itself; addresses become links."""
    wrapped = all(len(line) >= WRAPPED for line in lines[:-1])
    return (" " if wrapped else "<br>").join(_linked(line.strip()) for line in lines)


def _linked(line: str) -> str:
    """A line with the web and mail addresses in it as links."""
    done, at = [], 0
    for found in LINK.finditer(line):
        href = found.group() if "://" in found.group() else f"mailto:{found.group()}"
        done += [escape(line[at : found.start()]), f'<a href="{escape(href)}">{escape(found.group())}</a>']
        at = found.end()
    return "".join([*done, escape(line[at:])])
