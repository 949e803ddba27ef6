"""Finds a Chromium for the tests, or installs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "~/Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PATIENCE = "15000"  # milliseconds that Playwright waits for its download to answer


def found() -> str | None:
    """The path of a Chromium: the one that CENTRE_CHROMIUM names, one on the path, or one that Playwright downloaded."""
    if os.environ.get("CENTRE_CHROMIUM"):
        return os.environ["CENTRE_CHROMIUM"]
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((str(path) for place in _places() for path in _matching(place)), None)


def _places() -> list[str]:
    """The patterns of paths to look at; PLAYWRIGHT_BROWSERS_PATH comes first."""
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    return [*([f"{own}/chromium-*/chrome-linux*/chrome"] if own else []), *PLACES]


def _matching(pattern: str) -> list[Path]:
    """The files that a pattern with a leading ~ or / matches, newest name first."""
    whole = Path(pattern).expanduser()
    return sorted(Path(whole.anchor).glob(str(whole.relative_to(whole.anchor))), reverse=True)


def install() -> None:
    """See to it that there is a Chromium: Playwright's download, else the distribution's package."""
    if found():
        return
    print("Installing a Chromium for the tests …", flush=True)
    for command in _ways():
        subprocess.run(
            command,
            capture_output=True,
            check=False,
            env={**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": PATIENCE, "DEBIAN_FRONTEND": "noninteractive"},
        )
        if found():
            return
    sys.exit("The tests need a Chromium, and none could be installed; install one, or name it: CENTRE_CHROMIUM=/path/to/chromium make test")


def _ways() -> list[list[str]]:
    """The commands that may bring a Chromium, in the order they are tried."""
    may_install = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None
    playwright = [str(Path(__file__).parent.parent / ".venv/bin/playwright"), "install", "chromium"]
    if not may_install:
        return [playwright]
    # What is downloaded needs libraries of the system; the distribution's package brings them along.
    return [[*playwright, "--with-deps"], ["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]]


if __name__ == "__main__":
    print(found() or sys.exit("No Chromium was found."))
