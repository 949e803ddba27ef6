"""Goal 7: the first visit of somebody who isn't signed in, in a real browser with an empty cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.data import Data
from benchmarks.effort import Effort
from benchmarks.figures import Figure, Spread, at_most, told
from benchmarks.server import serving
from benchmarks.site import HOST, SITE, Visit, browser
from scripts.chromium import found as chromium

GOAL = 7
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
# Shifts that no input explains, added up; a first visit is short enough to be one window of Core Web Vitals.
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value; })
  .observe({type: "layout-shift", buffered: true});
"""
ICON = "document.querySelector('link[rel=icon]')?.href"
SETTLED = 800  # milliseconds after the last request in which late shifts would come


@dataclass
class Visited:
    """What a browser asked for and got."""

    bytes_of: dict[str, int] = field(default_factory=dict)
    shift: float = 0.0

    @property
    def total(self) -> int:
        """All bytes that came over the wire, with their headers."""
        return sum(self.bytes_of.values())


def measure(datasets: Sequence[Data], _effort: Effort) -> list[Figure]:
    """The landing page in a wide window and on a phone, each with an empty cache."""
    with serving(SITE, Visit(datasets[0]).environment()) as server, sync_playwright() as playwright:
        arguments = ["--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
        window = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        visits = {name: _visit(window, server.port, *size) for name, size in SIZES.items()}
        window.close()
    largest = max(visits.values(), key=lambda visited: visited.total)
    shift = max(visited.shift for visited in visits.values())
    return [
        at_most(GOAL, "over the wire, with everything", Spread.exact(largest.total / 1000), "kB", 40.0),
        at_most(GOAL, "requests", Spread.exact(len(largest.bytes_of)), "requests", 8),
        at_most(GOAL, "layout shift", Spread.exact(shift), "CLS", 0.0),
        *(told(GOAL, path, Spread.exact(size), "bytes") for path, size in sorted(largest.bytes_of.items(), key=lambda item: -item[1])),
    ]


def _visit(window: Browser, port: int, width: int, height: int) -> Visited:
    """Open the landing page once, and look until nothing moves any more."""
    context = window.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    page = context.new_page()
    visited = Visited()
    _count_bytes(page, visited)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(f"http://{HOST}:{port}/", wait_until="networkidle")
    page.wait_for_timeout(SETTLED)
    visited.shift = page.evaluate("window.shifted")
    icon = str(page.evaluate(ICON) or "").partition(f":{port}")[2]
    if icon and icon not in visited.bytes_of:  # a browser without a window leaves out what would stand in its tab
        visited.bytes_of[icon] = browser(port).weight(icon)
    context.close()
    return visited


def _count_bytes(page: Page, visited: Visited) -> None:
    """Note each answer's bytes as they came over the wire: compressed, headers included."""
    path_of: dict[str, str] = {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.requestWillBeSent", lambda event: path_of.update({event["requestId"]: "/" + event["request"]["url"].split("/", 3)[3]}))
    wire.on("Network.loadingFinished", lambda event: visited.bytes_of.update({path_of[event["requestId"]]: int(event["encodedDataLength"])}))
