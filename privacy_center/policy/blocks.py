"""What an official text is made of, however it was written: headings, and blocks of HTML with the words that are in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import nh3

TITLE, SECTION, PART, BODY = "title", "section", "part", "body"
TAGS = "p br em strong s a code pre blockquote ul ol li h4 h5 h6 hr table thead tbody tr th td div"
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "li": {"value"}, "div": {"tabindex"}}
CLASSES = {"div": {"table-frame"}, "ol": {"clauses", "bracketed"}, "th": {"amount"}, "td": {"amount"}}
NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)}
NUMBERED = re.compile(r"^(?:(\d{1,3})[.．、]|([一二三四五六七八九十]{1,3})、|[(（](\d{1,2}|[一二三四五六七八九十]{1,3})[)）])\s*(?=\S)")


@dataclass(frozen=True)
class Block:
    """A heading, with its number as it is written and as a bare place, or a piece of text."""

    level: str = BODY
    title: str = ""
    number: str = ""
    place: str = ""
    html: str = ""
    passages: tuple[str, ...] = ()


def heading(level: str, line: str) -> Block:
    """A heading, its number told apart from its words."""
    found = NUMBERED.match(line)
    if not found:
        return Block(level, line.strip())
    return Block(level, line[found.end() :].strip(), found.group().strip(), str(place_of(line)))


def place_of(line: str) -> int | None:
    """The number that a line begins with: 2 for “2. Use”, for “(2) Use” and for “二、使用”."""
    found = NUMBERED.match(line)
    if not found:
        return None
    sign = next(each for each in found.groups() if each)
    return int(sign) if sign.isdecimal() else _numeral(sign)


def _numeral(sign: str) -> int:
    """A Chinese number up to 99."""
    tens, ten, ones = sign.rpartition("十")
    if not ten:
        return NUMERALS[sign[0]]
    return 10 * NUMERALS.get(tens, 1) + NUMERALS.get(ones, 0)


def clean(html: str) -> str:
    """The second wall: whatever isn't on a short list goes, whoever made it."""
    return nh3.clean(
        html,
        tags=set(TAGS.split()),
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer",
    )
