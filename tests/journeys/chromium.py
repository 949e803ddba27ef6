"""How the journeys start their browser."""

from __future__ import annotations

import os
from typing import Any

from scripts import chromium

QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def launch_arguments() -> dict[str, Any]:
    """What Playwright needs to start it; as root it runs without its own sandbox, which needs another user."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments: dict[str, Any] = {"args": QUIET + (["--no-sandbox"] if as_root else [])}
    if path := chromium.found():
        arguments["executable_path"] = path
    return arguments
