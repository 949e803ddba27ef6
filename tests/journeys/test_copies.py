"""Taking a copy home: asking, watching it grow, confirming, the file; and thinking again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from privacy_center.accounts.models import User
from tests import makers
from tests.journeys.copies import BEN, FULL, let_wait
from tests.journeys.deleting import Deleting
from tests.journeys.entrance import StandIns
from tests.journeys.reading import History
from tests.journeys.site import Site
from tests.journeys.taking import Taking
from tests.journeys.test_accessibility import FOLDED, UNFOLDED, look
from tests.journeys.watch import layout_shift


def test_a_copy_is_asked_for_grows_is_confirmed_and_taken_home(window: Any, who: str, script: bool, tmp_path: Path) -> None:
    tab = window(who, script=script, fresh=True)
    way = Taking(tab).open().ask()
    expect(way.main).to_contain_text(re.compile("Your copy is being made|Your copy is ready"))
    way.wait_until_ready()

    file = way.take(who, tmp_path)

    assert re.fullmatch(r"zcode-data-\d{4}-\d\d-\d\d\.zip", file.name)
    assert {"index.html", "about.json", "conversations/conversations-001.json"} <= way.names_in(file)
    expect(way.heading).to_have_text("Your download begins")
    way.main.get_by_role("link", name="Your copy").click()
    expect(way.main).to_contain_text("Once")


def test_nothing_is_wrong_with_the_page_on_which_a_download_begins(window: Any, who: str, tmp_path: Path) -> None:
    tab = window(who, fresh=True)
    Taking(tab).open().ask().wait_until_ready().take(who, tmp_path)
    tab.evaluate(Axe().axe_script)

    found = [words for how in (FOLDED, *UNFOLDED) for words in look(tab, how)]

    assert not found, "\n".join(found)


def test_asking_again_shows_what_has_changed(nils: Tab, who: str, site: Site) -> None:
    Taking(nils).open().ask().wait_until_ready()
    site.feed([makers.message(f"{who}-bread", "And the crumb?", user=who, id=f"{who}-bread-late")])

    way = Taking(nils).open().ask().wait_until_ready()

    row = way.main.get_by_role("row").filter(has_text="Messages")
    expect(row).to_contain_text("+1")


def test_a_mail_says_that_it_is_ready_and_where(nils: Tab, who: str, site: Site) -> None:
    Taking(nils).open().ask().wait_until_ready()

    mail = StandIns(site).newest_mail(nils, f"{who}@example.com", "Your copy")

    assert "is ready. You can download it" in mail
    assert nils.url in mail


def test_a_copy_that_is_ready_can_be_deleted(nils: Tab) -> None:
    way = Taking(nils).open().ask().wait_until_ready()

    way.main.get_by_role("button", name="Delete this copy").click()

    expect(way.heading).to_have_text("You deleted this copy")
    expect(way.download_button).to_have_count(0)
    way.main.get_by_role("button", name="Make a new copy").click()
    way.wait_until_ready()


def test_the_overview_leads_to_a_copy_that_is_ready(nils: Tab) -> None:
    Taking(nils).open().ask().wait_until_ready()
    nils.goto("/")

    nils.get_by_role("region", name="Needs you").get_by_role("link", name="Your copy is ready").click()

    expect(Taking(nils).download_button).to_be_visible()


def test_deleting_a_conversation_says_that_the_copy_goes_and_it_goes(nils: Tab) -> None:
    Taking(nils).open().ask().wait_until_ready()
    address = nils.url
    History(nils).open().read("The crust of a loaf")
    way = Deleting(nils).press("Delete…")
    expect(way.main).to_contain_text("copy of your data that was built")
    expect(way.main.get_by_role("link", name="Take a copy first")).to_be_visible()

    way.confirm().wait_until_gone()

    nils.goto(address)
    expect(way.heading).to_have_text("This copy was removed")
    expect(Taking(nils).download_button).to_have_count(0)


def test_a_choice_that_makes_no_sense_is_said_beside_its_fields(nils: Tab) -> None:
    way = Taking(nils).open()
    way.main.get_by_label("Not older than").fill("2026-03-02")
    way.main.get_by_label("Not newer than").fill("2026-03-01")
    for box in way.main.get_by_role("checkbox").all()[:8]:
        box.uncheck()
    way.ask()

    expect(nils.get_by_role("alert")).to_be_focused()
    expect(nils.get_by_role("alert")).to_contain_text("Tick at least one of these")
    expect(nils.get_by_role("alert")).to_contain_text("The last day lies before the first")
    expect(way.main.get_by_label("Not older than")).to_have_value("2026-03-02")
    expect(way.main.get_by_role("checkbox", checked=True)).to_have_count(1)


def test_the_page_of_a_growing_copy_asks_by_itself_and_nothing_on_it_moves(window: Any) -> None:
    tab = window(BEN)
    asked: list[str] = []
    Taking(tab).open().main.get_by_role("link", name="See how far it is").click()
    tab.on("request", lambda request: asked.append(request.url))
    heading = tab.get_by_role("heading", level=1).element_handle()

    tab.wait_for_timeout(2_600)

    assert len(asked) >= 2
    assert heading.evaluate("heading => heading.isConnected"), "A screen reader would read it all anew."
    assert layout_shift(tab) == 0
    expect(tab.get_by_role("main")).to_contain_text(f"24,018 of {FULL:,} records")


def test_a_copy_that_is_being_made_is_stopped(nils: Tab, who: str, site: Site) -> None:
    with site.database():
        let_wait(User.open(site.settings["PRIVACY_CENTER_ZAI_ISSUER"], who))
    way = Taking(nils).open()
    expect(way.main).to_contain_text("One is being made already")
    way.main.get_by_role("link", name="See how far it is").click()

    way.main.get_by_role("button", name="Stop making it").click()

    expect(way.heading).to_have_text("You stopped this copy")
    Taking(nils).open().ask().wait_until_ready()


def test_what_was_stopped_is_made_again_with_the_same_choice(nils: Tab, who: str, site: Site) -> None:
    with site.database():
        let_wait(User.open(site.settings["PRIVACY_CENTER_ZAI_ISSUER"], who), since=datetime(2020, 1, 2, tzinfo=UTC), until=datetime(2020, 6, 1, tzinfo=UTC))
    way = Taking(nils).open()
    way.main.get_by_role("link", name="See how far it is").click()
    way.main.get_by_role("button", name="Stop making it").click()

    way.main.get_by_role("button", name="Make a new copy").click()

    expect(way.main).to_contain_text("not older than 2020-01-02; not newer than 2020-05-31")
