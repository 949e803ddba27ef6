"""Conversations with a marker in every field that can hold one, and where the marker is looked for afterwards."""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from peewee import CharField, TextField

from privacy_center.core.db import JSONText, fetch
from privacy_center.history.models import Conversation, File, Message
from tests import makers

MARKER = "Zmarkerq"
WORKSPACE = f"/home/mei/{MARKER}"
MODELS: tuple[Any, ...] = (Conversation, Message, File)
ENUMERATED = {"source", "role"}
# Made of the contents: what tells whether the feed brought a change, and where a file lies.
DERIVED = {"digest", "sha256", "storage_key"}
ANYTHING_ELSE = ["stays", "with", "its", "own", "words", "and", "别的话", "for", "a", "while"]


def marked(number: int, name: str = "") -> str:
    """A word that occurs nowhere else."""
    return f"{MARKER}{number:04d}{name}"


def anywhere(name: str) -> str:
    """The name with something before it that puts it among the others at random, so that pages of indexes are split."""
    return hashlib.sha256(name.encode()).hexdigest()[:12] + name


def conversation(number: int) -> list[dict[str, Any]]:
    """A conversation, its messages and its file, marked in every field; some so long that their rows fill pages of their own."""
    talk, length = anywhere(marked(number, "talk")), 1 + number % 4 * 40
    parts = [
        {"type": "text", "text": f"{MARKER} " + f"{marked(number, 'text')} 退款{marked(number)} " * length},
        {"type": "reasoning", "text": marked(number, "thought")},
        {"type": "tool", "name": marked(number, "tool"), "call": marked(number, "call"), "input": {marked(number, "key"): marked(number)}, "output": MARKER},
        {"type": "file", "file": anywhere(marked(number, "file"))},
    ]
    told = {"workspace": WORKSPACE, **{name: marked(number, name) for name in ("title", "model", "talk_id", "parent")}}
    said = [
        makers.line("message", id=anywhere(marked(number, f"said{each}")), conversation=talk, parent=marked(number), model=marked(number), parts=parts)
        for each in range(3)
    ]
    return [makers.line("conversation", id=talk, **told), *said, file(number, talk)]


def file(number: int, talk: str) -> dict[str, Any]:
    """A file with contents, marked as well."""
    content = f"{marked(number)} in a file".encode()
    told = {name: marked(number, name) for name in ("message", "name", "media_type")}
    sums = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "content_base64": base64.b64encode(content).decode()}
    return makers.line("file", id=anywhere(marked(number, "file")), conversation=talk, **told, **sums)


def others(number: int, length: int = 0) -> list[dict[str, Any]]:
    """A conversation that stays, of another length than its neighbours, and by so much longer."""
    chance = random.Random(number)
    texts = [" ".join(chance.choices(ANYTHING_ELSE, k=chance.randint(1, 100) + length)) for _ in range(8)]
    return [makers.message(anywhere(f"other{number}"), text, minutes=number, id=anywhere(f"other{number}-{at}")) for at, text in enumerate(texts)]


def unmarked_fields() -> set[str]:
    """The fields for text, of what a deletion of conversations removes, in which no marker stands."""
    fields = [(model, field) for model in MODELS for field in model._meta.sorted_fields if isinstance(field, CharField | TextField | JSONText)]
    telling = [(model, field) for model, field in fields if field.name not in ENUMERATED | DERIVED]
    return {f"{model.__name__}.{field.name}" for model, field in telling if not model.select().where(field.contains(MARKER)).exists()}


def fingerprints() -> list[bytes]:
    """What the rows that carry the marker hold besides: made of their contents, and as telling."""
    found: list[bytes] = []
    for model in MODELS:
        for name in DERIVED & model._meta.fields.keys():
            rows = model.select(model._meta.fields[name]).where(model.external_id.contains(MARKER)).tuples()
            found += [value.encode() for (value,) in rows if value]
    return found


def files_with(folders: Iterable[Path], traces: list[bytes]) -> list[str]:
    """The files below these folders that hold a marker, in any case (the index folds it), or any of *traces*."""
    needle, found = MARKER.lower().encode(), []
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".template"):
        content = path.read_bytes()
        if needle in content.lower() or any(each in content for each in traces):
            found.append(str(path))
    return found


def rows_with(tables: Iterable[str]) -> list[str]:
    """The tables with a row in which the marker stands."""
    return [table for table in tables if any(MARKER.lower() in str(row).lower() for row in fetch(f'SELECT * FROM "{table}"'))]
