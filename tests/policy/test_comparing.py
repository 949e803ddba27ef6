"""What changed between two texts."""

from __future__ import annotations

import time

from privacy_center.policy.comparing import ADDED, REMOVED, SAME, Difference, compare
from tests.policy import texts


def changes(before: str, after: str) -> list[Difference]:
    """The sections that are not the same in both."""
    return [each for each in compare((before, "plain"), (after, "plain")) if each.state != "unchanged"]


def one_section(*passages: str) -> str:
    """A text with one section."""
    return "\n\n".join(["Policy", "1. One", *passages]) + "\n"


def words(difference: Difference, *kinds: str) -> str:
    """The words of some kinds, passages apart."""
    return "\n".join("".join(piece.text for piece in passage if piece.kind in kinds) for passage in difference.passages)


def test_the_same_text_has_no_differences() -> None:
    assert changes(texts.PLAIN, texts.PLAIN) == []


def test_only_sections_that_changed_say_so() -> None:
    found = changes(texts.PLAIN, texts.LATER)

    assert [(each.state, each.title) for each in found] == [("changed", "Introduction"), ("new", "3. How We Train Models"), ("changed", "4. How to Contact Us")]


def test_words_that_came_are_told_from_those_that_stayed() -> None:
    [found] = changes(one_section("We keep to the law."), one_section("We keep to the law and to this policy."))

    assert [(each.kind, each.text) for each in found.passages[0]] == [(SAME, "We keep to the law "), (ADDED, "and to this policy"), (SAME, ".")]


def test_both_texts_can_be_read_in_a_comparison() -> None:
    before, after = "We keep data for two years.", "We keep your data, if need be, for three years."
    [found] = changes(one_section("Hello.", before), one_section(after, "Bye."))

    assert before in words(found, SAME, REMOVED)
    assert after in words(found, SAME, ADDED)


def test_chinese_is_compared_sign_by_sign() -> None:
    [found] = changes("政策\n\n一、保存\n\n我们保存两年的数据。\n", "政策\n\n一、保存\n\n我们保存三年的数据。\n")

    assert words(found, REMOVED) == "两" and words(found, ADDED) == "三"


def test_a_section_that_went_stands_where_it_was() -> None:
    found = changes(texts.LATER, texts.PLAIN)

    assert [(each.state, each.title_before[:2]) for each in found] == [("changed", "In"), ("gone", "3."), ("changed", "4.")]


def test_a_section_with_another_number_is_still_the_same_section() -> None:
    renumbered = next(each for each in changes(texts.PLAIN, texts.LATER) if each.title == "4. How to Contact Us")

    assert renumbered.is_renamed and renumbered.title_before == "3. How to Contact Us"
    assert words(renumbered, REMOVED, ADDED).strip() == ""


def test_a_comparison_ends_soon_however_long_and_alike_the_texts_are() -> None:
    begun = time.monotonic()

    compare((one_section("a b " * 100_000), "plain"), (one_section("b a " * 100_000), "plain"))
    compare((one_section(*["a."] * 20_000), "plain"), (one_section(*["a.", "b."] * 20_000), "plain"))

    assert time.monotonic() - begun < 60
