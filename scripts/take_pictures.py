"""Takes the pictures of the README and the docs, from the demo people of a site that runs: `make run`, then this.

It signs in as each demo person through the sandbox's Z.ai, and writes docs/pictures/<page>.<light|dark|phone|zh>.png.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chromium import found
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESK, "color_scheme": "light"},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
}


@dataclass(frozen=True)
class Picture:
    """One page to take: its name, who looks, where, and the links to follow from there."""

    name: str
    who: str | None
    address: str
    links: tuple[str, ...] = ()
    looks: tuple[str, ...] = field(default=tuple(LOOKS))


PICTURES = (
    Picture("front-page", None, "/"),
    Picture("overview", "Mei Hartmann", "/"),
    Picture("what-we-hold", "Mei Hartmann", "/know"),
    Picture("history", "Mei Hartmann", "/history?q=retry"),
    Picture("conversation", "Mei Hartmann", "/history"),
    Picture("overview-zh", "林俊", "/", looks=("light",)),
)


def main() -> None:
    """Take all pictures, or those whose names are given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to take; all when none is named")
    parser.add_argument("--site", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}", help="address of the running site")
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder for the pictures")
    given = parser.parse_args()
    chosen = [each for each in PICTURES if not given.names or each.name in given.names]
    given.into.mkdir(parents=True, exist_ok=True)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"] if as_root else [])
        take(browser, chosen, given.site, given.into)


def take(browser: Browser, pictures: Iterable[Picture], site: str, into: Path) -> None:
    """Take the pictures, signing in once for each person."""
    sessions: dict[str | None, Any] = {None: None}
    for picture in pictures:
        if picture.who not in sessions:
            sessions[picture.who] = sign_in(browser, site, str(picture.who))
        for look in picture.looks:
            context = browser.new_context(base_url=site, storage_state=sessions[picture.who], reduced_motion="reduce", **LOOKS[look])
            page = context.new_page()
            go(page, picture)
            path = into / f"{picture.name}.{look}.png"
            page.screenshot(path=path)
            context.close()
            sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")


def sign_in(browser: Browser, site: str, who: str) -> Any:
    """The browser's state once *who* is signed in."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("button", name=re.compile(f"^{who}")).click()
    page.wait_for_url(f"{site}/**")
    state = context.storage_state()
    context.close()
    # Playwright would write a cookie back by its plain address, and browsers refuse a secure one there.
    return {"cookies": [{**each, "domain": "127.0.0.1"} for each in state["cookies"]], "origins": []}


def go(page: Page, picture: Picture) -> None:
    """Go to where the picture is taken."""
    page.goto(picture.address)
    for words in picture.links:
        page.get_by_role("link", name=words).first.click()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
