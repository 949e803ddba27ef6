"""A copy is opened from the disk, without a connection: by anybody's browser, whatever somebody has said in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.house.test_html import faults
from tests.journeys import hostile, records
from tests.journeys.offline import Offline, unpack
from tests.journeys.test_accessibility import FOLDED, UNFOLD, UNFOLDED, look
from tests.journeys.test_everywhere import RING

pytestmark = pytest.mark.engine("sqlite")
PAGES = ("index.html", "conversations/list/00001.html", "conversations/pages/00001.html", "tables/usage-event/00001.html", "tables/file/00001.html")
HREF = re.compile(r'<\w[^<>]*?\s(?:href|src)="([^"]*)"')
BEGINS_AT = """words => { const range = document.createRange(); range.setStart(words.firstChild, 0); range.setEnd(words.firstChild, 1);
    return [range.getBoundingClientRect().right, words.getBoundingClientRect().right]; }"""


@pytest.fixture
def folder(app: Flask, tmp_path_factory: Any) -> Path:
    """Where the copy lies."""
    return unpack(tmp_path_factory, "en")


@pytest.fixture
def offline(browser: Browser, folder: Path, script: bool) -> Iterator[Offline]:
    """That browser, with script and without."""
    offline = Offline(browser, folder, script=script)
    yield offline
    offline.close()


@pytest.fixture
def reader(browser: Browser, folder: Path) -> Iterator[Offline]:
    """That browser, with script."""
    offline = Offline(browser, folder, script=True)
    yield offline
    offline.close()


def test_a_conversation_is_found_in_the_list_and_read_by_itself(offline: Offline) -> None:
    tab = offline.open()
    tab.get_by_role("link", name=re.compile(r"^Read \d+ conversations")).click()
    tab.get_by_role("link", name=records.WEBHOOK).click()

    expect(tab.get_by_role("heading", level=2)).to_have_text([records.WEBHOOK])
    expect(tab.get_by_role("main")).to_contain_text("You do not need a lock.")
    tab.locator(".talk:target").get_by_text("Reasoning").click()
    expect(tab.get_by_text("Two deliveries can both pass the check")).to_be_visible()
    tab.get_by_role("link", name="Show the other conversations of this page").click()
    expect(tab.get_by_role("heading", level=2, name=records.NAMES)).to_be_visible()


def test_titles_are_searched_in_any_script(reader: Offline) -> None:
    tab = reader.open()
    for words, found in (("WEBHOOK twice", records.WEBHOOK), ("迁移", records.CHINESE), ("أرتب", records.ARABIC), ("<script>", hostile.TITLE)):
        tab.get_by_label("Words in titles").fill(words)
        expect(tab.locator("#hits").get_by_role("link")).to_have_text([found])

    tab.locator("#hits").get_by_role("link").click()

    expect(tab.get_by_role("heading", level=2)).to_have_text([hostile.TITLE])


def test_a_search_in_vain_says_so(reader: Offline) -> None:
    tab = reader.open()
    tab.get_by_label("Words in titles").fill("xylophone")

    expect(tab.get_by_role("status")).to_have_text("No title has these words.")


def test_records_are_read_as_tables(offline: Offline) -> None:
    tab = offline.open()
    tab.get_by_role("link", name="Usage events").click()

    expect(tab.get_by_role("region", name="Usage events").get_by_role("row")).to_have_count(121)
    tab.get_by_role("banner").get_by_role("link", name="Your data at ZCode").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Your data at ZCode")


def test_kinds_of_which_there_is_nothing_are_no_rows(offline: Offline) -> None:
    tab = offline.open()

    expect(tab.get_by_role("rowheader", name="Deletion receipts")).to_have_count(0)
    expect(tab.get_by_text("Of these kinds there was nothing:")).to_contain_text("Deletion receipts")


def test_whatever_a_conversation_says_nothing_runs_and_nobody_is_asked(offline: Offline) -> None:
    for path in sorted(offline.folder.rglob("*.html")):
        if path.parts[-3] != "files":
            tab = offline.open(str(path.relative_to(offline.folder)))
            tab.evaluate(UNFOLD)

    offline.open("conversations/pages/00001.html")
    expect(tab.get_by_role("heading", name=hostile.TITLE)).to_be_visible()
    expect(tab.locator("iframe, base, main script, main style, main link")).to_have_count(0)


def test_a_file_that_could_run_is_not_a_link(offline: Offline) -> None:
    tab = offline.open("conversations/pages/00001.html")

    leads_to = [unquote(str(link.get_attribute("href"))) for link in tab.locator(".enclosed a").all()]
    assert {Path(each).name for each in leads_to} == {"notes on retries.txt", "a dot #1.png"}
    assert tab.get_by_role("img").evaluate("async picture => { picture.scrollIntoView(); await picture.decode(); return picture.naturalWidth; }") == 1
    expect(tab.get_by_text("files/file-").first).to_be_visible()


def test_every_link_of_every_page_leads_to_something_in_the_copy(folder: Path) -> None:
    for page in folder.rglob("*.html"):
        for address in HREF.findall(page.read_text()) if "files" not in page.parts else []:
            target = unquote(unescape(address).partition("#")[0])
            assert (page.parent / target).exists(), f"{page.name} leads to {address}"


def test_arabic_begins_at_the_right(reader: Offline) -> None:
    tab = reader.open("conversations/pages/00001.html")

    begins, edge = tab.get_by_text("كيف أرتب الاستيراد؟").evaluate(BEGINS_AT)

    assert abs(begins - edge) < 2


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(reader: Offline, path: str) -> None:
    tab = reader.open(path)
    tab.evaluate(Axe().axe_script)

    found = look(tab, FOLDED)
    tab.evaluate(UNFOLD)
    found += [words for how in UNFOLDED for words in look(tab, how)]

    assert not found, "\n".join(found)


def test_the_keyboard_reaches_everything_and_the_ring_shows_where_one_is(offline: Offline) -> None:
    tab, stops = offline.open(), list[dict[str, Any]]()
    while len(stops) < 100:
        tab.keyboard.press("Tab")
        if (stop := tab.evaluate(RING))["tag"] == "BODY":
            break
        stops.append(stop)

    assert [stop["words"] for stop in stops if not stop["ring"]] == []
    assert {"Usage events", "usage_event.csv", "about.json"} <= {stop["words"] for stop in stops}


def test_its_pages_are_valid_html(folder: Path, tmp_path: Path) -> None:
    for path in PAGES:
        (tmp_path / path.replace("/", "-")).write_text((folder / path).read_text())

    assert not (found := faults(tmp_path)), "\n".join(found)


def test_it_can_be_read_in_chinese(app: Flask, browser: Browser, tmp_path_factory: Any) -> None:
    offline = Offline(browser, unpack(tmp_path_factory, "zh_Hans"), script=True)
    tab = offline.open()

    expect(tab.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(tab.get_by_role("heading", level=2).first).to_have_text("对话")
    tab.get_by_role("link", name="使用事件").click()
    expect(tab.get_by_role("main")).to_contain_text("第 1 页")
    offline.close()
