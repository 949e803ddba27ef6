"""Goal 2: the newest hits of a search, against the history page; growth, Chinese, and how large the index is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from html import unescape
from urllib.parse import urlencode

from benchmarks.client import Client
from benchmarks.data import Data, connect_anew
from benchmarks.effort import Effort
from benchmarks.figures import Figure, Spread, at_least, at_most, short, told
from benchmarks.people import CHINESE, Writer
from benchmarks.server import serving
from benchmarks.site import SITE, Visit, browser
from benchmarks.timing import Timing, interleave, ratio
from benchmarks.words import PROBES
from privacy_center.core import db

GOAL = 2
HISTORY, COMMON = "the history page", "a word in 44 % of messages"
PAGE = 25
HIT = re.compile(r'href="/history/(\d+)')
OLDER = re.compile(r'rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"')
HAN = re.compile(r"[\u4e00-\u9fff]+")


def measure(datasets: Sequence[Data], effort: Effort) -> list[Figure]:
    """Searches of every kind beside the history page, for each size."""
    kinds = queries()
    pages: dict[tuple[str, int], Callable[[], float]] = {}
    full: dict[str, int] = {}  # the fewest conversations among which a page of hits is full
    with ExitStack() as stack:
        for data in datasets:
            client = _signed_in(stack, Visit(data))
            paths = {HISTORY: "/history", **{kind: _path(query) for kind, query in kinds.items()}}
            assert HIT.search(client.page(_path(kinds[COMMON])).decode()), "A word that stands everywhere was not found."
            for kind, path in paths.items():
                pages[kind, data.conversations] = partial(client.seconds_for, path)
                if len(set(HIT.findall(client.page(path).decode()))) == PAGE:
                    full.setdefault(kind, data.conversations)
        timings = interleave(pages, rounds=effort.rounds, each=max(3, effort.each // 4), warm_up=effort.warm_up // 10 + 1)
    return [*_figures(timings, kinds, full, datasets[-1].conversations), *_chinese(datasets[0], effort), _index_size(datasets[-1])]


def queries() -> dict[str, str]:
    """What is searched for, by kind."""
    chinese = Writer().language.chinese[0]
    words = list(PROBES)
    return {
        COMMON: words[0],
        "a word in 10 %": words[1],
        "a word in 1 %": words[2],
        "a rare word": words[3],
        "a very rare word": words[4],
        "two words, both common": f"{words[0]} {words[1]}",
        **{f"Chinese, {length} characters": chinese[:length] for length in (1, 2, 3, 4)},
    }


def _figures(timings: dict[tuple[str, int], Timing], kinds: dict[str, str], full: dict[str, int], largest: int) -> list[Figure]:
    """Each kind against the history page; and its growth, from where its page is full, as a fuller page takes longer for itself."""
    page = timings[HISTORY, largest]
    found = [at_most(GOAL, f"{kind}, against {HISTORY}", ratio(timings[kind, largest], page), "×", 2.0) for kind in kinds]
    for kind in kinds:
        smallest = full.get(kind, largest)
        if smallest < largest:
            growth = ratio(timings[kind, largest], timings[kind, smallest])
            found.append(at_most(GOAL, f"{kind}, {short(largest)} against {short(smallest)}", growth, "×", 4.0 if kind == COMMON else 1.5))
    found += [told(GOAL, f"{kind}, {short(largest)}, p50", timings[kind, largest].p50.times(1000), "ms") for kind in (HISTORY, *kinds)]
    return found


def _chinese(data: Data, effort: Effort) -> list[Figure]:
    """How many of the conversations that hold a piece of Chinese the search finds, and how many that don't."""
    texts = _texts(data)
    with ExitStack() as stack:
        client = _signed_in(stack, Visit(data, person=CHINESE))
        return [_recall(client, texts, length, effort.searched) for length in (1, 2, 3, 4)]


def _recall(client: Client, texts: dict[int, str], length: int, times: int) -> Figure:
    """The recall of pieces of that length, cut out of the texts at random."""
    held = hit = beyond = 0
    for piece in _pieces(texts, length, times):
        truth = {number for number, text in texts.items() if piece in text}
        found = _all_hits(client, piece)
        held, hit, beyond = held + len(truth), hit + len(truth & found), beyond + len(found - truth)
    note = f"{held:,} conversations held them; {beyond} others were found, across a comma or a full stop"
    return at_least(GOAL, f"Chinese recall, {length} characters", Spread.exact(100 * hit / held), "%", 100.0, note)


def _texts(data: Data) -> dict[int, str]:
    """All that the Chinese reader's conversations say, straight from the database."""
    connect_anew(data.path)
    user = data.users[CHINESE]
    texts = dict(db.fetch("SELECT id, title FROM conversation WHERE user_id = ?", user))
    for number, said in db.fetch("SELECT conversation_id, json_extract(parts, '$[0].text') FROM message WHERE user_id = ?", user):
        texts[number] += "\n" + said
    db.database.close()
    return texts


def _pieces(texts: dict[int, str], length: int, times: int) -> list[str]:
    """So many pieces of that length, each a run of Chinese that stands somewhere."""
    rng = random.Random(length)
    runs = [run for text in texts.values() for run in HAN.findall(text) if len(run) >= length]
    chosen = rng.choices(runs, k=times)
    starts = [rng.randrange(len(run) - length + 1) for run in chosen]
    return [run[start : start + length] for run, start in zip(chosen, starts, strict=True)]


def _all_hits(client: Client, query: str) -> set[int]:
    """The numbers of all conversations that a search finds, page after page."""
    found: set[int] = set()
    path: str | None = _path(query)
    while path:
        page = client.page(path).decode()
        found |= {int(number) for number in HIT.findall(page)}
        older = OLDER.search(page)
        path = unescape(older[1] or older[2]) if older else None
    return found


def _index_size(data: Data) -> Figure:
    """The index's bytes for each byte of text."""
    return at_most(GOAL, "the index's size against the text's", Spread.exact(data.index_bytes / data.text_bytes), "×", 0.5)


def _signed_in(stack: ExitStack, visit: Visit) -> Client:
    """A browser of the visit, on a site of its own."""
    client = browser(stack.enter_context(serving(SITE, visit.environment())).port, visit.token())
    client.visit("/history")
    return client


def _path(query: str) -> str:
    """The address of a search."""
    return "/history?" + urlencode({"q": query})
