"""Marks the sought words, in plain text and in HTML of ours, and cuts the passage around them."""

from __future__ import annotations

import re
from html import escape, unescape

from markupsafe import Markup

from privacy_center.history.index import CHINESE_JAPANESE_KOREAN
from privacy_center.history.plain import plain
from privacy_center.history.sought import Sought, Span

TAG = re.compile(r"(<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)")
# Words in a row may run through these; any other tag ends the line they stand in.
WITHIN_A_LINE = re.compile(r"</?(?:a|em|strong|s|code|span)[\s>]")
BEFORE, AFTER = 60, 140  # letters of a passage before and after the place; half as many in Chinese, whose characters say twice as much
LOOKED_THROUGH = 200_000
MOST_PLACES = 40
SYNTAX = re.compile(r"\*\*|`+|^#+ |^> ", re.MULTILINE)
WORD_BEGINS = re.compile(r"\s\S")


def marked(text: str, sought: Sought | None) -> Markup:
    """The text as HTML, the sought words in `<mark>`."""
    spans = sought.spans(text) if sought else []
    return Markup(_with_marks(text, spans))  # noqa: S704 - escaped


def marked_html(html: str, sought: Sought | None) -> str:
    """The HTML with the sought words of its text in `<mark>`, also where tags run through them."""
    if not sought:
        return html
    pieces = TAG.split(html)
    texts = [unescape(piece) for piece in pieces[::2]]
    ends = ["" if WITHIN_A_LINE.match(tag) else "\n" for tag in pieces[1::2]] + [""]
    spans = sought.spans("".join(text + end for text, end in zip(texts, ends, strict=True)))
    if not spans:
        return html
    begin = 0
    for number, (text, end) in enumerate(zip(texts, ends, strict=True)):
        stop = begin + len(text)
        within = [(max(one, begin) - begin, min(other, stop) - begin) for one, other in spans if one < stop and other > begin]
        if within and text:
            pieces[2 * number] = _with_marks(text, within)
        begin = stop + len(end)
    return "".join(pieces)


def passage(text: str, sought: Sought) -> Markup | None:
    """A line of the text around the first place where the most of the sought words stand together; None when none does."""
    for begin in range(0, len(text), LOOKED_THROUGH):
        window = text[begin : begin + LOOKED_THROUGH + AFTER]
        most = MOST_PLACES if len(sought.terms) > 1 else 1
        for look in (sought.glimpses, sought.spans):
            if (spans := look(window, most)) and (line := _line(window, _densest(window, spans), sought)):
                return line
    return None


def _densest(text: str, spans: list[Span]) -> Span:
    """The first place within a line of which the most different words stand."""
    if len(spans) == 1:
        return spans[0]
    return max(spans, key=lambda span: len({text[one:other].lower() for one, other in spans if span[0] <= one < span[0] + AFTER}))


def _line(text: str, place: Span, sought: Sought) -> Markup | None:
    """The text from a little before the place to a little after it, whole words, without the signs of Markdown; None if nothing is there."""
    start, stop = place
    before, after = (BEFORE // 2, AFTER // 2) if CHINESE_JAPANESE_KOREAN.match(text, start) else (BEFORE, AFTER)
    begin, end = max(0, start - before), max(stop, min(len(text), start + after))
    if begin and (gap := WORD_BEGINS.search(text, begin, start)):
        begin = gap.end() - 1
    if end < len(text) and (last := text.rfind(" ", max(stop, end - 20), end)) > 0:
        end = last
    written = plain(text[begin:end])
    line = _without_syntax(written)
    if not (spans := sought.spans(line)):  # the signs held the words apart
        line = written
        spans = sought.spans(line)
    if not spans:
        return None
    return Markup(f"{'…' if begin else ''}{_with_marks(line, spans)}{'…' if end < len(text) else ''}")  # noqa: S704 - escaped


def _without_syntax(line: str) -> str:
    """The line without the signs of Markdown; most have none, which is seen at once."""
    return SYNTAX.sub("", line) if "*" in line or "`" in line or "#" in line or ">" in line else line


def _with_marks(text: str, spans: list[Span]) -> str:
    """The text as HTML, those places of it in `<mark>`."""
    if not spans:
        return escape(text, quote=False)
    html, end = [], 0
    for one, other in spans:
        html.append(f"{escape(text[end:one], quote=False)}<mark>{escape(text[one:other], quote=False)}</mark>")
        end = other
    html.append(escape(text[end:], quote=False))
    return "".join(html)
