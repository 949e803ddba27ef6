"""What cookies a browser really carries: before an answer, after each, after taking it back, and with Global Privacy Control."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from privacy_center.consent.models import PageVisit
from tests.journeys.conftest import PHONE
from tests.journeys.entrance import Entrance
from tests.journeys.site import Site
from tests.journeys.test_accessibility import Look as How
from tests.journeys.test_accessibility import look
from tests.journeys.test_everywhere import RING

BEFORE = {"__Host-visit"}  # once a page with a form was opened
ANSWERED = BEFORE | {"__Host-cookies"}
GPC = {"extra_http_headers": {"Sec-GPC": "1"}}
ELSEWHERE = ("/sign-in", "/cookies", "/nothing/here", "/receipts")


def carried(tab: Tab) -> set[str]:
    """The names of the cookies that the browser carries."""
    return {str(each["name"]) for each in tab.context.cookies()}


def banner(tab: Tab) -> Any:
    """The region that asks."""
    return tab.get_by_role("region", name="May we count visits")


def look_around(tab: Tab) -> None:
    """Open some pages."""
    for address in ELSEWHERE:
        tab.goto(address)


def counted(site: Site) -> int:
    """How many visits the site has stored."""
    with site.database():
        return int(PageVisit.select().count())


def test_before_an_answer_there_is_only_what_is_needed(stranger: Tab, site: Site) -> None:
    before = counted(site)
    stranger.goto("/")
    expect(banner(stranger)).to_be_visible()
    assert carried(stranger) == set()
    look_around(stranger)

    assert carried(stranger) == BEFORE
    assert counted(site) == before


def test_after_reject_there_is_the_answer_and_nothing_else(stranger: Tab, site: Site) -> None:
    before = counted(site)
    stranger.goto("/sign-in")
    banner(stranger).get_by_role("button", name="Reject").click()

    expect(banner(stranger)).to_have_count(0)
    expect(stranger).to_have_url(f"{site.url}/sign-in")
    look_around(stranger)
    assert carried(stranger) == ANSWERED
    assert counted(site) == before


def test_after_accept_visits_are_counted_and_one_click_ends_it(stranger: Tab, site: Site) -> None:
    before = counted(site)
    stranger.goto("/")
    banner(stranger).get_by_role("button", name="Accept").click()
    expect(stranger.get_by_role("button", name="Stop optional cookies")).to_be_visible()
    assert carried(stranger) == ANSWERED | {"__Host-visits"}
    assert counted(site) > before

    stranger.get_by_role("button", name="Stop optional cookies").click()

    expect(stranger.get_by_role("status")).to_contain_text("Only needed cookies are set")
    look_around(stranger)
    assert carried(stranger) == ANSWERED
    assert counted(site) == before  # what was counted is deleted with the no


def test_a_language_that_was_clicked_is_kept_with_a_yes_and_gone_with_the_no(stranger: Tab) -> None:
    stranger.goto("/cookies")
    stranger.get_by_role("group", name="Remembering").get_by_label("Allow", exact=True).check()
    stranger.get_by_role("button", name="Save these choices").click()
    stranger.goto("/?lang=zh")
    assert carried(stranger) == ANSWERED | {"__Host-preferences"}

    stranger.context.clear_cookies(name="__Host-visit")
    stranger.goto("/cookies")
    expect(stranger.locator("html")).to_have_attribute("lang", "zh-Hans")

    stranger.get_by_role("button", name="全部拒绝").click()
    assert "__Host-preferences" not in carried(stranger)


def test_a_browser_that_sends_global_privacy_control_is_not_asked_and_sees_it_honoured(window: Any, script: bool, site: Site) -> None:
    before = counted(site)
    tab = window(script=script, **GPC)
    tab.goto("/")
    expect(banner(tab)).to_have_count(0)

    tab.goto("/cookies")
    expect(tab.get_by_role("main")).to_contain_text("Your browser sends Global Privacy Control")
    assert carried(tab) <= BEFORE
    assert counted(site) == before

    tab.get_by_role("button", name="Accept all").click()
    expect(tab.get_by_role("main")).to_contain_text("you answered about cookies yourself")


def test_an_answer_survives_the_sign_in_and_meets_the_person_in_the_next_browser(window: Any, script: bool) -> None:
    who = f"zai-answers-{'with' if script else 'without'}-script"
    here = window(script=script)
    here.goto("/")
    banner(here).get_by_role("button", name="Reject").click()
    Entrance(here).sign_in(who)
    expect(banner(here)).to_have_count(0)
    here.goto("/choices")
    expect(here.get_by_role("main")).to_contain_text("Your last answer, on")

    elsewhere = window(script=script)
    Entrance(elsewhere).sign_in(who)

    expect(elsewhere.get_by_role("heading", level=1)).to_be_visible()
    expect(banner(elsewhere)).to_have_count(0)
    assert "__Host-cookies" in carried(elsewhere)


def test_accept_and_reject_are_the_same_size_in_the_same_row(window: Any) -> None:
    for viewport in ({"width": 1280, "height": 900}, PHONE):
        tab = window(viewport=viewport)
        tab.goto("/")
        accept, reject = (banner(tab).get_by_role("button", name=name) for name in ("Accept", "Reject"))
        one, other = accept.bounding_box(), reject.bounding_box()

        assert abs(one["width"] - other["width"]) < 1 and one["height"] == other["height"] and one["y"] == other["y"]
        style = "button => { const s = getComputedStyle(button); return [s.color, s.backgroundColor, s.borderColor, s.fontSize, s.fontWeight] }"
        assert accept.evaluate(style) == reject.evaluate(style)


def test_the_banner_lies_over_nothing_and_keeps_no_focus(window: Any, script: bool) -> None:
    tab = window(script=script)
    tab.goto("/")
    box, below = banner(tab).bounding_box(), tab.get_by_role("main").bounding_box()
    assert box["y"] + box["height"] <= below["y"]
    if not script:
        return
    stops = []
    for _ in range(9):
        tab.keyboard.press("Tab")
        stops.append(tab.evaluate(RING))

    words = [stop["words"] for stop in stops]
    assert words[words.index("Accept") :][:3] == ["Accept", "Reject", "Choose"]
    assert words[words.index("Choose") + 1] == "Sign in with Z.ai"
    assert all(stop["ring"] for stop in stops)


@pytest.mark.parametrize("how", [How(1280, "light"), How(390, "dark"), How(320, "light")], ids=str)
def test_axe_finds_nothing_in_a_page_that_asks(window: Any, how: How) -> None:
    tab = window()
    tab.goto("/")
    tab.evaluate(Axe().axe_script)

    assert look(tab, how) == []
