"""Publishing editions: what is taken, what is refused and why, which edition counts when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from privacy_center.core import clock
from privacy_center.core.notices import notice_version
from privacy_center.policy.models import Edition
from privacy_center.policy.publishing import LARGEST
from tests.policy import texts

BAD = {
    "is empty": "",
    "is empty.": " \n\n\t\n",
    "is not UTF-8: byte 9": b"Policy \n\xff\xfe\n",
    "is larger than": "Policy\n" + "word " * 1_000_000,
    "has a control character in line 2": "Policy\n\x00\x1b[31m\n",
}


def test_until_a_text_is_published_the_page_shows_our_own_words_and_says_so(visitor: Any) -> None:
    page = visitor.get("/policy").text

    assert "This is not the official text" in page and "2. What we collect, and what for" in page
    assert notice_version() == "plain-language"


@pytest.mark.parametrize(("text", "name"), [(texts.PLAIN, "policy.txt"), (texts.MARKDOWN, "policy.md")], ids=["plain", "markdown"])
def test_a_published_text_is_the_policy_from_then_on(visitor: Any, publish: Any, text: str, name: str) -> None:
    said = publish(text, name=name)
    page = visitor.get("/policy").text

    assert "Published the edition effective on 15 June 2026. It counts now." in said
    assert "In force since 15 June 2026." in page and "ACME PTE.LTD" in page
    assert '<a href="#section-1" lang="en">1. Definitions and Scope</a>' in page and 'id="section-1-1"' in page
    assert notice_version() == "2026-06-15"


def test_our_own_words_stand_beside_the_official_sections(visitor: Any, publish: Any) -> None:
    publish()
    page = visitor.get("/policy").text

    assert page.count('<aside class="plain-words"') == 4
    assert "In plain words: What we collect, and what for" in page


def test_an_edition_with_scripts_is_shown_as_text(visitor: Any, publish: Any) -> None:
    said = publish(texts.PLAIN.replace("Write to us.", "<script>alert(1)</script> & <b onclick=x>us</b>"))
    page = visitor.get("/policy").text

    assert "It contains HTML" in said
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script>" not in page and "<b onclick" not in page


@pytest.mark.parametrize("why", BAD)
def test_a_file_that_is_no_text_is_refused_with_a_reason(policy: Any, why: str) -> None:
    done = policy("publish", BAD[why], "--effective", "2026-06-15")

    assert done.exit_code == 1
    assert why in done.output and "Nothing was published." in done.output
    assert not Edition.select().exists()


def test_a_file_as_large_as_is_allowed_is_taken(publish: Any) -> None:
    assert "Published" in publish(("Policy\n\n1. One\n\n" + "word " * LARGEST)[: LARGEST - 1])


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "15.06.2026", ""])
def test_a_day_that_is_none_is_refused(policy: Any, day: str) -> None:
    assert policy("publish", texts.PLAIN, "--effective", day).exit_code == 2


def test_a_file_that_is_not_there_is_refused(policy: Any) -> None:
    done = policy("publish", "/nowhere/policy.txt", "--effective", "2026-06-15")

    assert done.exit_code == 1 and "can't be read" in done.output


def test_the_same_edition_twice_is_said_and_nothing_done(publish: Any) -> None:
    publish()

    assert "is published already, with this text. Nothing was done." in publish(texts.PLAIN.replace("\n", "\r\n"))
    assert Edition.select().count() == 1


def test_another_text_for_the_same_day_is_refused(policy: Any, publish: Any) -> None:
    publish()
    done = policy("publish", texts.LATER, "--effective", "2026-06-15")

    assert done.exit_code == 1 and "editions are never changed" in done.output
    assert Edition.get().text == texts.PLAIN


def test_an_edition_to_come_is_announced_and_counts_from_its_day_on(visitor: Any, publish: Any) -> None:
    publish()
    said = publish(texts.LATER, "2027-01-01")

    assert "counts from that day on" in said
    assert "In force since 15 June 2026." in visitor.get("/policy").text
    assert "The edition that counts from 1 January 2027 on." in visitor.get("/policy/2027-01-01").text
    with clock.at(datetime(2027, 1, 1, tzinfo=UTC)):
        assert "In force since 1 January 2027." in visitor.get("/policy").text
        assert notice_version() == "2027-01-01"


def test_an_edition_that_came_too_late_to_count_stands_among_the_earlier_ones(visitor: Any, publish: Any) -> None:
    publish()

    assert "A later edition counts" in publish(texts.LATER, "2025-01-01", "--material")
    assert "It is over." in visitor.get("/policy/2025-01-01").text


@pytest.mark.parametrize("address", ["2020-01-01", "2026-6-15", "2026-06-15x", "latest", "%00", "x" * 3000, "compare/2026-06-15/2020-01-01", "compare/a/b"])
def test_an_edition_that_never_was_is_not_found(visitor: Any, publish: Any, address: str) -> None:
    publish()

    assert visitor.get(f"/policy/{address}").status_code == 404


def test_what_changed_between_two_editions_can_be_read_by_eye_and_ear(visitor: Any, publish: Any) -> None:
    publish()
    publish(texts.LATER, "2026-11-01")
    page = visitor.get("/policy/compare/2026-06-15/2026-11-01").text

    assert "3 of 8 parts changed." in page
    assert '<ins><span class="unseen">[put in: </span>and to this policy<span class="unseen"> end]' in page
    assert page.count('<details class="difference" open>') == 3 and page.count('<details class="difference">') == 5


def test_an_edition_compared_with_itself_has_not_a_word_changed(visitor: Any, publish: Any) -> None:
    publish()

    assert "Not a word changed." in visitor.get("/policy/compare/2026-06-15/2026-06-15").text


def test_the_policy_speaks_chinese_around_the_official_text(visitor: Any, publish: Any) -> None:
    publish()
    page = visitor.get("/policy?lang=zh").text

    assert '<h2 id="section-1" lang="en">1. Definitions and Scope</h2>' in page
    assert "2026 年 6 月 15 日" in page
