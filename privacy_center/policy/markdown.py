"""Official texts in Markdown: headings become sections and parts, the rest HTML without any of the text's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from privacy_center.policy.blocks import BODY, PART, SECTION, TITLE, Block, heading

MAY_LINK = re.compile(r"(https?://|mailto:)\S", re.IGNORECASE)


def blocks(text: str) -> Iterator[Block]:
    """The text's headings and what stands between them."""
    tokens = _markdown().parse(text)
    levels = _levels(tokens)
    run: list[Token] = []
    skip = 0
    for at, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif token.type == "heading_open" and token.level == 0 and (level := levels[at]) != BODY:
            yield from _body(run)
            run = []
            yield heading(level, words(tokens[at + 1]))
            skip = 2  # its words, and its end
        else:
            run.append(token)
    yield from _body(run)


def _levels(tokens: list[Token]) -> dict[int, str]:
    """What each heading is: the first is the title when no other is as high; the next two levels are sections and parts."""
    found = [(at, int(token.tag[1])) for at, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    named: dict[int, str] = {}
    if found and not any(depth <= found[0][1] for _at, depth in found[1:]):
        named[found.pop(0)[0]] = TITLE
    depths = sorted({depth for _at, depth in found})
    kinds = dict(zip(depths, (SECTION, PART), strict=False))
    return {**named, **{at: kinds.get(depth, BODY) for at, depth in found}}


def _body(run: list[Token]) -> Iterator[Block]:
    """A piece of text, if there is any."""
    if run:
        markdown = _markdown()
        html = markdown.renderer.render(_in_our_outline(run), markdown.options, {})
        passages = [words(each) if each.type == "inline" else each.content for each in run if each.type in ("inline", "fence", "code_block")]
        yield Block(html=html, passages=tuple(each.strip() for each in passages if each.strip()))


def _in_our_outline(run: list[Token]) -> list[Token]:
    """Headings that are neither section nor part lie below both; figures in tables stand to the right."""
    for token in run:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4"
        elif token.type in ("th_open", "td_open") and str(token.attrs.pop("style", "")).endswith("right"):
            token.attrs["class"] = "amount"
    return run


def words(token: Token) -> str:
    """The words of a line without its marks."""
    said = [" " if each.type in ("softbreak", "hardbreak") else each.content for each in token.children or []]
    return " ".join("".join(said).split())


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """The renderer: CommonMark with tables, without HTML and pictures; links lead to web and mail addresses only."""
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.disable(["html_block", "html_inline", "image"])
    made.validateLink = lambda url: bool(MAY_LINK.match(url))  # type: ignore[method-assign]
    made.add_render_rule("table_open", lambda *_given: '<div class="table-frame" tabindex="0"><table>')
    made.add_render_rule("table_close", lambda *_given: "</table></div>")
    return made
