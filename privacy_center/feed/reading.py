"""One line of the feed read: into a record that can be stored as it is, or into a refusal with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from privacy_center.feed.free import path_to_nul
from privacy_center.feed.kinds import Wrong
from privacy_center.feed.lines import LONGEST_LINE, MEBIBYTE, NumberedLine, is_too_long
from privacy_center.feed.schema import TYPES
from privacy_center.feed.shapes import Shape
from privacy_center.history import index

LONGEST_SHOWN = 200
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not stored, and why."""

    line: int
    type: str | None
    id: str | None
    reason: str


@dataclass(slots=True)
class Record:
    """A line that is well formed: its values as they are stored, and what is worth preparing before a transaction."""

    line: int
    type: str
    owner: str  # the Z.ai user id; of feedback the account's digest
    id: str
    values: dict[str, Any]
    digest: str
    words: Any = None  # what the search index takes of it
    contents: list[bytes] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # where the contents were put

    @property
    def key(self) -> tuple[str, str]:
        """What names the record among those of its type."""
        return self.owner, self.id


def read(numbered: NumberedLine) -> Record | Refusal:
    """The record on a line, or why there is none. Never raises, whatever the bytes."""
    number, line = numbered
    said: Any = None
    try:
        said = _parsed(number, line)
        type_, shape = _shape_of(said)
        values = shape.read(said)
        if b"\\u0000" in line and (path := path_to_nul(said)):
            raise Wrong(f"has the character NUL in {ascii(path[:100])[1:-1]}, which can't be stored")
        record = Record(number, type_, values.pop("user", None) or values["account_digest"], values.pop("id"), values, "")
        if prepare := PREPARE.get(type_):
            prepare(record)
    except Wrong as wrong:
        return Refusal(number, _shown(said, "type"), _shown(said, "id"), str(wrong))
    record.digest = hashlib.sha256(orjson.dumps(record.values, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return record


def _parsed(number: int, line: bytes) -> dict[str, Any]:
    """The object on a line."""
    if is_too_long(line):
        raise Wrong(f"is longer than {LONGEST_LINE // MEBIBYTE} MiB")
    try:
        said = orjson.loads(line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line)
    except orjson.JSONDecodeError as error:
        raise Wrong(_not_json(line, error)) from None
    if type(said) is not dict:
        raise Wrong("is not an object")
    return said


def _not_json(line: bytes, error: orjson.JSONDecodeError) -> str:
    """Why a line is not JSON, by place, never by content."""
    try:
        line.decode()
    except UnicodeDecodeError as broken:
        return f"is not UTF-8 at byte {broken.start + 1}"
    return f"is not JSON: {error.msg} at character {error.pos + 1}"


def _shape_of(said: dict[str, Any]) -> tuple[str, Shape]:
    """The type of an object, and the shape that it must have."""
    type_ = said.get("type")
    if type_ is None:
        raise Wrong("lacks type")
    if type(type_) is not str or type_ not in TYPES:
        raise Wrong(f"must be one of {', '.join(TYPES)}", "type")
    return type_, TYPES[type_]


def _shown(said: Any, name: str) -> str | None:
    """A name of the line as its refusal shows it."""
    value = said.get(name) if type(said) is dict else None
    return value[:LONGEST_SHOWN] if type(value) is str else None


def _title(record: Record) -> None:
    if title := record.values["title"]:
        record.words = index.prepared(title)


def _spoken(record: Record) -> None:
    if text := index.text_of(record.values["parts"]):
        record.words = index.prepared(text)


def _file(record: Record) -> None:
    """Take the contents out of the values, if they are what size and checksum say."""
    contents = record.values.pop("content_base64", None)
    if contents is None:
        return
    if len(contents) != record.values["size"]:
        raise Wrong(f"holds {len(contents)} bytes, but size says {record.values['size']}", "content_base64")
    if hashlib.sha256(contents).hexdigest() != record.values["sha256"]:
        raise Wrong("does not have the checksum that sha256 says", "content_base64")
    record.contents.append(contents)
    record.values["contents"] = True  # a file with its contents is another record than one without


def _attachments(record: Record) -> None:
    """Take the contents of the attachments out of the values."""
    for each in record.values.get("attachments", ()):
        contents = each.pop("content_base64")
        each.update(size=len(contents), sha256=hashlib.sha256(contents).hexdigest())
        record.contents.append(contents)


PREPARE: dict[str, Callable[[Record], None]] = {"conversation": _title, "message": _spoken, "file": _file, "feedback": _attachments}
