"""Watches over a browser's shoulder: nothing may be wrong on the console, and nothing may be asked of anybody else."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# A page that answers 404 or 422 is meant to; what it loads isn't, and the answers to htmx and to an upload are told by the page itself.
MEANT_TO_FAIL = {"document", "fetch", "xhr"}


class Watch:
    """Notes, for one browser context, whatever a person's browser would complain about."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self.asked: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script failed: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        refused = message.text.startswith("Failed to load resource")  # the answer itself says which, and is looked at below
        if message.type in ("error", "warning") and not refused:
            self.complaints.append(f"{message.type} on the console of {message.location.get('url')}: {message.text}")

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        if urlsplit(request.url).scheme in ("http", "https") and urlsplit(request.url).hostname != "127.0.0.1":
            self.complaints.append(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in MEANT_TO_FAIL:
            self.complaints.append(f"{response.status} for {response.url}")


def width_beyond_the_window(tab: Page) -> int:
    """How many pixels of the page lie to the right of the window."""
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def squeezed(tab: Page) -> list[str]:
    """Words of the page that stand in a column too narrow to be read: less than three rems for more than a word or two."""
    return list(
        tab.evaluate(
            """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, dd)")]
                .filter(each => each.clientWidth > 1 && each.clientWidth < 48 && each.innerText.trim().length > 12)
                .map(each => each.innerText.trim().slice(0, 80))"""
        )
    )


def layout_shift(tab: Page) -> float:
    """How much has moved on the page since it was opened, by the browser's own count."""
    return float(
        tab.evaluate(
            """() => new Promise(done => {
                let moved = 0;
                new PerformanceObserver(list => list.getEntries().forEach(entry => moved += entry.value))
                    .observe({type: "layout-shift", buffered: true});
                setTimeout(() => done(moved), 150);
            })"""
        )
    )
