"""Takes the README's picture anew from a running demo: `make run`, then `.venv/bin/python scripts/take_pictures.py`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 1120
WHO = "zai-mei"


def main() -> None:
    """Sign in as a demo person, and take the overview."""
    from scripts.chromium import found

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--centre", default="http://127.0.0.1:8000", help="where the demo runs")
    centre = asked.parse_args().centre
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"] if as_root else [])
        take(browser, centre, PICTURES / "overview.png")
        browser.close()


def take(browser: Browser, centre: str, target: Path) -> None:
    """The overview as the demo person sees it."""
    tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5, color_scheme="light", locale="en-GB")
    tab.goto(f"{centre}/sign-in")
    tab.get_by_role("main").get_by_role("button").click()
    tab.locator(f'button[name="account"][value="{WHO}"]').click()
    tab.wait_for_url(f"{centre}/**")
    tab.goto(centre)
    tab.screenshot(path=target)


if __name__ == "__main__":
    main()
