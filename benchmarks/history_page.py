"""Goal 1: the history page over HTTP, against raw SQL and the same template on the same server."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from benchmarks.client import Client
from benchmarks.data import Data
from benchmarks.effort import Effort
from benchmarks.figures import Figure, Spread, at_most, short, told
from benchmarks.people import HEAVY
from benchmarks.server import serving
from benchmarks.site import FLOOR, SITE, Visit, browser, cursor
from benchmarks.timing import Timing, interleave, ratio

GOAL = 1
DEPTH = 0.9
ROW = re.compile(rb'<a id="c(\d+)"')
TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')


class Page(NamedTuple):
    """One page that is timed: whose, of how many conversations, and where in the list."""

    server: str
    conversations: int
    where: str


def measure(datasets: Sequence[Data], effort: Effort) -> list[Figure]:
    """The site's history page, first and deep, for each size, beside its floor."""
    pages: dict[Page, Callable[[], float]] = {}
    bytes_of: dict[Page, int] = {}
    with ExitStack() as stack:
        for data in datasets:
            for page, client, path in _open(stack, data):
                pages[page] = partial(client.seconds_for, path)
                bytes_of[page] = len(client.page(path))
        timings = interleave(pages, rounds=effort.rounds, each=effort.each, warm_up=effort.warm_up)
    return _figures(timings, [data.conversations for data in datasets], bytes_of)


def _open(stack: ExitStack, data: Data) -> list[tuple[Page, Client, str]]:
    """Start the site and its floor on the data; returns the pages to time, once both are seen to show the same."""
    visit = Visit(data)
    token, place = visit.token(), visit.place_at(DEPTH)
    after, (at, number) = cursor(place), place
    settings = visit.environment()
    floors = {"FLOOR_USER": data.users[HEAVY], "FLOOR_TOKEN": token, "FLOOR_AFTER": after, "FLOOR_AT": at, "FLOOR_NUMBER": number}
    site = browser(stack.enter_context(serving(SITE, settings)).port, token)
    floor = browser(stack.enter_context(serving(FLOOR, settings | {name: str(value) for name, value in floors.items()})).port, token)
    paths = {"first": "/history", "deep": f"/history?after={after}"}
    for path in paths.values():
        _insist_on_the_same(site.visit(path), floor.visit(path))
    return [(Page(name, data.conversations, where), client, path) for name, client in (("site", site), ("floor", floor)) for where, path in paths.items()]


def _insist_on_the_same(site: bytes, floor: bytes) -> None:
    """Both pages list the same conversations, in the same words."""
    mine, theirs = (TOKEN.sub(b"", page).splitlines() for page in (site, floor))
    for number, (one, other) in enumerate(zip(mine, theirs, strict=False), start=1):
        if one != other:
            raise AssertionError(f"The floor's page differs from the site's in line {number}:\n  site  {one.decode()}\n  floor {other.decode()}")
    assert len(mine) == len(theirs), f"The floor's page has {len(theirs)} lines, the site's {len(mine)}."
    assert ROW.search(site), "The history page lists no conversation."


def _figures(timings: dict[Page, Timing], sizes: Sequence[int], bytes_of: dict[Page, int]) -> list[Figure]:
    """What is wanted of the page, then what explains it."""
    smallest, largest = sizes[0], sizes[-1]

    def of(server: str, size: int, where: str) -> Timing:
        return timings[Page(server, size, where)]

    first, deep = of("site", largest, "first"), of("site", largest, "deep")
    found = [
        at_most(GOAL, f"first page against its floor, {short(largest)}", ratio(first, of("floor", largest, "first")), "×", 1.5),
        at_most(GOAL, f"deep page against its floor, {short(largest)}", ratio(deep, of("floor", largest, "deep")), "×", 1.5),
        at_most(GOAL, f"deep page against the first, {short(largest)}", ratio(deep, first), "×", 1.2),
        at_most(GOAL, f"{short(largest)} against {short(smallest)}, first page", ratio(first, of("site", smallest, "first")), "×", 1.2),
        at_most(GOAL, f"{short(largest)} against {short(smallest)}, deep page", ratio(deep, of("site", smallest, "deep")), "×", 1.2),
    ]
    for page, timing in timings.items():
        words = f"{page.server}, {page.where} page, {short(page.conversations)}"
        found.append(told(GOAL, f"{words}, p50", timing.p50.times(1000), "ms"))
        found.append(told(GOAL, f"{words}, p99", timing.p99.times(1000), "ms"))
    return [*found, told(GOAL, "the page", Spread.exact(bytes_of[Page("site", largest, "first")]), "bytes")]
