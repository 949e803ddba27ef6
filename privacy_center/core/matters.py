"""What needs the person: each room says it, the overview shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Matter:
    """Something that the person should know of: what, since when, and where to go; *pressing* comes above all else."""

    title: str
    href: str
    button: str
    text: str = ""
    at: Any = None
    pressing: bool = False


Source = Callable[[Any], Iterable[Matter]]
_sources: list[Source] = []


def source(tells: Source) -> Source:
    """Let *tells* be asked for what needs a person; each room adds its own when it opens."""
    _sources.append(tells)
    return tells


def matters_of(user: Any) -> list[Matter]:
    """Everything that needs *user*, the pressing first."""
    return sorted((matter for tells in _sources for matter in tells(user)), key=lambda matter: not matter.pressing)
