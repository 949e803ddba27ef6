"""The tables of docs/feed.md, out of the schema: `python -m privacy_center.feed.document` prints them anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from privacy_center.feed.schema import APPLICATION, ATTACHMENT, CPU, PART, TYPES
from privacy_center.feed.shapes import Shape

INSIDE = {
    **{f"A part of a message: {name}": shape for name, shape in PART.items()},
    "cpu of a device": CPU,
    "application of a device": APPLICATION,
    "An attachment of feedback": ATTACHMENT,
}


def tables() -> str:
    """A table for each type of record, and for each object inside one."""
    return "\n\n".join(_table(name, shape) for name, shape in {**TYPES, **INSIDE}.items()) + "\n"


def _table(name: str, shape: Shape) -> str:
    """One type's fields, in their order."""
    return "\n".join([f"### {name}", "", "| Field | Takes | Must be there |", "|---|---|---|", *_rows(shape)])


def _rows(shape: Shape) -> Iterator[str]:
    """A row for each field."""
    if "type" in shape.allowed:
        yield "| `type` | the word above | yes |"
    for name, field in shape.fields.items():
        yield f"| `{name}` | {field.kind.words} | {'yes' if field.required else 'no'} |"


if __name__ == "__main__":
    sys.stdout.write(tables())
