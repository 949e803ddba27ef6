"""The desk as staff meet it, and a request as its person makes and follows it. Only this file knows their words."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from tests.journeys.entrance import Entrance

ADA, TOMAS, RUTH = "Ada Okafor", "Tomás Rey", "Ruth Lindqvist"
NUMBERS = {ADA: "zai-ada", TOMAS: "zai-tomas", RUTH: "zai-ruth"}
REFERENCE = re.compile(r"RQ-[2-9A-Z]{4}-[2-9A-Z]{4}")


class Desk:
    """A member of staff at work, in a window of their own."""

    def __init__(self, window: Any, name: str, **options: Any) -> None:
        self.name = name
        self.tab: Tab = window(NUMBERS[name], fresh=True, **options)

    def come(self) -> Desk:
        """Open the desk, and confirm to be oneself on the way."""
        self.tab.goto("/desk")
        expect(self.heading).to_have_text("Confirm that it is you")
        self.tab.get_by_role("main").get_by_role("button").first.click()
        Entrance(self.tab).choose(self.name)
        expect(self.heading).to_have_text("Queue")
        return self

    def open(self, reference: str) -> Desk:
        """Find a request by its reference, and open it."""
        self.tab.goto("/desk")
        self.tab.get_by_label("Reference or whole e-mail address").fill(reference)
        self.tab.get_by_role("button", name="Show").click()
        self.tab.get_by_role("link", name=reference).click()
        return self

    def press(self, words: str) -> Desk:
        """Press a button, or follow a link that looks like one."""
        self.tab.get_by_role("button", name=words).or_(self.tab.get_by_role("link", name=words)).first.click()
        return self

    def write(self, words: str, label: str = "Letter") -> Desk:
        """Write into a field."""
        self.tab.get_by_label(label, exact=True).fill(words)
        return self

    @property
    def heading(self) -> Locator:
        """What the page is called."""
        return self.tab.get_by_role("heading", level=1)

    @property
    def page(self) -> Locator:
        """What the page says."""
        return self.tab.get_by_role("main")


def wish_another_name(tab: Tab, name: str) -> str:
    """Ask, as its person, that the account's name be corrected; returns the reference."""
    tab.goto("/requests/new/correction")
    tab.get_by_label("Name", exact=True).fill(name)
    tab.get_by_role("button", name="Continue").click()
    tab.get_by_role("button", name="Send the request").click()
    expect(tab.get_by_role("main")).to_contain_text(REFERENCE)
    return str(REFERENCE.findall(tab.get_by_role("main").inner_text())[0])
