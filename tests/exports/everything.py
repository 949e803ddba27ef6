"""A person of whom every holding of the data map has something, every field of it filled; and what a copy says of it."""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import User
from privacy_center.core import sealing, storage
from privacy_center.core.db import JSONText, Moment
from privacy_center.datamap import registry
from privacy_center.datamap.words import Category, Kind
from privacy_center.exports import archive
from privacy_center.exports.contents import Choice
from privacy_center.verification.models import Proof
from tests.know import rows

HIDDEN = "Qhidden"  # what no copy may say begins like this
OWNERS = ("account_digest", "feedback_digest", "person", "issuer")
CONTENT = b"the contents of a file \x00\xff"
_numbers = itertools.count(1)


def fill(user: User, *, mark: str = "Q") -> None:
    """One record of every holding for *user*; every personal text begins with *mark*."""
    for model, said in registry.holdings():
        fields = {each.name: _value(model, each, mark) for each in model._meta.sorted_fields if not each.primary_key and _is_free(model, each)}
        if said.file_key:
            fields[said.file_key] = f"files/{HIDDEN}{next(_numbers)}"
            (sealing.keep if said.sealed else storage.keep)(fields[said.file_key], CONTENT)
        rows.filled(model, user, next(_numbers), **fields)
    user.email = User.get_by_id(user.id).email  # by which some rows are found


def _is_free(model: Any, field: Any) -> bool:
    """Whether the field may hold anything: it doesn't say whose the row is, or where it belongs."""
    return not isinstance(field, ForeignKeyField) and field.name not in OWNERS and field is not Proof.address


def _value(model: Any, field: Any, mark: str) -> Any:
    """A value that no other field has."""
    number = next(_numbers)
    note = registry.note(model, field)
    if isinstance(field, Moment):
        return rows.WHEN + timedelta(microseconds=number)
    if isinstance(field, JSONText):
        return [{"type": "text", "text": f"{mark}{number}"}, {"type": "reasoning", "text": "=1+1"}]
    if isinstance(field, BooleanField):
        return True
    if isinstance(field, IntegerField):
        return 7_000_000 + number
    assert isinstance(field, CharField | TextField), field
    return f"{mark if note and note.kind is Kind.PERSONAL else HIDDEN}{number}"[-getattr(field, "max_length", 500) :]


def write(user: User, choice: Choice | None = None, language: str = "en") -> zipfile.ZipFile:
    """A copy as the builder writes it, without the job around it."""
    file = io.BytesIO()
    archive.write(file, user, choice or Choice(), language, begins=lambda _total: None, report=lambda _done, _written: None)
    written = zipfile.ZipFile(file)
    assert written.testzip() is None
    return written


def only(*categories: Category, **more: Any) -> Choice:
    """A choice of these categories."""
    return Choice(frozenset(categories), **more)


def table(written: zipfile.ZipFile, model: Any) -> list[dict[str, str]]:
    """The table of a holding, as a program reads it."""
    text = written.read(f"data/{model._meta.table_name}.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def talks(written: zipfile.ZipFile) -> list[dict[str, Any]]:
    """All conversations of the copy."""
    names = [name for name in written.namelist() if name.startswith("conversations/conversations-")]
    return [talk for name in names for talk in json.loads(written.read(name))]


def messages(written: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    """All messages of the copy, with the one each follows, by ZCode's id."""
    return {name: node for talk in talks(written) for name, node in talk["mapping"].items() if node["message"]}


def words(written: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Every file of the copy with what it says, and its name itself."""
    for name in written.namelist():
        yield name, name + written.read(name).decode(errors="replace")


def read_back(field: Any, cell: str) -> Any:
    """The value that a cell of a table stands for."""
    if isinstance(field, Moment):
        return datetime.fromisoformat(cell)
    if isinstance(field, JSONText):
        return json.loads(cell)
    if isinstance(field, BooleanField):
        return {"true": True, "false": False}[cell]
    return int(cell) if isinstance(field, IntegerField) else cell
