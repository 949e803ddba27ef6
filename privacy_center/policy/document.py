"""An official text as a page needs it: a title, sections with anchors and numbers, HTML that can do no harm, passages to compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from privacy_center.policy import markdown, plain_text
from privacy_center.policy.blocks import PART, SECTION, TITLE, Block, clean
from privacy_center.policy.models import MARKDOWN, PLAIN

REMEMBERED = 16  # editions
LONGEST_TITLE = 120
CHINESE = re.compile(r"[\u3400-\u9fff]")
NAMED_MARKDOWN, NAMED_PLAIN = (".md", ".markdown"), (".txt", ".text")
HEADING_IN_MARKDOWN = re.compile(r"^(#{1,6}\s+\S|\S.*\n(=+|-+)\s*$)", re.MULTILINE)


@dataclass
class Section:
    """A section and its parts: what stands before its first part is its own."""

    title: str = ""
    number: str = ""
    anchor: str = ""
    blocks: list[Block] = field(default_factory=list)
    parts: list[Section] = field(default_factory=list)

    @property
    def html(self) -> str:
        """Its own text, cleaned."""
        return clean("".join(each.html for each in self.blocks))

    @property
    def passages(self) -> tuple[str, ...]:
        """Its own text without marks, passage by passage."""
        return tuple(passage for each in self.blocks for passage in each.passages)

    @property
    def heading(self) -> str:
        """Its title as it is written, with its number."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class Shown:
    """A section for the page: everything in it is made once and kept."""

    heading: str
    number: str
    anchor: str
    html: str
    passages: tuple[str, ...]
    parts: tuple[Shown, ...]

    @property
    def place(self) -> str:
        """The bare number or name of the section, by which our own words stand beside it: 2 of “2.” and of “二、”."""
        return self.anchor.removeprefix("section-")


@dataclass(frozen=True)
class Document:
    """The whole text; *opening* is what stands before the first section."""

    title: str
    opening: Shown
    sections: tuple[Shown, ...]


def form_of(name: str, text: str) -> str:
    """Whether a file holds Markdown or plain text, by its name, or else by whether it has headings."""
    if name.lower().endswith(NAMED_PLAIN) or not HEADING_IN_MARKDOWN.search(text):
        return PLAIN
    return MARKDOWN


def language_of(text: str) -> str:
    """The language of a text as HTML writes it, for readers that speak it aloud on a page of another language."""
    return "zh-Hans" if len(CHINESE.findall(text)) * 4 > len(text) else "en"


@lru_cache(REMEMBERED)
def read(text: str, form: str) -> Document:
    """The text, taken apart."""
    blocks = list(markdown.blocks(text) if form == MARKDOWN else plain_text.blocks(text))
    title = next((each.title for each in blocks[:1] if each.level == TITLE), "")
    opening, sections = Section(anchor="opening"), list(_sections(each for each in blocks if each.level != TITLE or each is not blocks[0]))
    if sections and not sections[0].title:
        opening = sections.pop(0)
        opening.anchor = "opening"
    return Document(title, _shown(opening), tuple(map(_shown, sections)))


def _sections(blocks: Iterable[Block]) -> Iterator[Section]:
    """The blocks gathered under their headings; a first section without a title holds what stands before any."""
    found, taken = [Section()], {"opening", "main"}
    for block in blocks:
        if block.level in (SECTION, TITLE):
            found.append(Section(block.title, block.number, _anchor(f"section-{block.place or _slug(block.title)}", taken)))
        elif block.level == PART:
            anchor = _anchor(f"{found[-1].anchor or 'opening'}-{block.place or _slug(block.title)}", taken)
            found[-1].parts.append(Section(block.title, block.number, anchor))
        else:
            (found[-1].parts[-1] if found[-1].parts else found[-1]).blocks.append(block)
    return (each for each in found if each.title or each.blocks or each.parts)


def _anchor(wanted: str, taken: set[str]) -> str:
    """An anchor that no other section has."""
    anchor, count = wanted, 1
    while anchor in taken:
        count += 1
        anchor = f"{wanted}-{count}"
    taken.add(anchor)
    return anchor


def _slug(title: str) -> str:
    """A title as part of an address."""
    return re.sub(r"\W+", "-", title.lower()).strip("-")[:60] or "untitled"


def _shown(section: Section) -> Shown:
    """The section as it is kept."""
    return Shown(section.heading, section.number, section.anchor, section.html, section.passages, tuple(map(_shown, section.parts)))
