"""In by Z.ai, out again, and all that can come between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.journeys.entrance import Entrance, StandIns
from tests.journeys.records import INES
from tests.journeys.site import Site


@pytest.fixture
def stand_ins(site: Site) -> Iterator[StandIns]:
    """The stand-ins, honest again afterwards."""
    stand_ins = StandIns(site)
    yield stand_ins
    stand_ins.behave("honest")


def test_somebody_signs_in_at_zai_and_comes_to_their_overview(stranger: Tab) -> None:
    Entrance(stranger).open().to_zai().choose("Olga Nowak")

    expect(Entrance(stranger).heading).to_have_text("Your data at ZCode")
    expect(stranger.get_by_role("banner")).to_contain_text("Olga Nowak")


def test_who_asks_for_a_page_comes_to_it_after_signing_in(stranger: Tab) -> None:
    stranger.goto("/account/sessions")

    Entrance(stranger).to_zai().be(INES)

    expect(Entrance(stranger).heading).to_have_text("Sessions")


def test_who_stops_at_zai_reads_so_and_can_try_again(stranger: Tab) -> None:
    way = Entrance(stranger).open().to_zai()
    way.cancel()
    expect(way.heading).to_have_text("You stopped at Z.ai")

    stranger.get_by_role("button", name="Try again").click()
    way.be(INES)

    expect(way.heading).to_have_text("Your data at ZCode")


def test_when_zai_is_down_the_page_says_so(stranger: Tab, stand_ins: StandIns) -> None:
    stand_ins.behave("down")

    way = Entrance(stranger).open().to_zai()
    if stranger.url.startswith(stand_ins.address):
        way.be(INES)

    expect(way.heading).to_have_text("Z.ai does not answer")


def test_a_way_back_that_began_elsewhere_lets_nobody_in(stranger: Tab) -> None:
    stranger.goto("/sign-in/callback?code=stolen&state=somebody-elses")

    expect(Entrance(stranger).heading).to_have_text("This sign-in did not begin here")


def test_the_back_button_does_not_sign_in_twice(stranger: Tab) -> None:
    way = Entrance(stranger)
    way.sign_in(INES)
    expect(way.heading).to_have_text("Your data at ZCode")

    stranger.go_back()
    way.be(INES)

    expect(way.heading).to_have_text("This sign-in has already been used")
    expect(stranger.get_by_role("main")).to_contain_text("You are still signed in here as Ines Duarte")


def test_two_tabs_can_sign_in_at_the_same_time(stranger: Tab) -> None:
    other = stranger.context.new_page()
    first, second = Entrance(stranger).open().to_zai(), Entrance(other).open().to_zai()

    first.be(INES)
    second.be(INES)

    expect(second.heading).to_have_text("Your data at ZCode")


def test_after_signing_out_the_back_button_shows_nothing_personal(stranger: Tab) -> None:
    way = Entrance(stranger)
    way.sign_in(INES)
    stranger.goto("/account")
    way.sign_out()
    expect(stranger.get_by_role("status")).to_contain_text("You have signed out")

    stranger.go_back()

    expect(way.heading).to_have_text("Sign in")
    expect(stranger.locator("body")).not_to_contain_text("ines@example.com")


def test_a_session_can_be_ended_from_another_browser(window: Any, script: bool) -> None:
    there, here = window("zai-alex", script=script, fresh=True), window("zai-alex", script=script, fresh=True)
    there.goto("/account")
    here.goto("/account/sessions")

    here.get_by_role("button", name=re.compile("^End( all| the|$)")).last.click()
    expect(here.get_by_role("status")).to_contain_text("signed out")
    there.get_by_role("navigation", name="Privacy Center").get_by_role("link", name="Overview").click()
    there.goto("/account")

    expect(Entrance(there).heading).to_have_text("You have been signed out")


def test_a_fresh_sign_in_confirms_that_it_is_them(window: Any, script: bool) -> None:
    tab = window(INES, script=script, fresh=True)
    tab.goto("/confirm?next=/account")

    tab.get_by_role("button", name="Confirm with Z.ai").click()
    expect(tab.get_by_role("main")).to_contain_text("sign in once more")
    Entrance(tab).be(INES)

    expect(Entrance(tab).heading).to_have_text("Account")
    tab.goto("/confirm?next=/account/sessions")  # it counts, so nothing is asked again
    expect(Entrance(tab).heading).to_have_text("Sessions")


def test_zais_own_way_of_signing_in_works_as_well_and_a_code_by_mail_confirms(window: Any, zai_site: Site) -> None:
    # Both ways in one test, so that only one worker starts this second site.
    for script, name, email in ((True, "Olga Nowak", "olga@example.com"), (False, "Mei Hartmann", "mei@example.com")):
        tab = window(script=script, site=zai_site)
        Entrance(tab).open().to_zai().choose(name)
        tab.goto("/confirm?next=/account")
        tab.get_by_role("button", name="Send the code").click()

        type_code(tab, "0000 0000")
        expect(tab.get_by_role("alert")).to_contain_text("That is not the code")
        type_code(tab, StandIns(zai_site).code_for(tab, email))

        expect(Entrance(tab).heading).to_have_text("Account")


def type_code(tab: Tab, code: str) -> None:
    """Type a code, and send it."""
    tab.get_by_label("Code", exact=True).fill(code)
    tab.get_by_role("button", name="Confirm", exact=True).click()
