"""Every way of deleting conversations: one, the ticked, what matches, what is old, everything."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests import makers
from tests.journeys import deleting
from tests.journeys.deleting import Deleting, hash_of
from tests.journeys.entrance import StandIns
from tests.journeys.reading import History
from tests.journeys.site import Site


def test_a_conversation_is_deleted_from_its_own_page(nils: Tab) -> None:
    History(nils).open().read("The crust of a loaf")
    way = Deleting(nils).press("Delete…")
    expect(way.heading).to_have_text("Delete 1 conversation?")
    expect(way.main).to_contain_text("“The crust of a loaf”.")
    expect(way.main).to_contain_text("~/.zcode/cli/db/db.sqlite")

    way.confirm().wait_until_gone()

    expect(way.heading).to_have_text("1 conversation is gone")
    expect(History(nils).open().titles.filter(has_text="The crust of a loaf")).to_have_count(0)


def test_the_ticked_are_deleted_with_what_they_started(nils: Tab) -> None:
    History(nils).open()
    way = Deleting(nils).tick("The knots of a boat", "The hour of the tide").press("Delete the ticked…")
    expect(way.heading).to_have_text("Delete 3 conversations?")
    expect(way.main).to_contain_text("of them is a conversation of a sub-agent")
    expect(way.main).to_contain_text("file that went with them")

    way.confirm().wait_until_gone()

    expect(way.receipt.get_by_role("row").filter(has_text="Conversations")).to_contain_text("3")
    titles = History(nils).open().titles
    for gone in ("The knots of a boat", "The hour of the tide", "Look up the bowline"):
        expect(titles.filter(has_text=gone)).to_have_count(0)


def test_what_joined_the_list_later_is_ticked_with_the_rest(window: Any, who: str) -> None:
    tab = window(who)
    History(tab).open()
    way = Deleting(tab).tick("Heron 0 of the estuary")
    tab.mouse.wheel(0, 20_000)

    way.tick("Heron 27 of the estuary").press("Delete the ticked…")

    expect(way.heading).to_have_text("Delete 2 conversations?")
    tab.go_back()
    expect(way.box("Heron 0 of the estuary")).to_be_checked()
    tab.mouse.wheel(0, 20_000)
    expect(way.box("Heron 27 of the estuary")).to_be_checked()


def test_ticks_are_kept_on_the_way_back_from_thinking_again(nils: Tab) -> None:
    History(nils).open()
    way = Deleting(nils).tick("The crust of a loaf", "Heron 3 of the estuary").press("Delete the ticked…")

    nils.go_back()

    expect(way.box("The crust of a loaf")).to_be_checked()
    expect(way.box("Heron 3 of the estuary")).to_be_checked()
    expect(way.main.get_by_role("checkbox", checked=True)).to_have_count(2)


def test_all_that_match_a_search_are_deleted_not_only_those_on_the_page(nils: Tab) -> None:
    History(nils).open().search("heron")
    way = Deleting(nils).press("Delete all that match…")
    expect(way.heading).to_have_text(f"Delete {deleting.HERONS} conversations?")

    way.confirm().wait_until_gone()

    expect(History(nils).open().titles).to_have_count(deleting.HELD - deleting.HERONS)
    expect(History(nils).open().search("heron").titles).to_have_count(0)


def test_the_button_for_all_that_match_is_in_reach_however_long_the_list_is(nils: Tab) -> None:
    History(nils).open().search("heron")

    expect(nils.get_by_role("button", name="Delete all that match…")).to_be_in_viewport(ratio=1)
    expect(nils.get_by_role("link", name="Older")).not_to_be_in_viewport()


def test_what_is_older_than_a_day_is_deleted(nils: Tab) -> None:
    nils.goto("/history/deletions")
    nils.get_by_label("Last used before").fill("2021-01-01")
    way = Deleting(nils).press("Delete what is older…")
    expect(way.heading).to_have_text("Delete 2 conversations?")
    expect(way.main).to_contain_text("last used before 1 January 2021")

    way.confirm().wait_until_gone()

    expect(History(nils).open("?to=2021-01-01").titles).to_have_count(0)


def test_everything_is_deleted_and_the_receipt_is_read_by_anybody(nils: Tab, window: Any, script: bool) -> None:
    nils.goto("/history/deletions")
    way = Deleting(nils).press("Delete everything…").confirm().wait_until_gone()
    expect(way.heading).to_have_text(f"{deleting.HELD} conversations are gone")
    expect(History(nils).open().titles).to_have_count(0)
    nils.go_back()

    anybody = window(script=script)
    anybody.goto("/receipts")
    anybody.get_by_label("Code of the receipt").fill(way.code.lower().replace("-", " "))
    anybody.get_by_role("button", name="Check it").click()
    expect(Deleting(anybody).heading).to_have_text("This receipt is genuine")
    name, said = Deleting(anybody).save("Save as JSON")

    assert name == f"deletion-receipt-{way.code}.json"
    assert said["sha256"] == hash_of(said["receipt"])
    assert "Heron" not in str(said)


def test_numbers_that_have_changed_are_said_and_asked_again(nils: Tab, who: str, site: Site) -> None:
    History(nils).open()
    way = Deleting(nils).tick("The crust of a loaf").press("Delete the ticked…")
    site.feed([makers.message(f"{who}-bread", "And the crumb?", user=who, id=f"{who}-bread-late")])

    way.confirm()
    expect(nils.get_by_role("heading", name="The numbers have changed since you saw them")).to_be_visible()
    expect(way.main).to_contain_text("conversation, with 2 messages")
    way.confirm().wait_until_gone()

    expect(way.heading).to_have_text("1 conversation is gone")


def test_who_ticked_nothing_reads_so_and_finds_the_way_back(nils: Tab) -> None:
    History(nils).open("?q=heron")
    way = Deleting(nils).press("Delete the ticked…")
    expect(way.heading).to_have_text("You ticked no conversation")

    way.main.get_by_role("link", name="Back to your history").click()

    expect(nils.get_by_label("Words in your conversations")).to_have_value("heron")


def test_a_conversation_is_deleted_by_keyboard_alone(nils: Tab) -> None:
    History(nils).open()
    Deleting(nils).box("The crust of a loaf").focus()
    nils.keyboard.press("Space")
    nils.keyboard.press("Enter")
    expect(Deleting(nils).heading).to_have_text("Delete 1 conversation?")

    nils.get_by_role("button", name="Delete 1 conversation").focus()
    nils.keyboard.press("Enter")

    expect(Deleting(nils).wait_until_gone().heading).to_have_text("1 conversation is gone")


def test_auto_delete_is_turned_on_announced_and_turned_off(nils: Tab, who: str, site: Site) -> None:
    nils.goto("/history/auto-delete")
    expect(nils.get_by_role("main")).to_contain_text("2 conversations would go now")
    nils.get_by_role("radio", name="36 months").check()
    Deleting(nils).press("Save this choice")
    expect(nils.get_by_role("status")).to_contain_text("Auto-delete is on")
    assert "Nothing is deleted before" in StandIns(site).newest_mail(nils, f"{who}@example.com", "Old conversations")

    nils.get_by_role("radio", name="Never").check()
    Deleting(nils).press("Save this choice")

    expect(nils.get_by_role("status")).to_contain_text("Auto-delete is off")
    expect(History(nils).open("?to=2021-01-01").titles).to_have_count(2)
