"""Code as it is shown: coloured by what its pieces are, with the name of its language; as it is where we don't know the language."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Operator, String
from pygments.util import ClassNotFound

LONGEST_COLOURED = 12_000

CLASSES = (
    (Keyword, "code-word"),
    (Operator.Word, "code-word"),
    (Comment.Preproc, "code-word"),
    (Comment.PreprocFile, "code-text"),
    (Comment, "code-note"),
    (String, "code-text"),
    (Generic.Inserted, "code-text"),
    (Generic.Deleted, "code-note"),
)

# Only what people write with ZCode: each lexer is a set of regular expressions that hostile text could keep busy.
NAMES = (
    "bash sh shell zsh console powershell ps1 bat python py python3 pycon javascript js jsx typescript ts tsx json json5 jsonc html xml "
    "css scss sass less vue java kotlin scala groovy c cpp c++ csharp cs c# objective-c go golang rust rs swift dart ruby rb php perl lua r "
    "julia haskell hs elixir erlang clojure ocaml fsharp zig nim sql postgresql mysql yaml yml toml ini cfg conf properties nginx docker "
    "dockerfile make makefile cmake diff patch markdown md graphql protobuf proto terraform hcl tf vim latex tex matlab"
)
LANGUAGES = frozenset(NAMES.split())
ALSO_CALLED = {"jsonc": "json", "patch": "diff", "golang": "go", "dockerfile": "docker", "console": "bash", "cfg": "ini", "conf": "ini"}


def block(code: str, info: str = "") -> str:
    """The HTML of a block of code; *info* is what stands behind the fence: a language, perhaps a file name."""
    words, code = info.split(), code.rstrip("\n")
    name = next((word for word in words[1:2] if "." in word and "=" not in word), "")
    lexer = lexer_for(words[0]) if words else None
    shown = coloured(code, lexer) if lexer and len(code) <= LONGEST_COLOURED else escape(code, quote=False)
    pre = f'<pre tabindex="0"><code>{shown}</code></pre>'
    language = lexer.name if lexer else words[0][:30] if words and words[0].isalnum() else ""
    if not (name or language):
        return pre
    return f'<figure class="code"><figcaption><span>{escape(name)}</span><span>{escape(language)}</span></figcaption>{pre}</figure>'


def coloured(code: str, lexer: Lexer) -> str:
    """The code with its words, texts and notes in spans."""
    html, last, held = [], None, ""
    for kind, text in lexer.get_tokens(code):
        colour = next((name for token, name in CLASSES if kind in token), None)
        if colour == last:
            held += text
            continue
        html.append(_span(held, last))
        last, held = colour, text
    html.append(_span(held, last))
    return "".join(html)


def _span(text: str, colour: str | None) -> str:
    """A run of one colour."""
    shown = escape(text, quote=False)
    return f'<span class="{colour}">{shown}</span>' if colour and text else shown


@lru_cache(maxsize=128)
def lexer_for(language: str) -> Lexer | None:
    """The lexer of a language that we know."""
    name = language.lower().strip("{}.")
    if name not in LANGUAGES:
        return None
    try:
        return get_lexer_by_name(ALSO_CALLED.get(name, name), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
