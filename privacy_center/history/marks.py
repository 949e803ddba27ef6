"""Marks the sought words, in plain text and in HTML of ours, and cuts the passage around them."""

from __future__ import annotations

import re
from html import escape, unescape

from markupsafe import Markup

from privacy_center.history.sought import Sought, Span

TAG = re.compile(r"(<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)")
# Words in a row may run through these; any other tag ends the line they stand in.
WITHIN_A_LINE = re.compile(r"</?(?:a|em|strong|s|code|span)[\s>]")
BEFORE, AFTER = 60, 140
LOOKED_THROUGH = 200_000
MOST_PLACES = 40
SYNTAX = re.compile(r"\*\*|`+|^#+ |^> ", re.MULTILINE)
WORD_BEGINS = re.compile(r"\s\S")


def marked(text: str, sought: Sought | None) -> Markup:
    """The text as HTML, the sought words in `<mark>`."""
    return _with_marks(text, sought.spans(text)) if sought else Markup(escape(text, quote=False))  # noqa: S704 - escaped


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
        if within:
            pieces[2 * number] = str(_with_marks(text, within))
        begin = stop + len(end)
    return "".join(pieces)


def passage(text: str, sought: Sought) -> Markup | None:
    """A line of the text around the first place where the most of the sought words stand together; None when none does."""
    for begin in range(0, len(text), LOOKED_THROUGH):
        window = text[begin : begin + LOOKED_THROUGH + AFTER]
        for line in (SYNTAX.sub("", window), window):
            if spans := sought.spans(line, MOST_PLACES):
                return _passage(line, spans)
    return None


def _passage(text: str, spans: list[Span]) -> Markup:
    """The line around the densest place."""
    start = max(spans, key=lambda span: len({text[one:other].lower() for one, other in spans if span[0] <= one < span[0] + AFTER}))[0]
    begin = max(0, start - BEFORE)
    if begin and (gap := WORD_BEGINS.search(text, begin, start)):
        begin = gap.end() - 1
    end = min(len(text), start + AFTER)
    if end < len(text) and (last := text.rfind(" ", max(start + 1, end - 20), end)) > 0:
        end = last
    end = max(end, next(other for one, other in spans if one == start))
    shown = [(one - begin, other - begin) for one, other in spans if begin <= one and other <= end]
    line = _with_marks(text[begin:end], shown)
    return Markup("{}{}{}").format("…" if begin else "", line, "…" if end < len(text) else "")


def _with_marks(text: str, spans: list[Span]) -> Markup:
    """The text as HTML, those places of it in `<mark>`."""
    html, end = [], 0
    for one, other in spans:
        html.append(f"{escape(text[end:one], quote=False)}<mark>{escape(text[one:other], quote=False)}</mark>")
        end = other
    html.append(escape(text[end:], quote=False))
    return Markup("".join(html))  # noqa: S704 - every piece is escaped above
