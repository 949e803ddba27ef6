"""How official texts are taken apart: sections, parts, lists, anchors; and that nothing in them is obeyed."""

from __future__ import annotations

import pytest

from privacy_center.policy import document
from privacy_center.policy.blocks import place_of
from privacy_center.policy.comparing import flat
from privacy_center.policy.document import Document
from privacy_center.policy.models import MARKDOWN, PLAIN
from tests.policy import texts

HOSTILE = ["<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "<svg/onload=alert(1)>", "<iframe src=https://evil.example></iframe>"]
LINKS = [
    "[go](javascript:alert(1))",
    "[go](JaVaScRiPt:alert(1))",
    "[go](data:text/html,hello)",
    "![spy](https://evil.example/pixel.png)",
    "<javascript:alert(1)>",
]


def outline(text: Document) -> list[tuple[str, list[str]]]:
    """The headings of sections, each with those of its parts."""
    return [(each.heading, [part.heading for part in each.parts]) for each in text.sections]


def html(text: Document) -> str:
    """All HTML that was made of it."""
    return "".join(each.html for each in flat(text))


def test_numbered_lines_are_sections_and_bracketed_ones_their_parts() -> None:
    read = document.read(texts.PLAIN, PLAIN)

    assert read.title == "ACME Privacy Policy"
    assert outline(read) == [
        ("Introduction", []),
        ("1. Definitions and Scope", ["(1) Data Controller", "(2) Terms"]),
        ("2. How We Collect Information", ["Cookies we use"]),
        ("3. How to Contact Us", []),
    ]


def test_headings_of_markdown_are_sections_and_parts() -> None:
    read = document.read(texts.MARKDOWN, MARKDOWN)

    assert read.title == "ACME Privacy Policy"
    assert outline(read) == [("1. Definitions and Scope", ["(1) Data Controller"]), ("2. How We Collect Information", [])]
    assert '<div class="table-frame" tabindex="0"><table>' in read.sections[1].html


def test_chinese_numbers_are_numbers() -> None:
    read = document.read("隐私政策\n\n一、定义\n\n（一）控制者\n\n我们是控制者。\n\n二、收集\n\n我们收集信息。\n", PLAIN)

    assert outline(read) == [("一、 定义", ["（一） 控制者"]), ("二、 收集", [])]
    assert [each.place for each in read.sections] == ["1", "2"]
    assert [place_of(f"{each}、收集") for each in ("十", "十一", "二十", "二十三")] == [10, 11, 20, 23]


def test_a_short_text_without_numbers_has_headings_all_the_same() -> None:
    read = document.read("The end\n\nWe switch it off.\n\nWhat happens to your data\n\nThey are deleted.\n", PLAIN)

    assert read.title == "The end" and outline(read) == [("What happens to your data", [])]


def test_every_section_and_part_has_an_anchor_of_its_own() -> None:
    anchors = [each.anchor for each in flat(document.read(texts.PLAIN + "\n4. Twice\n\n(1) Same\n\nOne.\n\n(1) Same\n\nTwo.\n", PLAIN))]

    assert "section-1-2" in anchors and "section-4-1-2" in anchors
    assert len(anchors) == len(set(anchors))


def test_items_keep_the_numbers_that_they_were_given() -> None:
    made = html(document.read(texts.PLAIN, PLAIN))

    assert '<ol class="clauses"><li value="1">Necessary information, without which nothing works.</li><li value="2">' in made
    assert '<ol class="clauses bracketed"><li value="1">Where a contract needs it;</li>' in made
    assert "<ul><li>the session cookie</li></ul>" in made
    assert '<a href="mailto:privacy@acme.example" rel="noopener noreferrer">privacy@acme.example</a>' in made


def test_no_word_of_a_text_is_lost() -> None:
    read = document.read(texts.PLAIN, PLAIN)
    said = " ".join([read.title, *(word for each in flat(read) for word in (each.heading, *each.passages))])

    assert "".join(said.split()) == "".join(texts.PLAIN.split()).replace("[", "").replace("]", "")


@pytest.mark.parametrize("form", [PLAIN, MARKDOWN])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_html_in_a_text_is_shown_and_never_obeyed(form: str, hostile: str) -> None:
    made = html(document.read(f"# Policy\n\n## 1. One\n\nBefore {hostile} after.\n\n{hostile}\n", form))

    assert "&lt;" in made
    assert not any(each in made for each in ("<script", "<img", "<svg", "<iframe"))


@pytest.mark.parametrize("link", LINKS)
def test_links_lead_to_web_and_mail_addresses_only(link: str) -> None:
    made = html(document.read(f"# Policy\n\n## 1. One\n\n{link}\n", MARKDOWN))

    assert "<a" not in made or 'href="https://evil.example/pixel.png"' in made
    assert "<img" not in made


def test_a_file_is_markdown_by_its_headings_and_plain_by_its_name() -> None:
    assert document.form_of("policy.md", texts.MARKDOWN) == MARKDOWN
    assert document.form_of("policy", texts.MARKDOWN) == MARKDOWN
    assert document.form_of("policy.txt", texts.MARKDOWN) == PLAIN
    assert document.form_of("policy.md", texts.PLAIN) == PLAIN


@pytest.mark.parametrize("text", ["a" * 400_000, "(" * 100_000, "1. x\n" * 40_000, "a.b" * 130_000, "# " * 100_000 + "\n", "*" * 100_000])
def test_a_strange_text_is_read_in_reasonable_time(text: str) -> None:
    for form in (PLAIN, MARKDOWN):
        document.read.__wrapped__(text, form)
