"""A report about a child, from the first page to the certificate: on a phone, with and without script, by keyboard; and from the other side."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.core.test_uploads import PDF, picture
from tests.journeys.conftest import PHONE
from tests.journeys.desk import ADA, TOMAS, Desk
from tests.journeys.guardians import Guardian
from tests.journeys.patience import wait_for
from tests.journeys.site import Site
from tests.journeys.test_accessibility import Look, look

PHOTO = {"name": "birth certificate.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG", (600, 400))}
ARCHIVE = {"name": "papers.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04papers"}


def remember(tab: Tab, name: str) -> None:
    """Keep a picture of the page where somebody asked for pictures."""
    if folder := os.environ.get("CENTRE_PICTURES"):
        tab.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def petra(window: Any, site: Site, script: bool) -> Guardian:
    """Petra with her phone."""
    return Guardian(window(script=script, viewport=PHONE), site)


def test_a_case_goes_from_the_report_to_the_certificate(petra: Guardian, window: Any, nils: Tab, who: str, script: bool) -> None:
    petra.begins().fills_in(f"{who}@example.com")
    petra.tab.get_by_label("Choose files").set_input_files([PHOTO])  # type: ignore[list-item]
    petra.press("Add these files")
    expect(petra.page).to_contain_text("birth certificate.jpg")
    petra.press("Save and go on")
    remember(petra.tab, f"check-{script}")
    reference = petra.sends()
    expect(petra.page).to_contain_text("We have your report")
    remember(petra.tab, f"received-{script}")

    ada, tomas = Desk(window, ADA, script=script).come(), Desk(window, TOMAS, script=script).come()
    ada.press("Children").press(reference)
    remember(ada.tab, f"desk-case-{script}")
    ada.press("Look for the account…")
    expect(ada.page).to_contain_text("The same e-mail address")
    remember(ada.tab, f"desk-accounts-{script}")
    ada.press("Pause this account")

    nils.goto("/")
    nils.get_by_role("link", name="Read and answer").click()
    nils.get_by_label("I am under 18, and a parent or guardian allows it").check()
    remember(nils, f"concern-{script}")
    nils.get_by_role("button", name="Send the answer").click()
    expect(nils.get_by_role("main")).to_contain_text("We have your answer")

    ada.tab.reload()
    expect(ada.page).to_contain_text("I am under 18, and a parent or guardian allows it")
    ada.press("Propose a decision…")
    ada.tab.get_by_label("Erase the account and everything in it").check()
    remember(ada.tab, f"desk-decision-{script}")
    ada.write("Everything goes.").press("Propose it to a second officer")
    tomas.press("Children").press(reference)
    remember(tomas.tab, f"desk-proposal-{script}")
    tomas.press("Second it: it happens at once")

    petra.tab.reload()
    expect(petra.page).to_contain_text("Everything goes.")
    expect(petra.page.get_by_role("link", name="ER-")).to_be_visible()
    remember(petra.tab, f"decided-{script}")
    petra.page.get_by_role("link", name="ER-").click()
    wait_for(petra.tab, petra.page.get_by_text("removed").first, reloading=True)


def test_it_is_left_half_way_and_come_back_to_by_the_link(petra: Guardian, window: Any, script: bool) -> None:
    petra.begins().ticks("16 or 17").press("Save and come back later")
    expect(petra.page).to_contain_text("Saved until")
    address = petra.tab.url.removesuffix("/later")

    elsewhere = window(script=script, viewport=PHONE)
    elsewhere.goto(address)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("The child")
    expect(elsewhere.get_by_label("16 or 17")).to_be_checked()


def test_the_back_button_shows_what_was_said(petra: Guardian) -> None:
    petra.begins().fills_in("kid@example.com")
    heading = petra.tab.get_by_role("heading", level=1)
    expect(heading).to_have_text("Papers and pictures")

    petra.tab.go_back()
    expect(heading).to_have_text("What you want")
    petra.tab.go_back()

    expect(petra.tab.get_by_label("E-mail address of the Z.ai account")).to_have_value("kid@example.com")


def test_what_is_refused_is_said_and_the_good_is_kept(petra: Guardian, script: bool) -> None:
    petra.begins().fills_in("kid@example.com")
    paper = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": PDF}
    petra.tab.get_by_label("Choose files").set_input_files([paper, ARCHIVE])  # type: ignore[list-item]
    petra.press("Add these files")
    expect(petra.tab.get_by_role("alert")).to_contain_text("papers.zip: This is an archive")
    expect(petra.page).to_contain_text("paper.pdf")
    if script:
        expect(petra.tab.get_by_role("alert")).to_be_focused()
    remember(petra.tab, f"files-refused-{script}")


def test_a_phone_that_loses_the_network_says_so_and_can_go_on(window: Any, site: Site) -> None:
    petra = Guardian(window(viewport=PHONE), site)
    petra.begins().fills_in("kid@example.com")
    petra.tab.get_by_label("Choose files").set_input_files([PHOTO])  # type: ignore[list-item]
    petra.tab.route("**/files", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    petra.press("Add these files")
    expect(petra.page).to_contain_text("The connection broke. Nothing is lost")
    petra.tab.unroute("**/files")
    petra.press("Add these files")
    expect(petra.page).to_contain_text("birth certificate.jpg")


def test_it_can_be_written_by_keyboard_alone(window: Any, site: Site, script: bool) -> None:
    petra = Guardian(window(script=script), site)
    keys, tab = petra.tab.keyboard, petra.tab
    tab.goto("/guardians/reports/new")
    tab.get_by_label("Parent", exact=True).focus()
    keys.press("Space")
    keys.press("Tab")
    keys.type("Petra")
    keys.press("Tab")
    keys.press("Enter")
    tab.get_by_label("Your e-mail address").focus()
    keys.type(petra.email)
    keys.press("Enter")
    tab.get_by_label("Code").focus()
    keys.type(petra.code())
    keys.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("The child")


def test_axe_finds_nothing_on_the_pages_of_a_report(window: Any, site: Site) -> None:
    petra, found = Guardian(window(), site), []
    petra.begins()
    home = petra.tab.url.rsplit("/", 1)[0]
    for page in ("child", "account", "wishes", "files", "address", "check", "later"):
        petra.tab.goto(f"{home}/{page}")
        remember(petra.tab, f"page-{page}")
        found += _looked_at(petra.tab)
    petra.tab.goto(f"{home}/child")
    petra.fills_in("kid@example.com").press("Go on").sends()
    for page in ("", "/withdrawal", "/link"):
        petra.tab.goto(home + page)
        found += _looked_at(petra.tab)
    assert not found, "\n".join(found)


def _looked_at(tab: Tab) -> list[str]:
    """What axe finds on a desk in the light, and on a phone in the dark."""
    tab.evaluate(Axe().axe_script)
    return look(tab, Look(1280, "light")) + look(tab, Look(320, "dark"))
