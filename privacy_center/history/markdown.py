"""Markdown that others wrote, as HTML that can do no harm.

Two walls: the renderer lets no HTML through and makes links of web and mail addresses only; then nh3 takes away whatever isn't on
a short list. Pictures are never loaded: they would tell their host who reads here, and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import nh3
from flask_babel import gettext
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from privacy_center.history import code

MAY_LINK = re.compile(r"(https?://|mailto:)\S", re.IGNORECASE)
TASK = re.compile(r"\[([ xX])\] ")
TAGS = "p br em strong s a code pre blockquote ul ol li h3 h4 h5 h6 hr table thead tbody tr th td div figure figcaption span"
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "pre": {"tabindex"}, "div": {"tabindex", "role", "aria-label"}}
CLASSES = {
    "span": {"code-word", "code-text", "code-note"},
    "div": {"table-frame"},
    "figure": {"code"},
    "li": {"task"},
    "th": {"amount"},
    "td": {"amount"},
}


def render(text: str) -> str:
    """The text's HTML. Headings begin at the third level, below the page's and the speaker's."""
    return nh3.clean(
        _markdown().render(text, {"table": gettext("Table"), "picture": gettext("Picture")}),
        tags=set(TAGS.split()),
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """The renderer: CommonMark with tables and strikethrough."""
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer).enable(["table", "strikethrough"])
    markdown.disable(["html_block", "html_inline"])
    markdown.validateLink = lambda url: bool(MAY_LINK.match(url))  # type: ignore[method-assign]
    markdown.core.ruler.push("ours", _in_our_outline)
    return markdown


def _in_our_outline(state: StateCore) -> None:
    """Set headings below the speaker's, figures to the right, and make task lists of items that begin with a box."""
    above: list[str] = []
    for before, token in zip([None, None, *state.tokens], state.tokens, strict=False):
        if token.type == "heading_open":
            above = [*(tag for tag in above if tag < token.tag), token.tag]
        if token.type in ("heading_open", "heading_close"):
            # By depth and not by its own number: an outline that leaves levels out would mislead whoever jumps from heading to heading.
            token.tag = f"h{min(6, 2 + len(above))}"
        elif token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style.endswith("right"):
                token.attrs["class"] = "amount"
        elif token.type == "inline" and token.children:
            if before is not None and before.type == "list_item_open":
                _tick(before, token.children[0])
            token.children = list(_name_links(token.children, state.env))


def _tick(item: Token, first: Token) -> None:
    """Write the box of a task list as a character, which every reader can say."""
    if first.type == "text" and (box := TASK.match(first.content)):
        first.content = ("☐ " if box[1] == " " else "☑ ") + first.content[box.end() :]
        item.attrs["class"] = "task"


def _name_links(tokens: list[Token], env: Any) -> Iterator[Token]:
    """Give every link words: a picture in a link is its description, and a link around nothing shows where it leads."""
    link: Token | None = None
    named = False
    for token in tokens:
        if token.type == "link_open":
            link, named = token, False
        elif token.type == "link_close" and link is not None and not named:
            yield Token("text", "", 0, content=str(link.attrs.get("href", "")))
        elif token.type == "image" and link is not None:
            token = Token("text", "", 0, content=token.content.strip() or env["picture"])  # noqa: PLW2901
        named = named or bool(token.content.strip())
        link = None if token.type == "link_close" else link
        yield token


class Renderer(RendererHTML):
    """Writes code, tables and pictures in our way."""

    def fence(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """A block of code between fences."""
        return code.block(tokens[index].content, tokens[index].info)

    def code_block(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """A block of code by its indentation."""
        return code.block(tokens[index].content)

    def table_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """A table in a frame that scrolls, so that the page doesn't."""
        return f'<div class="table-frame" tabindex="0" role="group" aria-label="{escape(env["table"])}"><table>'

    def table_close(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """The end of the table and its frame."""
        return "</table></div>"

    def link_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """A link with its address and nothing else."""
        return f'<a href="{escape(str(tokens[index].attrs.get("href", "")))}">'

    def image(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """A picture as a link to it, which is followed only by whoever wants to."""
        words = escape(self.renderInlineAsText(tokens[index].children or [], options, env).strip() or env["picture"])
        return f'<a href="{escape(str(tokens[index].attrs.get("src", "")))}">{words}</a>'
