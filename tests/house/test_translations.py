"""Every word that people read can be read in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from scripts.words import gather

CATALOGUE = Path(__file__).parents[2] / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every word of the code and the templates."""
    target = tmp_path_factory.mktemp("words") / "words.pot"
    gather(target)
    with target.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    """The Chinese catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def forms(message: Message) -> list[str]:
    """The translations of a message: one, or one for each form of the plural."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_no_word_is_without_its_translation(words: Catalog, chinese: Catalog) -> None:
    missing = []
    for message in words:
        translated = chinese.get(message.id, message.context) if message.id else None
        if message.id and (translated is None or translated.fuzzy or not all(forms(translated))):
            missing.append(message.id)

    assert missing == []


def test_no_translation_is_left_of_words_that_are_gone(words: Catalog, chinese: Catalog) -> None:
    assert [message.id for message in chinese if message.id and words.get(message.id, message.context) is None] == []


def test_a_translation_has_the_places_of_its_original(chinese: Catalog) -> None:
    for message in chinese:
        for form in forms(message) if message.id else []:
            originals = [message.id] if isinstance(message.id, str) else message.id
            assert set(PLACE.findall(form)) in [set(PLACE.findall(original)) for original in originals], message.id
