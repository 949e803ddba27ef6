"""The page of a deletion, its receipt, and the way back, on which nothing comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.journeys.deleting import Deleting
from tests.journeys.deletions import DORA, UNDER_WAY
from tests.journeys.reading import History
from tests.journeys.watch import layout_shift

KEEP_PAGES = {"ignore_default_args": ["--disable-back-forward-cache"]}  # as browsers do for people; Playwright's don't


def test_a_code_that_is_none_is_said_beside_its_field(stranger: Tab) -> None:
    stranger.goto("/receipts")
    stranger.get_by_label("Code of the receipt").fill("DR-2222-2222-2222-2222")
    stranger.get_by_role("button", name="Check it").click()

    expect(stranger.get_by_role("alert")).to_be_focused()
    expect(stranger.get_by_label("Code of the receipt")).to_have_value("DR-2222-2222-2222-2222")
    expect(stranger.get_by_role("main")).to_contain_text("We have no receipt with this code")


def test_the_page_of_a_deletion_under_way_asks_by_itself_and_nothing_on_it_moves(window: Any) -> None:
    tab = window(DORA)
    asked: list[str] = []
    tab.goto("/history/deletions")
    tab.get_by_role("link", name=f"{UNDER_WAY} conversations").click()
    tab.on("request", lambda request: asked.append(request.url))
    heading = tab.get_by_role("heading", level=1).element_handle()

    tab.wait_for_timeout(2_600)

    assert len(asked) >= 2
    assert heading.evaluate("heading => heading.isConnected"), "A screen reader would read it all anew."
    assert layout_shift(tab) == 0
    expect(tab.get_by_role("main")).to_contain_text(f"152 of {UNDER_WAY} purged")


def test_the_page_of_a_deletion_stops_asking_when_it_is_done(window: Any, who: str) -> None:
    tab = window(who)
    History(tab).open()
    Deleting(tab).tick("The crust of a loaf").press("Delete the ticked…").confirm().wait_until_gone()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))

    tab.wait_for_timeout(2_500)

    assert asked == []


def test_what_is_gone_is_not_on_any_page_on_the_way_back(nils: Tab) -> None:
    walk_back_from_a_deletion(nils)


@pytest.fixture
def keeping(browser_type: Any, browser_type_launch_args: Any) -> Iterator[Any]:
    """A browser that keeps whole pages for the way back, as people's browsers do."""
    browser = browser_type.launch(**browser_type_launch_args, **KEEP_PAGES)
    yield browser
    browser.close()


def test_not_even_where_a_browser_keeps_whole_pages(keeping: Any, window: Any, who: str) -> None:
    window.browser = keeping

    walk_back_from_a_deletion(window(who))


def walk_back_from_a_deletion(tab: Tab) -> None:
    """Delete a conversation, and press Back until one is where one began."""
    History(tab).open().read("The crust of a loaf")
    way = Deleting(tab).press("Delete…").confirm().wait_until_gone()

    for _page in range(tab.evaluate("history.length") - 2):  # to the first page after the empty one
        tab.evaluate("setTimeout(() => history.back())")
        tab.wait_for_timeout(700)
        assert "The crust of a loaf" not in tab.content()

    expect(way.main).not_to_contain_text("The crust of a loaf")
