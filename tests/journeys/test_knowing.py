"""From the overview to what is held, to a category, to the records, to one of them."""

from __future__ import annotations

import re

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.journeys.records import INES, NOW


def heading(tab: Tab, words: str) -> None:
    """Expect the page to be called so."""
    expect(tab.get_by_role("heading", level=1)).to_have_text(words)


def test_from_the_overview_to_what_is_held_to_one_record(ines: Tab) -> None:
    ines.goto("/")
    main = ines.get_by_role("main")
    ines.get_by_role("navigation", name="Privacy Center").get_by_role("link", name="What we hold").click()
    heading(ines, "What we hold, and why")

    main.get_by_role("link", name="Usage events").click()
    heading(ines, "Usage events")
    expect(main.get_by_role("term").filter(has_text="How long").first).to_be_visible()
    expect(main).to_contain_text("1 to 25 of 120")
    main.get_by_text(re.compile(r"All \d+ fields")).first.click()
    main.get_by_role("link", name="This record on a page of its own").first.click()

    expect(main).to_contain_text("Model called")


def test_records_are_read_page_by_page(ines: Tab) -> None:
    ines.goto("/know/usage/usage-event")
    main = ines.get_by_role("main")
    for first in range(1, 101, 25):
        expect(main).to_contain_text(f"{first} to {first + 24} of 120")
        main.get_by_role("link", name="Older").click()
    expect(main).to_contain_text("101 to 120 of 120")

    main.get_by_role("link", name="Newest").click()

    expect(main).to_contain_text("1 to 25 of 120")


def test_the_overview_tells_in_words_what_it_draws(ines: Tab) -> None:
    ines.goto("/")

    row = ines.get_by_role("main").get_by_role("listitem").filter(has=ines.get_by_role("link", name="Usage events"))
    expect(row).to_contain_text("120")
    expect(row).to_contain_text("months")


def test_a_category_leads_to_its_kinds_of_records(ines: Tab) -> None:
    ines.goto("/know")
    main = ines.get_by_role("main")

    main.get_by_role("link", name=re.compile("See the records.*Conversations and files")).click()
    main.get_by_role("link", name=re.compile("See the .* records.*Messages")).click()
    main.get_by_text(re.compile(r"All \d+ fields")).first.click()
    main.get_by_role("link", name="Read it in your history").first.click()

    expect(ines.get_by_role("main").get_by_role("article").first).to_be_visible()


def test_what_lies_elsewhere_and_what_is_decided_by_machines_is_told(ines: Tab) -> None:
    ines.goto("/know")
    contents = ines.get_by_role("navigation", name="On this page")

    contents.get_by_role("link", name="Elsewhere").click()
    expect(ines.get_by_role("heading", name=re.compile("lsewhere|else"))).to_be_in_viewport()
    expect(ines.get_by_role("main")).to_contain_text("~/.zcode")
    contents.get_by_role("link", name="Automated decisions").click()

    expect(ines.get_by_role("heading", name="Automated decisions")).to_be_in_viewport()


def test_a_page_of_records_that_is_forged_shows_the_newest(ines: Tab) -> None:
    ines.goto("/know/usage/usage-event?after=forged")

    expect(ines.get_by_role("heading", name="That page of the list is not there any more")).to_be_visible()


def test_who_has_nothing_reads_so(window: object, script: bool) -> None:
    tab = window("zai-olga", script=script)  # type: ignore[operator]
    tab.goto("/know")

    expect(tab.get_by_role("main").get_by_text("We hold nothing here about you.").first).to_be_visible()
    assert INES not in tab.content()
    assert str(NOW.year) in tab.content()
