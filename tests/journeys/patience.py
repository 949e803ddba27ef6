"""Waiting as a person does: the page follows by itself, and without script one looks again."""

from __future__ import annotations

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

LOOKS, BETWEEN = 200, 150  # milliseconds between two looks
RELOADED_EVERY = 5


def wait_for(tab: Tab, thing: Locator, *, reloading: bool = False) -> None:
    """Wait until *thing* is on the page; *reloading* it now and then, where what comes is told by no link."""
    for look in range(1, LOOKS):
        if thing.is_visible():
            break
        if (again := tab.get_by_role("main").get_by_role("link", name="Look again")).is_visible():
            again.click()
        elif reloading and look % RELOADED_EVERY == 0:
            tab.reload()
        tab.wait_for_timeout(BETWEEN)
    expect(thing).to_be_visible()
