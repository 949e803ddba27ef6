"""What a page must bear as well: conversations with nothing in them, and one tool that returned far too much."""

from __future__ import annotations

import random

from privacy_center.sandbox.demo import scenario
from privacy_center.sandbox.demo.marathon import marathon
from privacy_center.sandbox.demo.scenario import Part, Scenario, Turn
from privacy_center.sandbox.demo.sessions import sessions

LINES_OF_LOG = 4000
TARGETS = ("core", "codec", "render", "net", "store", "query", "index", "audio", "shell", "proto")


def oddities() -> list[Scenario]:
    """All of them, the long ones and those written by hand among them."""
    return [marathon(), *sessions(), noisy_build(), empty("New conversation"), empty(""), *scenario.all_of("odd")]


def empty(title: str) -> Scenario:
    """A conversation that was opened and never begun."""
    return Scenario(f"empty {title}".strip(), [title], ["scratch"], "desktop", {}, [])


def noisy_build() -> Scenario:
    """A build log of some hundred thousand characters in one tool call."""
    chance = random.Random("noisy build")  # noqa: S311  (variety, not secrecy)
    lines = [
        f"[{number:4}/{LINES_OF_LOG}] CXX obj/{(target := chance.choice(TARGETS))}/{target}_{chance.randrange(400):03}.o -O2 -Wall -Iinclude/{target}"
        for number in range(1, LINES_OF_LOG + 1)
    ]
    lines[3127] = "src/render/glyph.cc:418:22: warning: comparison of integer expressions of different signedness: ‘int’ and ‘size_t’ [-Wsign-compare]"
    turns = [
        Turn("user", [Part("say", "", "Build everything from scratch and tell me if there is any warning.")]),
        Turn(
            "assistant",
            [
                Part("Bash", "make clean all VERBOSE=1 2>&1", "\n".join(lines)),
                Part(
                    "say",
                    "",
                    "4,000 files, one warning: `src/render/glyph.cc` line 418 compares `int` with `size_t`. Harmless, up to 2 GiB.",
                ),
            ],
        ),
    ]
    return Scenario("noisy-build", ["Full build with one warning in 4,000 lines"], ["pdf-preview"], "desktop", {}, turns)
