"""Closing the account as a person meets it: what it means, proof, the address typed, seven days, the receipt. Only this file knows their words."""

from __future__ import annotations

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

from tests.journeys.entrance import Entrance
from tests.journeys.patience import wait_for


class Ending:
    """From the page of the account to the receipt."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.main = tab, tab.get_by_role("main")

    def open(self) -> Ending:
        """Come to the page that says what closing means, by the page of the account."""
        self.tab.goto("/account")
        self.main.get_by_role("link", name="See what that means").click()
        return self

    def prove(self, who: str) -> Ending:
        """Go on, and confirm at Z.ai that it is oneself."""
        self.main.get_by_role("link", name="Go on to close the account").click()
        self.main.get_by_role("button", name="Confirm with Z.ai").click()
        Entrance(self.tab).be(who)
        return self

    def choose(self, when: str) -> Ending:
        """Choose when."""
        self.main.get_by_role("radio", name=when).check()
        return self

    def type(self, text: str) -> Ending:
        """Type what is asked for, and press the button."""
        self.main.get_by_label("Type it here").fill(text)
        self.main.get_by_role("button", name="Close the account").click()
        return self

    def press(self, words: str) -> Ending:
        """Press the button with these words."""
        self.main.get_by_role("button", name=words).click()
        return self

    def follow(self, words: str) -> Ending:
        """Follow the link with these words."""
        self.main.get_by_role("link", name=words).click()
        return self

    def wait_for_the_receipt(self) -> Ending:
        """Wait until the receipt stands where the progress stood: without script one looks again."""
        wait_for(self.tab, self.receipt)
        return self

    @property
    def heading(self) -> Locator:
        """What the page is about."""
        return self.main.get_by_role("heading", level=1)

    @property
    def receipt(self) -> Locator:
        """The receipt on the page."""
        return self.main.get_by_role("article", name="Erasure receipt")
