"""Deleting as a person meets it: ticks, the page that asks, the page that shows how far it is, the receipt. Only this file knows their words."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

from tests import makers
from tests.journeys.patience import wait_for
from tests.makers import iso

HELD = 34
HERONS = 28  # more than a page of the list holds
OLD = ("Letters of the spring", "Letters of the summer")
CODE = re.compile(r"DR(-[2-9A-Z]{4}){4}")


def records(who: str) -> Iterator[dict[str, Any]]:
    """A history to delete from: many conversations about herons, one with a sub-agent and a file, two that are old."""
    today = datetime.now(UTC).replace(microsecond=0)
    yield makers.line("user", user=who, id=who, email=f"{who}@example.com", name="Nils Aune", country="NO", language="en")
    for number in range(HERONS):
        yield from talk(who, f"heron-{number}", f"Heron {number} of the estuary", today - timedelta(days=number))
    for name, title in (("boats", "The knots of a boat"), ("bread", "The crust of a loaf"), ("tide", "The hour of the tide")):
        yield from talk(who, name, title, today - timedelta(hours=1))
    yield from talk(who, "agent", "Look up the bowline", today - timedelta(hours=2), parent=f"{who}-boats")
    yield makers.line("file", user=who, conversation=f"{who}-boats", name="knots.svg", size=2_400)
    for title in OLD:
        yield from talk(who, title.split()[-1], title, datetime(2020, 5, 1, tzinfo=UTC))


def talk(who: str, name: str, title: str, began: datetime, **fields: Any) -> Iterator[dict[str, Any]]:
    """A conversation of one message."""
    name = f"{who}-{name}"
    yield makers.line("conversation", user=who, id=name, title=title, created_at=iso(began), updated_at=iso(began), **fields)
    yield makers.line("message", user=who, conversation=name, id=f"{name}-0", created_at=iso(began), parts=[{"type": "text", "text": f"About {title}."}])


class Deleting:
    """From the history to the receipt."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.main = tab, tab.get_by_role("main")

    def box(self, title: str) -> Locator:
        """The tick of the conversation with that title."""
        return self.main.get_by_role("checkbox", name=title, exact=True)

    def press(self, words: str) -> Deleting:
        """Press the button with these words."""
        self.main.get_by_role("button", name=words).click()
        return self

    def tick(self, *titles: str) -> Deleting:
        """Tick the conversations with these titles."""
        for title in titles:
            self.box(title).check()
        return self

    def confirm(self) -> Deleting:
        """Press the red button of the page that asks."""
        self.main.get_by_role("button", name=re.compile(r"^Delete [\d,]+ conversation")).click()
        return self

    def wait_until_gone(self) -> Deleting:
        """Wait on its page until the receipt is there: without script one looks again."""
        wait_for(self.tab, self.receipt)
        return self

    def save(self, words: str) -> tuple[str, dict[str, Any]]:
        """Save the receipt as a file; returns the name that was suggested, and what it says."""
        with self.tab.expect_download() as saving:
            self.main.get_by_role("link", name=words).click()
        return saving.value.suggested_filename, json.loads(Path(saving.value.path()).read_text())

    @property
    def heading(self) -> Locator:
        """What the page is called."""
        return self.tab.get_by_role("heading", level=1)

    @property
    def receipt(self) -> Locator:
        """The receipt on the page."""
        return self.main.get_by_role("article", name="Deletion receipt")

    @property
    def code(self) -> str:
        """The code of the receipt on the page."""
        found = CODE.search(self.receipt.inner_text())
        assert found, "The receipt has no code."
        return found[0]


def hash_of(receipt: dict[str, Any]) -> str:
    """What anybody computes who follows what the receipt's page says."""
    return hashlib.sha256(json.dumps(receipt, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
