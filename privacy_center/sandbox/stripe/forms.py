"""Reads the forms that Stripe's interface is spoken to in: `items[0][price]=price_1` is a list of one dict."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

PART = re.compile(r"\[([^\]]*)\]")


def read(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The nested value of all fields of a form."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        first, _, rest = name.partition("[")
        _put(found, [first, *PART.findall(f"[{rest}" if rest else "")], value)
    return {name: _lists(value) for name, value in found.items()}


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    """Put a value where its path leads; an empty part is the next free number."""
    key = path[0] or str(len(into))
    if len(path) == 1:
        into[key] = value
    else:
        inner = into.setdefault(key, {})
        _put(inner if isinstance(inner, dict) else into, path[1:], value)


def _lists(value: Any) -> Any:
    """Dicts whose keys are 0, 1, 2 … as the lists that they stand for."""
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(each) for key, each in value.items()}
    return [inner[key] for key in sorted(inner, key=int)] if inner and all(key.isdigit() for key in inner) else inner


def truth(value: Any) -> bool:
    """A yes or no as forms have it."""
    return str(value).lower() == "true"
