"""One part of a message as it is shown: words, or a fold with reasoning or the use of a tool. What is too long is cut and says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

import orjson
from flask_babel import gettext, ngettext
from markupsafe import Markup

from privacy_center.history import code, markdown
from privacy_center.history.marks import marked, marked_html
from privacy_center.history.plain import one_line, plain
from privacy_center.history.sought import Sought

LONGEST_WORDS = 50_000
LONGEST_IN_FOLD = 8_000
PAGE_HOLDS = 300_000
ALWAYS_SHOWN = 1_000
LONGEST_HINT = 64
FENCE = re.compile(r"^(`{3,}|~{3,})([^\n`]*)\n(.*?)(?:^\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
# What of a tool's input says best what it did.
PATHS = ("path", "file_path", "filePath", "file")
TELLING = (*PATHS, "command", "cmd", "query", "pattern", "url", "description", "title", "name")


@dataclass
class Output:
    """What a tool gave back, and the message that brought it."""

    text: Markup
    cut: str
    message: int | None = None


@dataclass
class Fold:
    """Something that is folded away until somebody wants to see it."""

    words: str
    name: str = ""
    hint: str = ""
    text: Markup | None = None
    cut: str = ""
    outputs: list[Output] = field(default_factory=list)
    lines: str = ""
    said: bool = False

    @property
    def open(self) -> bool:
        """Whether a sought word stands within, in what was said; the search doesn't look at what tools were given and gave back."""
        return self.said and "<mark>" in (self.text or "")


@dataclass
class Shower:
    """Shows the parts of one page's messages: marks what is sought, and keeps the page within what a browser bears."""

    sought: Sought | None = None
    left: int = PAGE_HOLDS

    def words(self, text: str, *, typed: bool) -> tuple[Markup, str]:
        """What was said, as HTML and perhaps a note that it is cut; what the person typed is shown as it was typed."""
        shown, cut = self._cut(text, LONGEST_WORDS)
        html = as_typed(shown) if typed else markdown.render(shown)
        return Markup(marked_html(html, self.sought)), cut  # noqa: S704 - escaped, or cleaned by nh3

    def reasoning(self, text: str) -> Fold:
        """What the model thought before it spoke."""
        shown, cut = self._cut(text, LONGEST_WORDS)
        return Fold(gettext("Reasoning"), text=Markup('<p class="typed">{}</p>').format(marked(shown, self.sought)), cut=cut, said=True)

    def use(self, part: dict[str, Any]) -> Fold:
        """The use of a tool: its name, what it was given."""
        given = part.get("input")
        fold = Fold(gettext("Tool"), name=one_line(str(part.get("name") or ""), 80), hint=_hint(given))
        if given not in (None, "", {}, []):
            fold.text, fold.cut = self._code(pretty(given))
        if part.get("output") is not None:
            self.answer(fold, part["output"])
        return fold

    def answer(self, fold: Fold, output: Any, message: int | None = None) -> None:
        """Put what the tool gave back into its fold."""
        text = output if isinstance(output, str) else pretty(output)
        shown, cut = self._code(text)
        fold.outputs.append(Output(shown, cut, message))
        if (lines := text.rstrip("\n").count("\n") + 1) > 1:
            fold.lines = ngettext("%(num)s line", "%(num)s lines", lines)

    def unknown(self, part: Any) -> Fold:
        """A part of a kind that this page doesn't know, as it was stored."""
        text, cut = self._code(pretty(part))
        return Fold(gettext("Something of a kind we have no picture for"), text=text, cut=cut)

    def _code(self, text: str) -> tuple[Markup, str]:
        shown, cut = self._cut(text, LONGEST_IN_FOLD)
        return Markup('<pre tabindex="0"><code>{}</code></pre>').format(marked(shown, self.sought)), cut

    def _cut(self, text: str, longest: int) -> tuple[str, str]:
        """The part of the text that is shown, around the first sought word if that lies far in; and a note when it isn't all."""
        longest = max(ALWAYS_SHOWN, min(longest, self.left))
        if len(text) <= longest:
            self.left -= len(text)
            return plain(text), ""
        self.left -= longest
        begin = 0
        if self.sought and (spans := self.sought.spans(text[:500_000], 1)) and spans[0][0] > longest - 200:
            begin = text.rfind("\n", 0, spans[0][0]) + 1
            begin = begin if spans[0][0] - begin < 200 else spans[0][0] - 200
        note = gettext("Shown here: %(shown)s of %(all)s characters. ", shown=f"{longest:,}", all=f"{len(text):,}")
        return plain(("…" if begin else "") + text[begin : begin + longest] + "…"), note


def as_typed(text: str) -> str:
    """What somebody typed, with its line ends and spaces, and code between fences as code."""
    html, end = [], 0
    for fence in FENCE.finditer(text):
        html += [_typed(text[end : fence.start()]), code.block(fence[3], fence[2])]
        end = fence.end()
    return "".join([*html, _typed(text[end:])])


def _typed(text: str) -> str:
    text = text.strip("\n")
    return f'<p class="typed">{escape(text, quote=False)}</p>' if text.strip() else ""


def pretty(value: Any) -> str:
    """A tool's input or output for people: one line a field, texts of several lines as they are, JSON for what is nested."""
    if isinstance(value, str):
        try:
            value = orjson.loads(value) if value.startswith(("{", "[")) else value
        except orjson.JSONDecodeError:
            return str(value)
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return "\n".join(_field(name, content) for name, content in value.items())


def _field(name: str, content: Any) -> str:
    if not isinstance(content, str):
        return f"{name}: {orjson.dumps(content, option=orjson.OPT_INDENT_2).decode()}"
    return f"{name}:\n{content}\n" if "\n" in content else f"{name}: {content}"


def _hint(given: Any) -> str:
    """What the tool worked on, in a few words; of a path the end, which says most."""
    if not isinstance(given, dict):
        return ""
    name = next((name for name in TELLING if isinstance(given.get(name), str)), None)
    if name is None:
        return ""
    text = given[name]
    if name in PATHS and len(text) > LONGEST_HINT:
        end = text[-LONGEST_HINT:]
        return one_line(f"…{end[max(0, end.find('/')) :]}", LONGEST_HINT + 1)
    return one_line(text, LONGEST_HINT)
