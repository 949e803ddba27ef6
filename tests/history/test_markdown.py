"""Markdown of others: shown as it was meant, and unable to do harm."""

from __future__ import annotations

import re
import time

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy_center.history import markdown, sought
from privacy_center.history.marks import marked_html
from privacy_center.history.shown import as_typed

HARMLESS = re.compile(
    r"<(/?(p|br|em|strong|s|code|blockquote|ul|ol|li|h[3-6]|hr|table|thead|tbody|tr|th|td|div|figure|figcaption|span|pre|a)"
    r'|pre tabindex="0"|(li|td|th|span|figure) class="(task|amount|code|code-word|code-text|code-note)"|ol start="\d+"|p class="typed"'
    r'|div class="table-frame" tabindex="0" role="group" aria-label="Table"'
    r'|a( href="(https?://|mailto:)[^"<>]*")? rel="noopener noreferrer nofollow")>',
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def language(app: Flask) -> None:
    """A page in a language: some words of the HTML are ours."""


def render(app: Flask, text: str) -> str:
    """The text's HTML on a page in English."""
    with app.test_request_context(base_url="http://127.0.0.1:8000"):
        return markdown.render(text)


def assert_harmless(html: str) -> None:
    """Every tag is one of a short list, with nothing in it but what is on the list."""
    assert "<" not in HARMLESS.sub("", html), html


ENDLESS = [
    ">" * 10_000 + " x",
    "- " * 10_000,
    "\n".join("  " * depth + "- x" for depth in range(150)),
    *(sign * 15_000 for sign in ("*", "[", "![", "`", "**a", "~~a", "[a](", "&", "a\n")),
    "|" * 10_000 + "\n" + "|-" * 5_000,
]
SIGNS = [*"<>[]()`*_~|#-!\"'&:/ \n\t", "a", "script", "javascript:", "https://a.example", "```", "> ", "- [ ] ", "|-|-|"]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick='x'>b</b> <style>*{}</style> <!-- c --> <a href=javascript:1>",
    "[x](javascript:alert(1)) [y](JAVASCRIPT:alert) [z](vbscript:x) [w](data:text/html,x) [v](//evil.example) [u](/sign-out)",
    "[x](java\tscript:1) [x](&#106;avascript:1) [x](javascript&colon;1) <javascript:alert(1)>",
    '[x](https://a.example "\\" onmouseover=\\"x") [y](<https://a.example/"><script>)',
    "![x](https://tracker.example/p.gif) ![y](data:image/png;base64,AA) ![<script>](https://a.example/b)",
    '```"><script>alert(1)</script>\n<b>\n```',
    "```python onclick=x a.py\n<script>\n```",
    "[x]: javascript:1\n\n[x] ![x]",
    "| <script> | b |\n|---|---|\n| <img> | `<i>` |",
    "<form action=/sign-out method=post><button hx-post=/x>",
    "\x00\u202e\ufeff<\x00script>",
]


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_is_harmless(app: Flask, text: str) -> None:
    assert_harmless(render(app, text))
    assert_harmless(as_typed(text))


@pytest.mark.engine("sqlite")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SIGNS), max_size=40))
def test_no_mixture_of_signs_is_harmful(app: Flask, pieces: list[str]) -> None:
    assert_harmless(render(app, "".join(pieces)))
    assert_harmless(as_typed("".join(pieces)))


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("text", ENDLESS)
def test_what_nests_or_repeats_without_end_is_quick(app: Flask, text: str) -> None:
    begun = time.thread_time()

    assert_harmless(render(app, text))

    assert time.thread_time() - begun < 5


@pytest.mark.engine("sqlite")
def test_markdown_is_shown_as_it_was_meant(app: Flask) -> None:
    html = render(app, "# One\n\n###### Six\n\n*a* **b** ~~c~~ `d`\n\n- [ ] e\n- [x] f\n\n| g | h |\n|---|--:|\n| 1 | 2 |\n\n> i\n\n3. j")

    assert "<h3>One</h3>\n<h4>Six</h4>" in html
    assert "<em>a</em> <strong>b</strong> <s>c</s> <code>d</code>" in html
    assert '<li class="task">☐ e</li>\n<li class="task">☑ f</li>' in html
    assert '<th class="amount">h</th>' in html
    assert "<blockquote>\n<p>i</p>\n</blockquote>" in html
    assert '<ol start="3">' in html


@pytest.mark.engine("sqlite")
def test_a_picture_is_a_link_that_nobody_follows_unasked(app: Flask) -> None:
    html = render(app, "![The plan](https://a.example/plan.png) ![](https://a.example/b.png)")

    assert '<a href="https://a.example/plan.png" rel="noopener noreferrer nofollow">The plan</a>' in html
    assert ">Picture</a>" in html


@pytest.mark.engine("sqlite")
def test_every_link_has_words(app: Flask) -> None:
    html = render(app, "[](https://a.example) [![Build](https://b.example/badge.svg)](https://c.example) [![](https://d.example)](https://e.example)")

    assert '<a href="https://a.example" rel="noopener noreferrer nofollow">https://a.example</a>' in html
    assert '<a href="https://c.example" rel="noopener noreferrer nofollow">Build</a>' in html
    assert '<a href="https://e.example" rel="noopener noreferrer nofollow">Picture</a>' in html


@pytest.mark.engine("sqlite")
def test_code_is_coloured_where_the_language_is_known(app: Flask) -> None:
    known = render(app, '```python app/x.py\nif True:  # why\n    print("hi")\n```')
    unknown = render(app, "```klingon\n<b>\n```\n\n    indented")

    assert "<figcaption><span>app/x.py</span><span>Python</span></figcaption>" in known
    assert '<span class="code-word">if</span>' in known
    assert '<span class="code-note"># why</span>' in known
    assert '<span class="code-text">"hi"</span>' in known
    assert '<span>klingon</span></figcaption><pre tabindex="0"><code>&lt;b&gt;</code></pre>' in unknown
    assert '<pre tabindex="0"><code>indented</code></pre>' in unknown


@pytest.mark.engine("sqlite")
def test_very_long_code_is_left_uncoloured(app: Flask) -> None:
    assert "code-word" not in render(app, "```python\n" + "if x: pass\n" * 2_000 + "```")


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("html", "typed", "marked"),
    [
        ("<p>a <em>re</em>try</p>", "retry", "<p>a <em><mark>re</mark></em><mark>try</mark></p>"),
        ("<p>give</p><p>the</p>", '"give the"', "<p><mark>give</mark></p><p><mark>the</mark></p>"),
        ('<a href="https://retry.example">x &amp; retry</a>', "retry", '<a href="https://retry.example">x &amp; <mark>retry</mark></a>'),
        ("<p>&lt;script&gt;</p>", "script", "<p>&lt;<mark>script</mark>&gt;</p>"),
        ('<code><span class="code-text">"支</span>付</code>', "支付", '<code><span class="code-text">"<mark>支</mark></span><mark>付</mark></code>'),
    ],
)
def test_words_are_marked_in_html_also_across_tags(html: str, typed: str, marked: str) -> None:
    assert marked_html(html, sought.read(typed)) == marked


@pytest.mark.engine("sqlite")
def test_what_was_typed_keeps_its_lines_and_spaces_and_its_code() -> None:
    html = as_typed("One\n  two\n\n# three\n```sh\nls -l\n```\nfour\n~~~\nopen end")

    assert html.startswith('<p class="typed">One\n  two\n\n# three</p><figure class="code">')
    assert '<p class="typed">four</p><pre tabindex="0"><code>open end</code></pre>' in html
