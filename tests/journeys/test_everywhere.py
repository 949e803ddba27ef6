"""What holds on all pages: two languages, the keyboard alone, a telephone, nothing that moves."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.records import INES
from tests.journeys.watch import layout_shift

MAIN_PAGES = ("/", "/know", "/history", "/exports", "/account", "/account/sessions")
RING = """() => {
    const stop = document.activeElement, style = getComputedStyle(stop);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && stop.checkVisibility({opacityProperty: true});
    return {ring, words: (stop.getAttribute("aria-label") || stop.innerText || stop.name || stop.tagName).trim(), tag: stop.tagName};
}"""


def test_a_click_leads_to_chinese_and_another_back(ines: Tab) -> None:
    ines.goto("/history")

    ines.get_by_role("contentinfo").get_by_role("link", name="中文").click()
    expect(ines.locator("html")).to_have_attribute("lang", "zh-Hans")
    ines.goto("/know")
    expect(ines.locator("html")).to_have_attribute("lang", "zh-Hans")

    ines.get_by_role("contentinfo").get_by_role("link", name="English").click()
    expect(ines.locator("html")).to_have_attribute("lang", "en")
    expect(ines.get_by_role("heading", level=1)).to_contain_text("What we hold")


def test_a_browser_that_asks_for_chinese_gets_it(window: Any, script: bool) -> None:
    tab = window(script=script, locale="zh-CN")
    tab.goto("/")

    expect(tab.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_the_first_stop_of_the_keyboard_skips_to_the_content(ines: Tab) -> None:
    ines.goto("/history")

    ines.keyboard.press("Tab")
    expect(ines.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    ines.keyboard.press("Enter")

    expect(ines.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("address", MAIN_PAGES)
def test_the_keyboard_reaches_everything_and_the_ring_shows_where_one_is(ines: Tab, address: str) -> None:
    ines.goto(address)
    stops = []
    while len(stops) < 300:
        ines.keyboard.press("Tab")
        stop = ines.evaluate(RING)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)

    assert [stop["words"] for stop in stops if not stop["ring"]] == []
    assert {"Skip to the content", "Overview", "What we hold", "History", "Account", "Sessions", "Sign out", "中文"} <= {stop["words"] for stop in stops}


def test_the_menu_of_a_telephone_opens_and_closes_by_keyboard(window: Any, script: bool) -> None:
    tab = window(INES, script=script, viewport=PHONE)
    tab.goto("/")
    menu = tab.get_by_role("navigation", name="Privacy Center")
    expect(menu).to_be_hidden()

    tab.get_by_role("button", name="Menu").focus()
    tab.keyboard.press("Enter")
    expect(menu).to_be_visible()
    tab.keyboard.press("Escape")

    expect(menu).to_be_hidden()
    expect(tab.get_by_role("button", name="Menu")).to_be_focused()


def test_the_menu_of_a_telephone_leads_everywhere(window: Any, script: bool) -> None:
    tab = window(INES, script=script, viewport=PHONE, has_touch=True, is_mobile=True)
    tab.goto("/")

    tab.get_by_role("button", name="Menu").tap()
    tab.get_by_role("navigation", name="Privacy Center").get_by_role("link", name="History").tap()

    expect(tab.get_by_role("heading", level=1)).to_have_text("History")


@pytest.mark.parametrize("address", MAIN_PAGES)
def test_nothing_moves_on_a_page_that_is_opened_for_the_first_time(window: Any, address: str) -> None:
    tab = window(INES)
    tab.goto(address)

    assert layout_shift(tab) == 0


def test_an_address_with_nothing_behind_it_says_where_to_go(ines: Tab) -> None:
    ines.goto("/history/999999999")

    expect(ines.get_by_role("heading", level=1)).to_have_text("There is nothing at this address")
    ines.get_by_role("main").get_by_role("link", name="Your conversations").click()
    expect(ines.get_by_role("heading", level=1)).to_have_text("History")
