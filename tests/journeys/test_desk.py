"""The desk: a correction from the wish to its end by two officers; what an auditor sees; and that nothing is wrong with its pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk import ADA, RUTH, TOMAS, Desk, wish_another_name
from tests.journeys.test_accessibility import Look, look

PAGES = ("/desk", "/desk?q=nothing-at-all", "/desk/failures", "/desk/numbers")
ACTS = ("letter", "question", "extension", "answer", "refusal")


def test_an_officer_works_a_correction_to_the_end_and_another_seconds(window: Any, nils: Tab, script: bool) -> None:
    reference = wish_another_name(nils, "Nils Aune-Berg")
    ada, tomas = Desk(window, ADA, script=script).come(), Desk(window, TOMAS, script=script).come()

    ada.open(reference).press("Take it")
    ada.press("Grant it…").write("Your name is changed.").press("Propose it to a second officer")
    expect(ada.page).to_contain_text("You proposed it, so another officer has to second it")
    tomas.open(reference)
    expect(tomas.page).to_contain_text("Name becomes “Nils Aune-Berg”")
    tomas.press("Second it: it happens at once")
    expect(tomas.page).to_contain_text("Granted")

    nils.goto(f"/requests/{reference}")
    expect(nils.get_by_role("main")).to_contain_text("Your name is changed.")
    nils.goto("/account")
    expect(nils.get_by_role("main")).to_contain_text("Nils Aune-Berg")
    nils.goto("/account/log")
    expect(nils.get_by_role("main")).to_contain_text("To answer a request of yours")


def test_who_withdraws_meanwhile_is_not_overruled(window: Any, nils: Tab, script: bool) -> None:
    reference = wish_another_name(nils, "Nils Berg")
    ada = Desk(window, ADA, script=script).come().open(reference)
    ada.press("Refuse it…")
    nils.goto(f"/requests/{reference}/withdrawal")
    nils.get_by_role("main").get_by_role("button").first.click()

    ada.tab.get_by_label("Reason").select_option("is_correct")
    ada.write("It is right as it is.").press("Refuse it, and tell the person")

    expect(ada.page).to_contain_text("The request has changed since you opened this page")
    expect(ada.tab.get_by_label("Letter", exact=True)).to_have_value("It is right as it is.")
    nils.goto(f"/requests/{reference}")
    expect(nils.get_by_role("main")).to_contain_text("Withdrawn by you")


def test_a_draft_is_put_in_and_what_it_leaves_open_must_be_filled(window: Any, nils: Tab, script: bool) -> None:
    ada = Desk(window, ADA, script=script).come().open(wish_another_name(nils, "Nils B."))
    ada.press("Put the answer off…").press("Put it in")

    expect(ada.tab.get_by_label("Letter", exact=True)).to_have_value(re.compile("^Dear Nils Aune,.*What takes the time", re.DOTALL))
    ada.tab.get_by_role("button", name="Put the answer off, and tell the person").click()

    expect(ada.tab.get_by_role("alert")).to_be_focused()


def test_an_auditor_reads_and_has_nothing_to_press(window: Any, nils: Tab, script: bool) -> None:
    reference = wish_another_name(nils, "Nils C.")
    ruth = Desk(window, RUTH, script=script).come().open(reference)

    expect(ruth.page).to_contain_text("Nils C.")
    expect(ruth.page.get_by_role("button")).to_have_count(0)
    expect(ruth.page.get_by_text("What you can do")).to_have_count(0)


def test_for_others_there_is_no_desk(nils: Tab) -> None:
    nils.goto("/")
    expect(nils.get_by_role("link", name="Desk", exact=True)).to_have_count(0)

    nils.goto("/desk")

    expect(nils.get_by_role("heading", level=1)).to_have_text("There is nothing at this address")


@pytest.fixture
def ada(window: Any) -> Desk:
    """Ada at her desk."""
    return Desk(window, ADA).come()


def test_axe_finds_nothing_at_the_desk(ada: Desk, window: Any, who: str) -> None:
    reference = wish_another_name(window(who), "Nils D.")
    ada.tab.goto("/desk/guardians")
    report = ada.page.get_by_role("link", name="GR-").first.inner_text()
    paths = [*PAGES, f"/desk/cases/{reference}", *[f"/desk/cases/{reference}/{act}" for act in ACTS]]
    paths += [f"/desk/guardians/{report}", *[f"/desk/guardians/{report}/{act}" for act in ("accounts", "decision", "letter")]]
    found = []
    for path in paths:
        ada.tab.set_viewport_size({"width": 1280, "height": 900})
        ada.tab.goto(path)
        ada.tab.evaluate(Axe().axe_script)
        found += [f"{path}: {words}" for how in (Look(1280, "light"), Look(390, "dark")) for words in look(ada.tab, how)]

    assert not found, "\n".join(found)


def test_the_desk_speaks_chinese(ada: Desk) -> None:
    ada.tab.goto("/desk?lang=zh")

    expect(ada.heading).to_have_text("待办")


def test_a_telephone_shows_a_case_without_scrolling_sideways(window: Any, who: str) -> None:
    reference = wish_another_name(window(who), "Nils E.")
    ada = Desk(window, ADA, viewport=PHONE).come().open(reference)

    assert ada.tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
