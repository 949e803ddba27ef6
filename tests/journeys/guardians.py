"""A guardian who reports, and the pages as they meet them. Only this file knows their words."""

from __future__ import annotations

import itertools
import re
from typing import Any

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

from tests.journeys.entrance import StandIns
from tests.journeys.site import Site

LINK = re.compile(r"/guardians/reports/[0-9a-f]{64}")
REFERENCE = re.compile(r"GR-[2-9A-Z]{4}-[2-9A-Z]{4}")
_numbers = itertools.count(1)


class Guardian:
    """Somebody whose child has used ZCode, with an address of their own."""

    def __init__(self, tab: Tab, site: Site) -> None:
        self.tab, self.site = tab, site
        self.email = f"guardian-{next(_numbers)}@example.org"

    @property
    def page(self) -> Locator:
        """What the page says."""
        return self.tab.get_by_role("main")

    def press(self, words: str) -> Guardian:
        """Press a button, or follow a link that looks like one."""
        self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words)).first.click()
        return self

    def says(self, **fields: str) -> Guardian:
        """Fill in fields by the beginning of their labels."""
        for label, value in fields.items():
            self.tab.get_by_label(LABELS[label]).first.fill(value)
        return self

    def ticks(self, *words: str) -> Guardian:
        """Tick radios or boxes."""
        for each in words:
            self.page.get_by_label(each).first.check()
        return self

    def code(self) -> str:
        """The code out of the mailbox."""
        return StandIns(self.site).code_for(self.tab, self.email)

    def begins(self) -> Guardian:
        """From the page for guardians to the proved address."""
        self.tab.goto("/guardians")
        self.press("Begin a report").ticks("Parent").says(name="Petra").press("Save and go on")
        self.says(email=self.email).press("Send the code")
        self.says(code=self.code()).press("Go on")
        return self

    def fills_in(self, account: str) -> Guardian:
        """Everything but the files and the declaration."""
        self.ticks("Under 13")
        self.tab.get_by_label("In which country does the child live?").select_option("DE")
        self.press("Save and go on").says(account=account).press("Save and go on")
        return self.ticks("See what you have", "Stop using it", "Delete it").press("Save and go on")

    def sends(self) -> str:
        """Declare it and send it; returns the reference."""
        self.ticks("What I have said is true").press("Send the report")
        found = REFERENCE.search(self.page.inner_text())
        assert found
        return found[0]


LABELS: dict[str, Any] = {
    "name": "What may we call you?",
    "email": "Your e-mail address",
    "code": "Code",
    "account": "E-mail address of the Z.ai account",
    "letter": "Your letter",
}
