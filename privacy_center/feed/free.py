"""JSON of any shape, as the feed has it where only the product knows what is inside: bounded in depth, never in meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from privacy_center.feed.kinds import Kind, Wrong

DEEPEST = 64  # levels of lists and objects; enough for any tool, and safe for whoever reads it later


def _value(value: Any) -> Any:
    if isinstance(value, dict | list) and not _is_shallow(value):
        raise Wrong(f"must not nest deeper than {DEEPEST} levels")
    return value


def _object(value: Any) -> Any:
    if type(value) is not dict:
        raise Wrong("must be an object")
    return _value(value)


def _is_shallow(value: Any) -> bool:
    """Whether nothing inside lies deeper than allowed; goes down level by level, so that no depth can exhaust the stack."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inside for each in level for inside in _inside(each) if type(inside) is dict or type(inside) is list]
        if not level:
            return True
    return False


def _inside(value: Any) -> Any:
    return value.values() if type(value) is dict else value


def path_to_nul(value: Any) -> str | None:
    """Where in a JSON value the first text stands that has a NUL character, which no database of ours keeps."""
    return next(_paths_to_nul(value, ""), None)


def _paths_to_nul(value: Any, path: str) -> Iterator[str]:
    waiting = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        if type(value) is str and "\0" in value:
            yield path
        elif type(value) is dict:
            if any("\0" in name for name in value):
                yield f"a name in {path or 'the object'}"
            waiting += [(f"{path}.{name}" if path else name, inside) for name, inside in value.items()]
        elif type(value) is list:
            waiting += [(f"{path}[{number}]", inside) for number, inside in enumerate(value)]


JSON_VALUE = Kind("any JSON", _value)
JSON_OBJECT = Kind("any object", _object)
