"""Finds a Chromium for the tests, or installs one: the headless shell before the whole browser, as it opens a window in a quarter of the time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELLS_OF_PLAYWRIGHT = ("chromium_headless_shell-*/*/chrome-headless-shell", "chromium_headless_shell-*/*/headless_shell")
BROWSERS_OF_PLAYWRIGHT = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
DOWNLOADS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
APPLICATIONS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
PATIENCE = "15000"  # milliseconds that Playwright waits for its download to answer


def found() -> str | None:
    """The path of a Chromium: the one that CENTRE_CHROMIUM names, else a headless shell, else a whole browser."""
    return os.environ.get("CENTRE_CHROMIUM") or _shell() or _browser()


def _shell() -> str | None:
    """The path of a headless shell: one on the path, or one that Playwright downloaded."""
    return _on_the_path(SHELLS) or _downloaded(SHELLS_OF_PLAYWRIGHT)


def _browser() -> str | None:
    """The path of a whole browser: one on the path, one that Playwright downloaded, or an application of macOS."""
    return _on_the_path(BROWSERS) or _downloaded(BROWSERS_OF_PLAYWRIGHT) or _first_in(Path("/Applications"), APPLICATIONS)


def _on_the_path(names: tuple[str, ...]) -> str | None:
    """The first of these programs that the path has."""
    return next((path for name in names if (path := shutil.which(name))), None)


def _downloaded(patterns: tuple[str, ...]) -> str | None:
    """The newest file in Playwright's folders that matches; PLAYWRIGHT_BROWSERS_PATH comes first."""
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [*([own] if own else []), *DOWNLOADS]
    return next((path for folder in folders if (path := _first_in(Path(folder).expanduser(), patterns))), None)


def _first_in(folder: Path, patterns: tuple[str, ...]) -> str | None:
    """The file in the folder that matches the earliest pattern, the newest by name of several."""
    return next((str(path) for pattern in patterns for path in sorted(folder.glob(pattern), reverse=True)), None)


def install() -> None:
    """See to it that there is a Chromium: the distribution's package, else Playwright's download."""
    for command in _ways():
        subprocess.run(
            command,
            capture_output=True,
            check=False,
            env={**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": PATIENCE, "DEBIAN_FRONTEND": "noninteractive"},
        )
    if not found():
        sys.exit("The tests need a Chromium, and none could be installed; install one, or name it: CENTRE_CHROMIUM=/path/to/chromium make test")


def _ways() -> Iterator[list[str]]:
    """The commands that may bring a Chromium, each only if it is still wanted once those before it have run."""
    if os.environ.get("CENTRE_CHROMIUM") or _shell():
        return
    if may_install := hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None:
        print("Installing a Chromium for the tests …", flush=True)
        yield ["apt-get", "update"]
        yield ["apt-get", "install", "-y", "--no-install-recommends", "chromium-headless-shell"]
    if not found():
        # What is downloaded needs libraries of the system, which only root may install.
        playwright = [str(Path(__file__).parent.parent / ".venv/bin/playwright"), "install", "--only-shell", "chromium"]
        yield [*playwright, "--with-deps"] if may_install else playwright


if __name__ == "__main__":
    print(found() or sys.exit("No Chromium was found."))
