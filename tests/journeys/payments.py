"""What one pays, as a person meets it: the page, the renewal, the way to Stripe and back. Only this file knows their words."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import requests
from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

from tests.journeys.patience import wait_for
from tests.journeys.site import Site
from tests.sandbox.stripes import Shop


class Paying:
    """From the menu to the last invoice."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.main = tab, tab.get_by_role("main")

    def open(self) -> Paying:
        """Come to the page by the menu."""
        self.tab.goto("/")
        self.tab.get_by_role("navigation", name="Privacy Center").get_by_role("link", name="Subscription").click()
        return self

    def wait_for(self, words: str | re.Pattern[str]) -> Paying:
        """Wait until the page says so: by itself, or, without script, by looking again."""
        wait_for(self.tab, self.main.get_by_text(words).first, reloading=True)  # Stripe's news may come after the page was made
        return self

    def fact(self, term: str) -> Locator:
        """What stands beside a term."""
        return self.main.locator("dl.facts > div").filter(has=self.tab.locator("dt", has_text=re.compile(f"^{term}$"))).locator("dd").first

    def turn(self, way: str) -> Paying:
        """Turn renewal off ("Stop renewing") or on ("Renew again"), by the page that says what it means."""
        self.main.get_by_role("link", name=f"{way}…").click()
        self.main.get_by_role("button", name=way).click()
        return self

    def ask_again(self) -> Paying:
        """Press the button that asks Stripe."""
        self.main.get_by_role("button", name="Ask Stripe again").click()
        return self


class StripeThere:
    """The running site's Stripe: what it is told, and what it sends."""

    def __init__(self, site: Site) -> None:
        self.address = site.settings["PRIVACY_CENTER_STRIPE_API_BASE"]
        self.shop = Shop(self.address)

    @contextlib.contextmanager
    def told(self, **ways: str) -> Iterator[None]:
        """Let it behave in another way for a while."""
        requests.post(f"{self.address}/way", data=ways, timeout=20)
        yield
        requests.post(f"{self.address}/way", data={"way": "honest", "delivery": "once"}, timeout=20)

    def let_period_end(self, subscription: str) -> None:
        """Let time pass for one subscription."""
        requests.post(f"{self.address}/subscriptions/{subscription}/next-period", timeout=20)

    def storm(self) -> tuple[str, str]:
        """Send the newest news fifty times at once; returns its number, and what the stand-in's page says of it."""
        page = requests.get(self.address, timeout=20).text
        found = re.search(r"<code>(evt_\w+)</code>", page)
        assert found
        requests.post(f"{self.address}/events/{found[1]}/storm", timeout=120)
        row = requests.get(self.address, timeout=20).text.split(f"<code>{found[1]}</code>")[1].split("</tr>")[0]
        return found[1], row
