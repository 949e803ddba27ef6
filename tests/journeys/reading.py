"""The history as a person meets it: the list with its search, and one conversation. Only this file knows their words."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Download, Locator
from playwright.sync_api import Page as Tab


class History:
    """The list of conversations."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.main = tab, tab.get_by_role("main")

    def open(self, query: str = "") -> History:
        """Come to the list."""
        self.tab.goto(f"/history{query}")
        return self

    def search(self, words: str) -> History:
        """Look for words."""
        self.tab.get_by_label("Words in your conversations").fill(words)
        self.tab.get_by_role("button", name="Search").click()
        return self

    def narrow(self, **chosen: str) -> History:
        """Narrow the list by what the fields with these labels offer."""
        summary = self.tab.get_by_text("Narrow by date, model or place")
        if not self.tab.get_by_role("button", name="Narrow", exact=True).is_visible():
            summary.click()
        for label, value in chosen.items():
            field = self.tab.get_by_label(label.replace("_", " "))
            field.fill(value) if label.startswith("Active") else field.select_option(value)
        self.tab.get_by_role("button", name="Narrow", exact=True).click()
        return self

    def take_off(self, words: str) -> None:
        """Take a filter off again."""
        self.tab.get_by_role("list", name="Narrowed by").get_by_role("link", name=words).click()

    @property
    def titles(self) -> Locator:
        """The links of the conversations that are shown."""
        return self.main.locator(".record-list").get_by_role("link")

    @property
    def older(self) -> Locator:
        """The link to older conversations."""
        return self.main.get_by_role("link", name="Older")

    def read(self, title: str) -> Conversation:
        """Open the conversation with that title."""
        self.titles.filter(has_text=title).click()
        return Conversation(self.tab)


class Conversation:
    """One conversation."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.main = tab, tab.get_by_role("main")

    @property
    def heading(self) -> Locator:
        """What it is called."""
        return self.tab.get_by_role("heading", level=1)

    @property
    def turns(self) -> Locator:
        """What was said, in turn."""
        return self.main.get_by_role("article")

    def said(self, words: str) -> Locator:
        """The turn in which that was said."""
        return self.turns.filter(has_text=words)

    def unfold(self, words: str) -> Locator:
        """Open what is folded under these words; returns what was in it."""
        fold = self.main.locator("details.fold").filter(has=self.tab.locator("summary").filter(has_text=words))
        fold.locator("summary").click()
        return fold.locator("> div")

    def version(self, number: int) -> None:
        """Go over to another version of the message."""
        self.main.get_by_role("navigation", name="Versions of this message").get_by_role("link", name=f"Version {number}").click()

    def page(self, words: str) -> None:
        """Go on, or back, in a long one; its page is there in whole afterwards."""
        before = self.tab.url
        self.main.get_by_role("link", name=words).last.click()
        self.tab.wait_for_url(lambda url: url != before)

    def save(self, words: str | re.Pattern[str]) -> tuple[str, str]:
        """Save what the link leads to; returns the name that was suggested, and the contents."""
        with self.tab.expect_download() as saving:
            self.main.get_by_role("link", name=words).first.click()
        download: Download = saving.value
        return download.suggested_filename, Path(download.path()).read_text()
