"""Taking a copy as a person meets it: asking, the page that grows, confirming, the file. Only this file knows their words."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

from tests.journeys.entrance import Entrance
from tests.journeys.patience import wait_for

DOWNLOAD = re.compile(r"^Download [\d.,]+ (bytes|[kMG]?B)$")


class Taking:
    """From the wish to the file."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.main = tab, tab.get_by_role("main")

    def open(self) -> Taking:
        """Come to the page of copies, by the menu."""
        self.tab.goto("/")
        self.tab.get_by_role("navigation", name="Privacy Center").get_by_role("link", name="Copies").click()
        return self

    def ask(self) -> Taking:
        """Ask for everything."""
        self.main.get_by_role("button", name="Make the copy").click()
        return self

    def wait_until_ready(self) -> Taking:
        """Wait on its page until it can be downloaded: without script one looks again."""
        wait_for(self.tab, self.download_button)
        return self

    def take(self, who: str, folder: Path) -> Path:
        """Press the button, confirm at Z.ai, and save what comes under the name that is suggested."""
        self.download_button.click()
        self.main.get_by_role("button", name="Confirm with Z.ai").click()
        with self.tab.expect_download() as saving:
            Entrance(self.tab).be(who)
        place = folder / saving.value.suggested_filename
        saving.value.save_as(place)
        return place

    def names_in(self, file: Path) -> set[str]:
        """What is in the file that was saved."""
        with zipfile.ZipFile(file) as archive:
            assert archive.testzip() is None
            return set(archive.namelist())

    @property
    def download_button(self) -> Locator:
        """The one that hands it out."""
        return self.main.get_by_role("link", name=DOWNLOAD)

    @property
    def heading(self) -> Locator:
        """What the page is called."""
        return self.tab.get_by_role("heading", level=1)
