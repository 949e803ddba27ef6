"""The value of a field in words: by its type, by what the data map says of it, and never longer than a page can bear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from flask_babel import format_decimal, gettext

from privacy_center.core.db import Moment
from privacy_center.datamap.words import Note, Shape

# Control characters would be dropped in silence, or break the page: they are shown by their pictures, as ␛.
VISIBLE = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)} | {0x7F: 0x2421}
DEEPEST = 5
FLAT = 60
LARGE = 20_000


@dataclass(frozen=True)
class Limits:
    """How much of a value is shown: cut after so many characters, the whole in a fold up to so many, so many items of a list."""

    cut: int
    whole: int
    items: int


LISTED = Limits(cut=600, whole=10_000, items=8)
ALONE = Limits(cut=20_000_000, whole=20_000_000, items=100_000)


@dataclass(frozen=True)
class Value:
    """Something to show: nothing, a moment, a number of bytes, text or code (perhaps cut), facts, or several values."""

    kind: str
    text: str = ""
    whole: str = ""
    length: int = 0
    at: datetime | None = None
    size: int = 0
    facts: list[tuple[str, Value]] = field(default_factory=list)
    items: list[Value] = field(default_factory=list)
    left_out: int = 0

    @property
    def line(self) -> str:
        """The first text in it, for one line of a table."""
        return self.text or next((line for each in [*(truth for _term, truth in self.facts), *self.items] if (line := each.line)), "")


NOTHING = Value("nothing")
EMPTY = Value("empty")


def in_words(column: Any, note: Note, value: Any, limits: Limits) -> Value:
    """The value of a field, as its person reads it."""
    if value is None:
        return NOTHING
    if note.values and value in note.values:
        return Value("text", str(note.values[value]))
    if note.shape:
        return SHAPES[note.shape](value, limits)
    return Value("moment", at=value) if isinstance(column, Moment) else plain(value, limits)


def plain(value: Any, limits: Limits, depth: int = 0) -> Value:
    """Any value that JSON knows."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return Value("text", gettext("Yes") if value else gettext("No"))
    if isinstance(value, int):
        return Value("text", str(format_decimal(value)))
    if isinstance(value, dict | list):
        return nested(value, limits, depth)
    return text(str(value), limits)


def text(value: str, limits: Limits, kind: str = "text") -> Value:
    """Text: its beginning, the whole for a fold when it is longer, its length alone when it is longer than a list can bear."""
    if not value:
        return EMPTY
    shown = value[: max(limits.cut, limits.whole)].translate(VISIBLE)
    if len(value) <= limits.cut:
        return Value(kind, shown)
    whole = shown if len(value) <= limits.whole else ""
    return Value(kind, shown[: limits.cut].rstrip() + "…", whole, length=len(value))


def nested(value: dict[str, Any] | list[Any], limits: Limits, depth: int) -> Value:
    """Facts within facts, as long as a person could follow; else the JSON itself."""
    if not value:
        return EMPTY
    if depth >= DEEPEST or len(value) > FLAT or (depth == 0 and len(orjson.dumps(value)) > LARGE):
        return text(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode(), limits, "code")
    if isinstance(value, Mapping):
        return Value("facts", facts=[(named(name), plain(each, limits, depth + 1)) for name, each in value.items()])
    return several([plain(each, limits, depth + 1) for each in value[: limits.items]], len(value))


def several(shown: list[Value], number: int) -> Value:
    """Several values one under the other, and how many more there are."""
    return shown[0] if number == 1 else Value("items", items=shown, left_out=number - len(shown))


def named(name: str) -> str:
    """A name out of JSON, short enough to stand beside its value."""
    return name.translate(VISIBLE)[:200]


def parts(value: Any, limits: Limits) -> Value:
    """The parts of a message: words, reasoning, tools, files."""
    if not isinstance(value, list) or not value:
        return plain(value, limits)
    return Value("facts", facts=[_part(each, limits) for each in value[: limits.items]], left_out=max(len(value) - limits.items, 0))


def _part(part: Any, limits: Limits) -> tuple[str, Value]:
    """One part of a message with the word for what it is."""
    kind = part.get("type") if isinstance(part, dict) else None
    if kind == "text":
        return gettext("Words"), plain(part.get("text"), limits)
    if kind == "reasoning":
        return gettext("Reasoning"), plain(part.get("text"), limits)
    if kind == "file":
        return gettext("File"), plain(part.get("file"), limits)
    if kind == "tool":
        words = {"name": gettext("Name"), "call": gettext("Call"), "input": gettext("Input"), "output": gettext("Output")}
        return gettext("Tool"), Value("facts", facts=[(words[name], plain(part[name], limits)) for name in words if name in part])
    return gettext("Part"), plain(part, limits)


def actor(value: str, _limits: Limits) -> Value:
    """Who acted upon data, as the audit log numbers them."""
    who, _colon, number = value.partition(":")
    words = {
        "user": gettext("You"),
        "staff": gettext("Our staff, number %(number)s", number=number),
        "feed": gettext("ZCode, which sends us records"),
        "system": gettext("This privacy centre, by itself"),
    }
    return Value("text", words.get(who, value))


def seconds(value: int, _limits: Limits) -> Value:
    """A span of seconds in days, hours and minutes."""
    days, rest = divmod(value, 86_400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    return Value("text", gettext("%(days)s d %(hours)s h %(minutes)s min", days=format_decimal(days), hours=hours, minutes=minutes))


SHAPES: dict[Shape, Callable[[Any, Limits], Value]] = {
    Shape.BYTES: lambda value, _limits: Value("bytes", size=value),
    Shape.SECONDS: seconds,
    Shape.PARTS: parts,
    Shape.ACTOR: actor,
}
