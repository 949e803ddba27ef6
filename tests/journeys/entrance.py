"""The way in as a visitor meets it: the front page, the sign-in, Z.ai's page, and the mailbox. Only this file knows their words."""

from __future__ import annotations

import re
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

from tests.journeys.site import Site

EIGHT_DIGITS = re.compile(r"\b(\d{4}) ?(\d{4})\b")


class Entrance:
    """From the front page to Z.ai and back."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def open(self) -> Entrance:
        """Come to the front page."""
        self.tab.goto("/")
        return self

    def to_zai(self) -> Entrance:
        """Press on until Z.ai's own page is there."""
        if not self.tab.url.partition("?")[0].endswith("/sign-in"):
            self.tab.get_by_role("main").get_by_role("link", name="Sign in with Z.ai").click()
        self.tab.get_by_role("main").get_by_role("button", name=re.compile("^Sign in")).click()
        return self

    def choose(self, name: str) -> None:
        """Be one of the people that Z.ai's page names."""
        self.tab.get_by_role("button", name=re.compile(f"^{name}")).click()

    def be(self, who: str) -> None:
        """Be somebody else, by their Z.ai user id."""
        self.tab.get_by_label("Somebody else’s Z.ai user id").fill(who)
        self.tab.get_by_role("button", name="Sign in", exact=True).click()

    def cancel(self) -> None:
        """Think better of it, at Z.ai."""
        self.tab.get_by_role("button", name="Cancel").click()

    def sign_in(self, who: str) -> None:
        """All of it."""
        self.open().to_zai().be(who)

    def sign_out(self) -> None:
        """Press the button in the header."""
        self.tab.get_by_role("banner").get_by_role("button", name="Sign out").click()

    @property
    def heading(self) -> Locator:
        """What the page is called."""
        return self.tab.get_by_role("heading", level=1)


class StandIns:
    """What stands in for Z.ai and for the person's mailbox."""

    def __init__(self, site: Site) -> None:
        self.address = site.settings["PRIVACY_CENTER_ZAI_ISSUER"]

    def behave(self, how: str) -> None:
        """Let Z.ai behave like this from now on."""
        build_opener(ProxyHandler({})).open(f"{self.address}/behaviour", urlencode({"behaviour": how}).encode(), timeout=10).close()

    def code_for(self, tab: Tab, email: str) -> str:
        """The newest code that was mailed to that address, read in the mailbox as a person would."""
        found = EIGHT_DIGITS.search(self.newest_mail(tab, email, "Your code"))
        assert found, "There is no code in the mail."
        return "".join(found.groups())

    def newest_mail(self, tab: Tab, email: str, subject: str) -> str:
        """The newest mail to that address with these words in its subject, read in the mailbox as soon as it is there."""
        mailbox = tab.context.new_page()
        mailbox.goto(f"{self.address}/mailbox?to={email}")
        mails = mailbox.get_by_role("row").get_by_role("link", name=subject)
        for _try in range(50):
            if mails.count():
                break
            mailbox.wait_for_timeout(200)
            mailbox.reload()
        mails.first.click()
        mail = mailbox.locator("pre").inner_text()
        mailbox.close()
        return mail
