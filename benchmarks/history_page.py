"""Goal 1: the history page over HTTP, against raw SQL and the same template on the same server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from typing import NamedTuple

from benchmarks.client import Client
from benchmarks.data import Data
from benchmarks.effort import Effort
from benchmarks.figures import Figure, Spread, at_most, short, told
from benchmarks.people import HEAVY
from benchmarks.server import Server, serving
from benchmarks.site import SITE as THE_SITE
from benchmarks.site import Visit, browser, cursor
from benchmarks.timing import Timing, interleave, ratio

GOAL = 1
DEPTH = 0.9
AT_ONCE = 20
SITE, FLOOR, BARE = "site", "floor", "floor without Flask"
SERVERS = {SITE: THE_SITE, FLOOR: "benchmarks.floor:in_flask()", BARE: "benchmarks.floor:bare()"}
ROW = re.compile(rb'<a id="c(\d+)"')
TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')


class Page(NamedTuple):
    """One page that is timed: whose, of how many conversations, and where in the list."""

    server: str
    conversations: int
    where: str


class Door(NamedTuple):
    """Where a page is asked for."""

    server: Server
    client: Client
    path: str

    def seconds(self) -> float:
        """How long the page takes, to its last byte."""
        return self.client.seconds_for(self.path)

    def processor_seconds(self) -> float:
        """How much of the processor the page takes; not disturbed by whoever else is at work on the machine."""
        before = self.server.processor_seconds()
        for _ in range(AT_ONCE):
            self.client.page(self.path)
        after = self.server.processor_seconds()
        return (after - before) / AT_ONCE if before is not None and after is not None else 1.0


def measure(datasets: Sequence[Data], effort: Effort) -> list[Figure]:
    """The site's history page, first and deep, for each size, beside its floors."""
    doors: dict[Page, Door] = {}
    with ExitStack() as stack:
        for data in datasets:
            doors |= _open(stack, data)
        largest = datasets[-1].conversations
        size = len(doors[Page(SITE, largest, "first")].client.page("/history"))
        timings = interleave({page: door.seconds for page, door in doors.items()}, rounds=effort.rounds, each=effort.each, warm_up=effort.warm_up)
        first_pages = {page: door.processor_seconds for page, door in doors.items() if page.where == "first" and page.conversations == largest}
        processor = interleave(first_pages, rounds=effort.rounds, each=2, warm_up=1)
    return [
        *_wanted(timings, datasets[0].conversations, largest),
        *_processor(processor, largest),
        *_explained(timings),
        told(GOAL, "the page", Spread.exact(size), "bytes"),
    ]


def _open(stack: ExitStack, data: Data) -> dict[Page, Door]:
    """Start the site and its floors on the data; returns the pages to time, once all are seen to show the same."""
    visit = Visit(data)
    token, place = visit.token(), visit.place_at(DEPTH)
    (at, number), after = place, cursor(place)
    floor = {"FLOOR_USER": data.users[HEAVY], "FLOOR_TOKEN": token, "FLOOR_AFTER": after, "FLOOR_AT": at, "FLOOR_NUMBER": number}
    settings = visit.environment() | {name: str(value) for name, value in floor.items()}
    paths = {"first": "/history", "deep": f"/history?after={after}"}
    doors: dict[Page, Door] = {}
    seen: dict[str, bytes] = {}
    for name, application in SERVERS.items():
        server = stack.enter_context(serving(application, settings))
        client = browser(server.port, token)
        for where, path in paths.items():
            page = client.visit(path)
            _insist_on_the_same(seen.setdefault(where, page), page)
            doors[Page(name, data.conversations, where)] = Door(server, client, path)
    return doors


def _insist_on_the_same(site: bytes, floor: bytes) -> None:
    """Both pages list the same conversations, in the same words."""
    mine, theirs = (TOKEN.sub(b"", page).splitlines() for page in (site, floor))
    for number, (one, other) in enumerate(zip(mine, theirs, strict=False), start=1):
        if one != other:
            raise AssertionError(f"The floor's page differs from the site's in line {number}:\n  site  {one.decode()}\n  floor {other.decode()}")
    assert len(mine) == len(theirs), f"The floor's page has {len(theirs)} lines, the site's {len(mine)}."
    assert ROW.search(site), "The history page lists no conversation."


def _wanted(timings: dict[Page, Timing], smallest: int, largest: int) -> list[Figure]:
    """What is wanted of the page."""
    first, deep = (timings[Page(SITE, largest, where)] for where in ("first", "deep"))
    found = []
    for where, timing in (("first", first), ("deep", deep)):
        found.append(at_most(GOAL, f"{where} page against its floor, {short(largest)}", ratio(timing, timings[Page(FLOOR, largest, where)]), "×", 1.5))
        found.append(told(GOAL, f"{where} page against a floor without Flask, {short(largest)}", ratio(timing, timings[Page(BARE, largest, where)]), "×"))
    found.append(at_most(GOAL, f"deep page against the first, {short(largest)}", ratio(deep, first), "×", 1.2))
    for where, timing in (("first", first), ("deep", deep)):
        growth = ratio(timing, timings[Page(SITE, smallest, where)])
        found.append(at_most(GOAL, f"{short(largest)} against {short(smallest)}, {where} page", growth, "×", 1.2))
    return found


def _processor(processor: dict[Page, Timing], largest: int) -> list[Figure]:
    """How much of the processor the first page takes, and its floors."""
    site = processor[Page(SITE, largest, "first")]
    return [
        told(GOAL, "first page against its floor, processor time alone", ratio(site, processor[Page(FLOOR, largest, "first")]), "×"),
        told(GOAL, "first page against a floor without Flask, processor time alone", ratio(site, processor[Page(BARE, largest, "first")]), "×"),
    ]


def _explained(timings: dict[Page, Timing]) -> list[Figure]:
    """What each page takes."""
    found = []
    for page, timing in timings.items():
        words = f"{page.server}, {page.where} page, {short(page.conversations)}"
        found.append(told(GOAL, f"{words}, p50", timing.p50.times(1000), "ms"))
        found.append(told(GOAL, f"{words}, p99", timing.p99.times(1000), "ms"))
    return found
