"""Closing the account: thought over, taken back, at once; with and without script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import deleting
from tests.journeys.ending import Ending
from tests.journeys.entrance import Entrance
from tests.journeys.reading import History


@pytest.fixture
def closing(window: Any, who: str, script: bool) -> Any:
    """The tab of somebody who has a history, in a session of its own."""
    return window(who, script=script, fresh=True)


def test_an_account_is_closed_at_once_and_its_receipt_stays(closing: Any, who: str) -> None:
    way = Ending(closing).open()
    expect(way.main).to_contain_text("Conversations")
    way.prove(who).choose("Now. There is no way back.").type(f"{who}@example.com")
    expect(way.heading).to_have_text("The account is closed")

    way.wait_for_the_receipt()

    expect(way.main).to_contain_text("This receipt is genuine")
    expect(way.receipt.get_by_role("row").filter(has_text="Conversations")).to_contain_text(str(deleting.HELD))
    closing.reload()
    expect(way.receipt).to_be_visible()


def test_a_fresh_sign_in_afterwards_says_kindly_that_it_was_closed(closing: Any, who: str) -> None:
    Ending(closing).open().prove(who).choose("Now. There is no way back.").type(f"{who}@example.com").wait_for_the_receipt()
    closing.goto("/sign-in")
    closing.get_by_role("main").get_by_role("button", name="Sign in with Z.ai").click()
    Entrance(closing).be(who)
    expect(closing.get_by_role("main")).to_contain_text("This account was erased")


def test_whoever_thinks_again_keeps_everything(closing: Any, who: str) -> None:
    way = Ending(closing).open().prove(who).type(f"{who}@example.com")
    expect(way.heading).to_have_text("Your account is closing")
    closing.goto("/history")
    expect(way.heading).to_have_text("Your account is closing")
    way.press("Keep the account")
    expect(way.main).to_contain_text("Your account stays")
    expect(History(closing).open().titles.first).to_be_visible()


def test_a_slip_is_told_and_nothing_is_lost(closing: Any, who: str) -> None:
    way = Ending(closing).open().prove(who).choose("Now. There is no way back.").type("somebody@example.com")
    expect(way.main.get_by_role("alert")).to_contain_text("That is not what stands above the field")
    expect(way.main.get_by_role("radio", name="Now. There is no way back.")).to_be_checked()
    way.type(f"{who}@example.com")
    expect(way.heading).to_have_text("The account is closed")
