"""Every right, asked for in a browser: signed in and not, with and without script; and what happens on the way."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from privacy_center.accounts.models import User
from privacy_center.rights import answering
from privacy_center.rights.models import Request
from tests.journeys.entrance import Entrance, StandIns
from tests.journeys.patience import wait_for
from tests.journeys.rights import BY_A_PERSON, RIGHTS, Asking
from tests.journeys.site import Site

NADIA = "nadia-{}@example.org"


def test_every_right_signed_in(nils: Tab) -> None:
    for title, answer in RIGHTS.items():
        if title == "Have data deleted":  # which is confirmed first; see below
            continue
        way = Asking(nils).choose(title)
        answer(way)
        way.go_on()
        if nils.url.endswith("/home"):
            way.go_on()

        way.send()

        expect(way.heading).to_have_text(title)
        expect(way.main).to_contain_text("A privacy officer takes it up" if title in BY_A_PERSON else "It is done")
    nils.goto("/requests")
    expect(nils.get_by_role("main").get_by_role("listitem")).to_have_count(len(RIGHTS) - 1)


def test_every_right_without_an_account(stranger: Tab, site: Site, script: bool) -> None:
    for number, (title, answer) in enumerate(RIGHTS.items()):
        address = NADIA.format(f"{number}-{script}".lower())
        way = Asking(stranger).choose(title)
        answer(way)
        way.go_on().say_who(address).send()
        expect(way.heading).to_have_text("Confirm your address")

        way.type_code(StandIns(site).code_for(stranger, address))

        expect(way.heading).to_have_text(title)
        expect(way.main).to_contain_text("A privacy officer takes it up")
        assert way.reference


def test_deleting_some_kinds_shows_them_asks_for_proof_and_ends_with_a_receipt(window: Any, who: str, script: bool) -> None:
    tab = window(who, script=script, fresh=True)
    way = Asking(tab).choose("Have data deleted").tick("Some kinds of data only").tick("Conversations")
    way.go_on()
    if tab.url.endswith("/home"):
        way.go_on()
    expect(way.main.get_by_role("listitem").filter(has_text="Conversations").first).to_be_visible()
    way.main.get_by_role("button", name="Confirm that it is you…").click()
    way.main.get_by_role("button", name="Confirm with Z.ai").click()
    Entrance(tab).be(who)

    way.main.get_by_role("button", name="Delete these data").click()

    expect(way.heading).to_have_text("Have data deleted")
    way_to_receipt = way.main.get_by_role("link", name="Receipt of the erasure")
    wait_for(tab, way_to_receipt, reloading=True)
    way_to_receipt.click()
    expect(tab.get_by_role("main")).to_contain_text("ER-")


def test_a_conversation_with_the_officer_and_a_change_of_mind(nils: Tab, who: str, site: Site) -> None:
    way = Asking(nils).choose("Complain").fill("What went wrong?", "Nobody answered my letter.").go_on()
    if nils.url.endswith("/home"):
        way.go_on()
    nils.locator("#files").set_input_files([{"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear ZCode"}])
    nils.get_by_role("button", name="Attach").click()
    expect(way.main).to_contain_text("letter.txt")
    way.send()
    with site.database():
        asked = Request.get((Request.reference == way.reference) & (Request.user == User.get(User.subject == who)))
        answering.assign(asked, by=7, to=7)
        answering.ask_for_more(asked, by=7, words="Which letter do you mean?")

    nils.reload()
    expect(way.main).to_contain_text("We need something from you by")
    way.fill("Your message", "The one of May.").main.get_by_role("button", name="Send").click()
    expect(way.main).to_contain_text("The one of May.")
    with nils.expect_download() as download:
        way.main.get_by_role("link", name="letter.txt").click()
    assert download.value.path().read_bytes() == b"Dear ZCode"
    way.main.get_by_role("link", name="Withdraw the request…").click()
    way.main.get_by_role("button", name="Withdraw the request").click()
    expect(way.main).to_contain_text("Withdrawn by you")


def test_an_error_leads_to_the_field_and_the_back_button_loses_nothing(ines: Tab) -> None:
    way = Asking(ines).choose("Something untrue about you in an answer").fill("What does the model say about you?", "That I was born in 1901.").go_on()
    expect(ines).to_have_title("Error: Something untrue about you in an answer · ZCode Privacy Center")
    expect(ines.get_by_role("alert")).to_be_focused()
    way.fill("What is true?", "In 1991.").go_on()
    expect(way.heading).to_have_text("Check your request")

    ines.go_back()

    expect(way.main.get_by_label("What does the model say about you?")).to_have_value("That I was born in 1901.")
    way.go_on()
    expect(way.main).to_contain_text("In 1991.")


def test_a_link_that_was_passed_on_tells_how_far_it_is_and_no_more(window: Any, site: Site, script: bool) -> None:
    nadia, address = window(script=script), NADIA.format(f"link-{script}".lower())
    way = Asking(nadia).choose("Complain").fill("What went wrong?", "A secret of mine.").go_on().say_who(address).send()
    way.type_code(StandIns(site).code_for(nadia, address))
    expect(way.main).to_contain_text("A secret of mine.")

    other = window(script=script)
    other.goto(nadia.url)

    expect(other.get_by_role("main")).to_contain_text("We answer by")
    expect(other.get_by_role("main")).not_to_contain_text("A secret of mine.")
    expect(other.get_by_role("main")).to_contain_text("n…@e….org")
