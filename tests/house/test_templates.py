"""Templates hold words and structure: no script, no style, nothing taken for safe that isn't."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house import files

TEMPLATES = files.having(".html", "templates")
# HTML that a file of ours has made and cleaned; `|safe` is allowed nowhere else.
CLEANED: dict[str, str] = {"templates/policy/_editions.html": "official texts, cleaned by policy/blocks.py"}
FORBIDDEN = {
    "script of its own": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "style of its own": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "script of htmx": re.compile(r"\shx-on\b|hx-vals\s*=\s*[\"']js:|hx-trigger\s*=\s*[\"'][^\"']*\[", re.IGNORECASE),
    "an address of somebody else's to load from": re.compile(r"<(?:script|img|link|iframe|source)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
}


EXTENDS, TITLE = r'{% extends "([^"]+)"', r"{% block title( required)? %}"


@pytest.mark.parametrize("template", TEMPLATES, ids=files.name)
def test_a_template_carries_neither_script_nor_style(template: Path) -> None:
    text = template.read_text()

    for what, pattern in FORBIDDEN.items():
        assert not pattern.search(text), f"{files.name(template)} has {what}"


@pytest.mark.parametrize("template", TEMPLATES, ids=files.name)
def test_nothing_is_taken_for_safe_but_what_we_cleaned(template: Path) -> None:
    if files.name(template) not in CLEANED:
        assert not re.search(r"\|\s*safe\b|autoescape false", template.read_text()), files.name(template)


@pytest.mark.parametrize("template", TEMPLATES, ids=files.name)
def test_every_form_that_posts_carries_the_token(template: Path) -> None:
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", template.read_text(), re.DOTALL | re.IGNORECASE):
        assert "csrf()" in form, f"{files.name(template)}: {form[:80]}"


@pytest.mark.parametrize("template", TEMPLATES, ids=files.name)
def test_every_page_has_a_title_and_the_shape_of_the_house(template: Path) -> None:
    text = template.read_text()
    if template.name.startswith("_") or "shared" in template.parts or template.name == "base.html":
        return

    frame = re.search(EXTENDS, text)
    assert frame
    while frame[1] != "base.html" and not re.search(TITLE, text):  # the frame of a room has a title for its pages
        text = (Path(__file__).parents[2] / "templates" / frame[1]).read_text()
        frame = re.search(EXTENDS, text)
        assert frame
    assert re.search(TITLE, text)


@pytest.mark.parametrize("template", TEMPLATES, ids=files.name)
def test_a_template_asks_the_database_nothing(template: Path) -> None:
    assert not re.search(r"\.(select|where|execute|get_by_id|get_or_none)\(", template.read_text()), files.name(template)
