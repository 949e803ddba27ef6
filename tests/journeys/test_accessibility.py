"""axe finds nothing on any page: light and dark, on a desk, on a phone, and on the narrowest that is still in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from tests.house.every_page import PAGES, Page
from tests.journeys import records
from tests.journeys.conftest import PHONE
from tests.journeys.watch import squeezed, width_beyond_the_window

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VISIT = "__Host-visit"
UNFOLD = "[...document.querySelectorAll('details')].slice(0, 4).forEach(fold => fold.open = true)"


@dataclass(frozen=True)
class Look:
    """One way to look at a page; without axe only whether it fits the window."""

    width: int
    scheme: str
    with_axe: bool = True


OPTIONS = {"resultTypes": ["violations"], "preload": False, "runOnly": STANDARDS}
# axe takes a second for a page: once for each scheme, once for each of desk and phone.
FOLDED = Look(1280, "light")
UNFOLDED = (Look(390, "dark"), Look(320, "light", with_axe=False))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_axe_finds_nothing(page: Page, reader: Any) -> None:
    tab = reader(page.visitor)
    walk(tab, page)

    found = look(tab, FOLDED)
    tab.evaluate(UNFOLD)
    found += [words for each in UNFOLDED for words in look(tab, each)]

    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_the_menu_of_a_telephone(window: Any) -> None:
    tab = window(records.INES, viewport=PHONE)
    tab.goto("/know")
    tab.get_by_role("button", name="Menu").click()
    tab.evaluate(Axe().axe_script)

    assert not (found := look(tab, Look(320, "dark"))), "\n".join(found)


def walk(tab: Tab, page: Page) -> None:
    """Go to the page as a person does: to an address, then by its links."""
    tab.set_viewport_size({"width": FOLDED.width, "height": 900})
    tab.context.clear_cookies(name=VISIT)  # which remembers the language that was clicked before
    first, *links = page.way
    answer = tab.goto(first)
    for words in links:
        answer = tab.goto(str(tab.locator("a").filter(has_text=words).first.get_attribute("href")))
    assert answer and answer.status == page.status, f"{page.name} answered {answer and answer.status}"
    tab.evaluate(Axe().axe_script)


def look(tab: Tab, how: Look) -> list[str]:
    """What axe has to say; whether the page is wider than the window, or words of it too narrow to be read."""
    tab.set_viewport_size({"width": how.width, "height": 900})
    tab.emulate_media(color_scheme=how.scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    found = complaints(tab) if how.with_axe else []
    if (beyond := width_beyond_the_window(tab)) > 0:
        found.append(f"the page is {beyond} px wider than the window")
    found += [f"squeezed into a narrow column: {words}" for words in squeezed(tab)]
    return [f"{how.width} px, {how.scheme}: {words}" for words in found]


def complaints(tab: Tab) -> list[str]:
    """What axe finds."""
    violations = tab.evaluate("options => axe.run(document, options).then(answer => answer.violations)", OPTIONS)
    return [f"{one['id']}: {node['html'][:160]} ({node['failureSummary']})" for one in violations for node in one["nodes"]]
