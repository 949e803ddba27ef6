"""Reads the scenarios: conversations written by hand, with places left open so that one can be told many times.

A scenario is a text file. Its head gives titles and values to choose from (`title:`, `workspace:`, `let name = a | b`), a line
that begins with `%%` opens a turn (`user`, `assistant`, `system`; `edited` and `again`
are branches of the first two, a question mark makes a turn optional) or a part of it (`thinking`, `say`, `file`, a tool's name), and
`«name»` stands for the value chosen.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent / "scenarios"
OPENING = re.compile(r"^%% ", re.MULTILINE)
PLACE = re.compile(r"«(\w+)»")
SPEAKERS = {"user": "user", "edited": "user", "assistant": "assistant", "again": "assistant", "system": "system"}


@dataclass(frozen=True)
class Part:
    """A piece of a turn: what it is (`say`, `thinking`, `file`, `picture` or a tool), what it is about, its text."""

    kind: str
    argument: str
    body: str


@dataclass
class Turn:
    """What somebody says in one go; `instead` makes it a branch beside that speaker's turn before."""

    role: str
    parts: list[Part] = field(default_factory=list)
    instead: bool = False
    optional: bool = False
    opens: str = ""  # the title of a sub-agent's conversation that begins here


@dataclass(frozen=True)
class Scenario:
    """One conversation that can be told in variations."""

    name: str
    titles: list[str]
    workspaces: list[str]
    source: str
    choices: dict[str, list[str]]
    turns: list[Turn]


@functools.cache
def all_of(shelf: str) -> tuple[Scenario, ...]:
    """Every scenario of a shelf (`en`, `zh`, `odd`), in the order of their names."""
    return tuple(read(path.stem, path.read_text("utf-8")) for path in sorted((HERE / shelf).glob("*.txt")))


def read(name: str, text: str) -> Scenario:
    """The scenario that *text* writes down."""
    head, *pieces = OPENING.split(text)
    given: dict[str, list[str]] = {"title": [], "workspace": [], "source": []}
    choices: dict[str, list[str]] = {}
    for line in head.strip().splitlines():
        if line.startswith("let "):
            key, _, values = line.removeprefix("let ").partition(" = ")
            choices[key] = values.split(" | ")
        else:
            key, _, value = line.partition(":")
            given[key] += [value.strip()] if key == "title" else value.strip().split(" | ")
    source = given["source"][0] if given["source"] else ""
    return Scenario(name, given["title"], given["workspace"], source, choices, turns_of(pieces))


def turns_of(pieces: list[str]) -> list[Turn]:
    """The turns that the pieces between `%%` lines make up."""
    turns: list[Turn] = []
    opens = ""
    for piece in pieces:
        first, _, body = piece.partition("\n")
        kind, _, argument = first.strip().partition(" ")
        speaker = SPEAKERS.get(kind.removesuffix("?"))
        if kind == "sub":
            opens = argument
        elif speaker:
            turns.append(Turn(speaker, instead=kind.startswith(("edited", "again")), optional=kind.endswith("?"), opens=opens))
            opens = ""
            if body.strip():
                turns[-1].parts.append(Part("say", "", body.strip("\n")))
        else:
            turns[-1].parts.append(Part(kind, argument, body.strip("\n")))
    return turns


def fill(text: str, chosen: dict[str, str]) -> str:
    """*text* with the chosen values in their places; a place without a value is a mistake in the scenario."""
    return PLACE.sub(lambda place: chosen[place.group(1)], text)
