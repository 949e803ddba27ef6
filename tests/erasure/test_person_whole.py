"""A row of every kind of data, every field of it marked: nothing of the person is left on any disk but what the receipt says is kept."""

from __future__ import annotations

import itertools
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from peewee import CharField, ForeignKeyField, TextField

from privacy_center.accounts.models import User
from privacy_center.core import storage
from privacy_center.core.db import JSONText, Moment, database, fetch
from privacy_center.datamap import registry
from privacy_center.datamap.words import Erase, Holding, Kind
from privacy_center.erasure import person
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.kinds import blanks, holding_of, names, table_of
from privacy_center.erasure.proof import Receipt
from tests import makers
from tests.erasure.doing import feed, finish
from tests.erasure.test_person import everything_of

MARKER = "Zmarkq"
WITH_NUMBER = re.compile(MARKER + r"\d{3}").match
NUMBERS = itertools.count(100)
# What stays may say what was decided and done; and a deletion under way would be carried out by what it names, not be data that lie there.
LEFT_OUT = {"deletion", "erasure", "veil", "veiled", "receipt"}


def in_a_file_of(model: Any) -> bytes:
    """What stands in the stored files of a kind."""
    return f"{MARKER} in a file of {table_of(model)}.".encode()


def marked(model: Any, user: User, made: dict[Any, Any]) -> Any:
    """A row of *model* that is *user*'s with a marker in every text, and a file where it keeps one."""
    if model not in made:
        values = {each.name: _value(model, each, user, made) for each in model._meta.sorted_fields if not each.primary_key}
        made[model] = model.create(**values)
        if key := holding_of(model).file_key:
            storage.keep(getattr(made[model], key), in_a_file_of(model))
    return made[model]


def _value(model: Any, field: Any, user: User, made: dict[Any, Any]) -> Any:
    """What stands in a field."""
    if isinstance(field, ForeignKeyField):
        if field.rel_model is User:
            return user
        return marked(field.rel_model, user, made) if isinstance(registry.holds(field.rel_model), Holding) else filled(field)
    if field.name in ("person", "account"):
        return user.id
    if field.name == "account_digest":
        return user.feedback_digest
    if isinstance(field, Moment):
        return makers.NOON
    if isinstance(field, JSONText):
        return {MARKER: [f"{MARKER} {next(NUMBERS)}"]}
    if isinstance(field, CharField | TextField):
        limit = getattr(field, "max_length", 500)
        return f"{MARKER}{next(NUMBERS)}{table_of(model)}{field.name}"[:limit]
    return 1


def filled(field: Any) -> Any:
    """A row of a table that holds nothing personal."""
    return field.rel_model.create(
        **{
            each.name: makers.NOON if isinstance(each, Moment) else "2026-06-15" if isinstance(each, CharField | TextField) else 0
            for each in field.rel_model._meta.sorted_fields
            if not each.primary_key and not each.null and not isinstance(each, ForeignKeyField)
        }
    )


@pytest.fixture
def folders(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where the app under test writes, temporary files included."""
    settings = app.config["SETTINGS"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return [settings.instance_path, Path(settings.database.removeprefix("sqlite:///")).parent, tmp_path]


@pytest.fixture
def whole(mei: User) -> User:
    """Mei with a row of everything, marked."""
    feed(*everything_of(mei))
    User.update(email=f"{MARKER}@example.com", name=MARKER, avatar_url=MARKER, digest=MARKER).where(User.id == mei.id).execute()
    made: dict[Any, Any] = {}
    for model, _said in registry.holdings():
        if model is not User and table_of(model) not in LEFT_OUT:
            marked(model, mei, made)
    for model, row in reversed(made.items()):
        if not model.select().where(model.held_for(mei) & (model._meta.primary_key == row.get_id())).exists():
            row.delete_instance()  # such a row is nobody's, whatever it says
    return User.get_by_id(mei.id)


def rows_with_marker() -> dict[str, list[str]]:
    """The rows in which the marker stands, by their tables."""
    found = {table: [str(row) for row in fetch(f'SELECT * FROM "{table}"') if MARKER in str(row)] for table in database.get_tables()}
    return {table: rows for table, rows in found.items() if rows}


def kept_tables() -> set[str]:
    """The kinds that an erasure keeps, or leaves without what names the person."""
    return {table_of(model) for model, said in registry.holdings() if said.on_erasure in (Erase.KEEP, Erase.ANONYMISE)}


def test_no_row_holds_the_person_but_what_is_kept_or_made_nameless(whole: User) -> None:
    before = rows_with_marker()
    assert len(before) > 25
    person.begin(whole, cause="request", by=f"user:{whole.id}")
    finish()
    assert rows_with_marker().keys() <= kept_tables()


def test_what_is_made_nameless_or_kept_holds_nothing_that_names_or_is_theirs_alone(whole: User) -> None:
    person.begin(whole, cause="request", by=f"user:{whole.id}")
    finish()
    for model, said in registry.holdings():
        for field in {Erase.ANONYMISE: blanks, Erase.KEEP: names}.get(said.on_erasure, lambda _model: {})(model):
            assert not model.select().where(field.cast("TEXT").contains(MARKER)).exists(), field


def test_the_receipt_names_every_kind_that_there_was(whole: User) -> None:
    there = {line.table for line in person.preview(whole)}
    begun = person.begin(whole, cause="request", by=f"user:{whole.id}")
    finish()
    body: Any = Receipt.get(Receipt.code == begun.code).body
    lines = {line["table"]: line for line in body["what"]}
    assert there <= lines.keys()
    for model, said in registry.holdings():
        if said.on_erasure is Erase.KEEP and table_of(model) in lines:
            assert lines[table_of(model)]["kept"] and lines[table_of(model)]["kept_because"], model


@pytest.mark.engine("sqlite")
def test_no_byte_of_what_is_not_kept_is_left_in_any_file(whole: User, folders: Any, caplog: Any) -> None:
    caplog.set_level("INFO")
    going = [model for model, said in registry.holdings() if said.on_erasure is Erase.DELETE]
    gone = [text.encode() for model in going for text in texts_of(model)] + [in_a_file_of(model) for model in going]
    assert len(gone) > 60
    person.begin(whole, cause="request", by=f"user:{whole.id}")
    finish()
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".template"):
        content = path.read_bytes()
        assert not [text for text in gone if text in content], path
        assert f"{MARKER}@example.com".encode() not in content, path
    assert MARKER not in caplog.text
    assert Erasure.get().state == "purged"


def texts_of(model: Any) -> list[str]:
    """What is marked in the rows of a kind, each with a number of its own."""
    fields = [field for field in model._meta.sorted_fields if isinstance(field, CharField | TextField) and not isinstance(field, JSONText)]
    texts = [str(value) for row in model.select(*fields).tuples() for value in row if value and MARKER in str(value)] if fields else []
    return [text for text in texts if WITH_NUMBER(text)]  # not what was cut off before its number ended


def test_secrets_are_blanked_as_well(whole: User) -> None:
    person.begin(whole, cause="request", by=f"user:{whole.id}")
    finish()
    for model, said in registry.holdings():
        secrets = [field for field in model._meta.sorted_fields if (noted := registry.note(model, field)) and noted.kind is Kind.SECRET]
        if said.on_erasure is Erase.ANONYMISE:
            assert not any(model.select().where(field.contains(MARKER)).exists() for field in secrets), model
