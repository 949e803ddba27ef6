"""Shapes of objects: which fields they have, which of those they must have; whatever else they carry is refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from privacy_center.feed.kinds import Kind, Wrong

LONGEST_NAME = 60  # of a field that the feed does not know, as the reason shows it
MOST_NAMES = 10


@dataclass(frozen=True)
class Field:
    """One field: what it takes, and whether a record can do without it."""

    kind: Kind
    required: bool


def must(kind: Kind) -> Field:
    """A field that has to be there."""
    return Field(kind, required=True)


def may(kind: Kind) -> Field:
    """A field that may be left out, or null, which is the same."""
    return Field(kind, required=False)


class Shape:
    """The fields of one type of object; those in *besides* are allowed, and read by somebody else."""

    def __init__(self, *besides: str, **fields: Field) -> None:
        self.fields = fields
        self.allowed = frozenset((*besides, *fields))
        self._plan = [(name, field.kind.read, field.required) for name, field in fields.items()]

    def read(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that are there, read, in the order of the shape; raises Wrong with all that is wrong."""
        values: dict[str, Any] = {}
        missing: list[str] = []
        wrong: list[tuple[str, Wrong]] = []
        for name, read, required in self._plan:
            value = said.get(name)
            if value is None:
                if required:
                    missing.append(name)
                continue
            try:
                values[name] = read(value)
            except Wrong as inside:
                wrong.append((name, inside))
        if missing or wrong or not said.keys() <= self.allowed:
            raise self._all_wrong(said, missing, wrong)
        return values

    def _all_wrong(self, said: Mapping[str, Any], missing: list[str], wrong: list[tuple[str, Wrong]]) -> Wrong:
        """What is missing, what is too much, and what is of the wrong kind."""
        found = Wrong(f"lacks {', '.join(missing)}") if missing else Wrong()
        if unknown := [name for name in said if name not in self.allowed]:
            found.add(Wrong(f"carries {_names(unknown)}, which the feed does not name"))
        for name, inside in wrong:
            found.add(inside, name)
        return found


def _names(unknown: Iterable[str]) -> str:
    """Names of fields that nobody knows, made safe to print."""
    names = [ascii(name[:LONGEST_NAME])[1:-1] or "an empty name" for name in unknown]
    return ", ".join(names[:MOST_NAMES]) + (f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")


def objects(shape: Shape) -> Kind:
    """An object of that shape."""

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise Wrong("must be an object")
        return shape.read(value)

    return Kind(f"an object of {', '.join(shape.fields)}", read)


def choice(by: str, shapes: Mapping[str, Shape]) -> Kind:
    """An object whose field *by* says which of the shapes it has."""
    named = f"must be one of {', '.join(shapes)}"

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise Wrong("must be an object")
        which = value.get(by)
        if type(which) is not str or which not in shapes:
            raise Wrong(named, by)
        return {by: which, **shapes[which].read(value)}

    return Kind(f"an object whose {by} is one of {', '.join(shapes)}", read)


def list_of(kind: Kind) -> Kind:
    """A list of such values; of those that are wrong the first is named."""

    def read(value: Any) -> list[Any]:
        if type(value) is not list:
            raise Wrong("must be a list")
        try:
            found: list[Any] = []
            for each in value:
                found.append(kind.read(each))  # no comprehension: the length says which one is wrong
        except Wrong as inside:
            wrong = Wrong()
            wrong.add(inside, f"[{len(found)}]")
            raise wrong from None
        return found

    return Kind(f"a list, each {kind.words}", read)
