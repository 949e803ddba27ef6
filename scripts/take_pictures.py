"""Takes the pictures of the documents anew from a running demo: `make run`, then `.venv/bin/python scripts/take_pictures.py`."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / "docs" / "pictures"
WHO = "zai-mei"
ABOVE: dict[str, Any] = {"viewport": {"width": 1280, "height": 1120}, "device_scale_factor": 1.5}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}


@dataclass(frozen=True)
class Picture:
    """One picture: its name, the way to the page (an address, then links to follow), and how it is looked at."""

    name: str
    way: tuple[str, ...]
    how: dict[str, Any]
    scheme: str = "light"


PICTURES = (
    Picture("overview", ("/",), ABOVE),
    Picture("overview-dark", ("/",), ABOVE, "dark"),
    Picture("overview-phone", ("/",), PHONE),
    Picture("what-we-hold", ("/know/usage/usage-event",), DESK),
    Picture("history", ("/history?q=retry",), DESK),
    Picture("conversation", ("/history", "Payment webhook arrives twice"), DESK),
    Picture("conversation-phone", ("/history", "Payment webhook arrives twice"), PHONE, "dark"),
)


def main() -> None:
    """Sign in as a demo person, and take all pictures, or those that are named."""
    from scripts.chromium import found

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", help="the pictures to take; all where none is named")
    asked.add_argument("--centre", default="http://127.0.0.1:8000", help="where the demo runs")
    given = asked.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"] if as_root else [])
        session = sign_in(browser, given.centre)
        for picture in PICTURES:
            if not given.names or picture.name in given.names:
                take(browser, given.centre, picture, session)
        browser.close()


def sign_in(browser: Browser, centre: str) -> Any:
    """The session of the demo person, once they have come in by the sandbox's Z.ai."""
    tab = browser.new_page()
    tab.goto(f"{centre}/sign-in")
    tab.get_by_role("main").get_by_role("button").click()
    tab.locator(f'button[name="account"][value="{WHO}"]').click()
    tab.wait_for_url(f"{centre}/**")
    session = tab.context.storage_state()
    tab.close()
    return session


def take(browser: Browser, centre: str, picture: Picture, session: Any) -> None:
    """Take one picture, as the demo person sees the page."""
    look: dict[str, Any] = {"color_scheme": picture.scheme, "reduced_motion": "reduce", "locale": "en-GB", **picture.how}
    tab = browser.new_page(base_url=centre, storage_state=session, **look)
    first, *links = picture.way
    tab.goto(first)
    for words in links:
        tab.get_by_role("link", name=words).first.click()
    tab.wait_for_load_state("networkidle")
    tab.screenshot(path=FOLDER / f"{picture.name}.png")
    tab.close()


if __name__ == "__main__":
    main()
