"""Puts whole objects where only their ids stand, as far as was asked for."""

from __future__ import annotations

import copy
from typing import Any

from privacy_center.sandbox.stripe.memory import Memory


def expand(memory: Memory, answer: dict[str, Any], paths: list[str]) -> dict[str, Any]:
    """A copy of the answer, each of the *paths* expanded."""
    whole = copy.deepcopy(answer)
    for path in paths:
        _follow(memory, whole, path.split("."))
    return whole


def _follow(memory: Memory, inside: Any, path: list[str]) -> None:
    """Expand what the path leads to, and all on the way."""
    if not path or not isinstance(inside, dict):
        return
    value = inside.get(path[0])
    if isinstance(value, list):
        inside[path[0]] = [_object(memory, each) for each in value]
        for each in inside[path[0]]:
            _follow(memory, each, path[1:])
    else:
        inside[path[0]] = _object(memory, value)
        _follow(memory, inside[path[0]], path[1:])


def _object(memory: Memory, value: Any) -> Any:
    """The object of an id; anything else as it is."""
    return copy.deepcopy(memory.objects[value]) if isinstance(value, str) and value in memory.objects else value
