"""The way of a request through its pages, as a person walks it. Only this file knows their words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab


class Asking:
    """From the list of rights to the page of the request."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.tab.get_by_role("main")

    @property
    def heading(self) -> Locator:
        """What the page is called."""
        return self.main.get_by_role("heading", level=1)

    def choose(self, title: str) -> Asking:
        """Pick a right out of the list."""
        self.tab.goto("/requests/new")
        self.main.get_by_role("link", name=title, exact=True).click()
        expect(self.heading).to_have_text(title)
        return self

    def fill(self, label: str, text: str) -> Asking:
        """Write something."""
        self.main.get_by_label(label, exact=True).fill(text)
        return self

    def tick(self, label: str) -> Asking:
        """Tick a box, or choose an option."""
        self.main.get_by_role("checkbox", name=re.compile(f"^{label}")).or_(self.main.get_by_role("radio", name=re.compile(f"^{label}"))).check()
        return self

    def go_on(self) -> Asking:
        """Press on."""
        self.main.get_by_role("button", name="Continue").click()
        return self

    def say_who(self, address: str, country: str = "Germany") -> Asking:
        """Give an address and a country, as a stranger must."""
        expect(self.heading).to_have_text("About you")
        self.fill("Your e-mail address", address)
        self.main.get_by_label("Where do you live?").select_option(label=country)
        return self.go_on()

    def send(self) -> Asking:
        """Send it from the page that shows everything once more."""
        expect(self.heading).to_have_text("Check your request")
        self.main.get_by_role("button", name=re.compile("^(Send|Withdraw)")).click()
        return self

    def type_code(self, code: str) -> Asking:
        """Confirm the address."""
        self.main.get_by_label("Code", exact=True).fill(code)
        self.main.get_by_role("button", name="Confirm").click()
        return self

    @property
    def reference(self) -> str:
        """The reference on the page of the request."""
        found = re.search(r"RQ-\w{4}-\w{4}", self.main.inner_text())
        assert found, "There is no reference on the page."
        return found.group()


Answer = Callable[[Asking], Any]
# What the list calls each right, and the least that its questions take.
RIGHTS: dict[str, Answer] = {
    "Know what we hold about you": lambda way: way,
    "Get a copy of your data": lambda way: way,
    "Take your data elsewhere": lambda way: way,
    "Have data deleted": lambda way: way.tick("Some kinds of data only").tick("Feedback"),
    "Object to a use of your data": lambda way: way.tick("Training models"),
    "Limit what we do with your data": lambda way: way.tick("Something that you hold about me is wrong"),
    "Withdraw a consent": lambda way: way.tick("News about ZCode by e-mail"),
    "Have data corrected": lambda way: way.main.locator("#more").fill("My invoice says Nils Berg. My name is Nils Bergh."),
    "Something untrue about you in an answer": lambda way: way.fill("What does the model say about you?", "That I was born in 1901.").fill(
        "What is true?", "In 1991."
    ),
    "Complain": lambda way: way.fill("What went wrong?", "Nobody answered my letter."),
}
BY_A_PERSON = ("Have data corrected", "Something untrue about you in an answer", "Complain")
