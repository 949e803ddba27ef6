"""Whatever comes in: never an exception, always a record or a reason, and the reason names the field that is wrong."""

from __future__ import annotations

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_center.feed.ingest import ingest
from privacy_center.feed.reading import Record, Refusal, read
from privacy_center.feed.schema import TYPES
from tests.cast import ISSUER
from tests.makers import REQUIRED, line

FIELDS = [(type_, name) for type_, shape in TYPES.items() for name in shape.fields]
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=50)
JSON = st.recursive(SCALARS, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=10), inside, max_size=4), max_leaves=15)
# What no field takes as it stands: each field takes text, a number, a flag, a list or an object, and is not like any of these.
NEVER_RIGHT = st.sampled_from([-1.5, -(2**63), [[]], ["\0"], {"nobody": "knows"}, [{"nobody": "knows"}], [None], [True]])
TAKES_ANYTHING = {"event_extension", "provider_data"}  # any object, that is


def bytes_of(record: Any) -> bytes:
    """The line of a record; what JSON can't say (a lone surrogate) is left out."""
    try:
        return orjson.dumps(record)
    except TypeError:
        return b"{}"


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused_with_a_reason(noise: bytes) -> None:
    said = read((1, noise))

    assert isinstance(said, Refusal)
    assert said.reason


@given(JSON)
def test_arbitrary_json_is_refused_with_a_reason(value: Any) -> None:
    said = read((1, bytes_of(value)))

    assert isinstance(said, Refusal)
    assert said.reason


@pytest.mark.parametrize(("type_", "name"), FIELDS)
@settings(max_examples=25)
@given(value=NEVER_RIGHT)
def test_a_value_of_the_wrong_kind_is_refused_by_the_name_of_its_field(type_: str, name: str, value: Any) -> None:
    if name in TAKES_ANYTHING and isinstance(value, dict):
        return
    said = read((1, bytes_of({**line(type_), name: value})))

    assert isinstance(said, Refusal)
    assert name in said.reason


@pytest.mark.parametrize(("type_", "name"), FIELDS)
@settings(max_examples=25)
@given(value=JSON)
def test_any_value_in_any_field_is_taken_or_refused_by_its_name(type_: str, name: str, value: Any) -> None:
    said = read((1, bytes_of({**line(type_), name: value})))

    assert isinstance(said, Record) or name in said.reason or said.reason == "lacks type"


@pytest.mark.parametrize("type_", TYPES)
@settings(max_examples=50)
@given(data=st.data())
def test_bytes_lost_or_changed_on_the_way_never_break_anything(type_: str, data: st.DataObject) -> None:
    whole = bytearray(bytes_of(line(type_)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(1, len(whole)))])

    assert isinstance(read((1, cut)), Record | Refusal)


@pytest.mark.parametrize(("type_", "name"), [(type_, name) for type_, fields in REQUIRED.items() for name in fields])
@pytest.mark.parametrize("absent", ["left out", "null"])
def test_a_required_field_that_is_absent_is_named(type_: str, name: str, absent: str) -> None:
    record = line(type_)
    if absent == "null":
        record[name] = None
    else:
        del record[name]
    said = read((1, bytes_of(record)))

    assert isinstance(said, Refusal)
    assert said.reason == f"lacks {name}"


@pytest.mark.parametrize(("type_", "name"), [(type_, name) for type_, shape in TYPES.items() for name, field in shape.fields.items() if not field.required])
def test_an_optional_field_that_is_null_is_as_if_it_were_left_out(type_: str, name: str) -> None:
    record = line(type_)
    record.pop(name, None)
    with_null = {**record, name: None}
    without, with_ = read((1, bytes_of(record))), read((1, bytes_of(with_null)))

    assert isinstance(without, Record)
    assert isinstance(with_, Record)
    assert with_.digest == without.digest


@settings(max_examples=30)
@given(batch=st.lists(st.binary(max_size=60).filter(lambda noise: b"\n" not in noise) | JSON.map(bytes_of), max_size=8))
def test_good_lines_are_stored_whatever_stands_between_them(one_app: Any, batch: list[bytes]) -> None:
    good = [bytes_of(line("log_entry")) for _ in range(len(batch) + 1)]
    mixed = [each for pair in zip(good, [*batch, b""], strict=True) for each in pair]
    outcome = ingest(mixed, issuer=ISSUER)

    assert outcome.stored == len(good)
    assert outcome.refused_count == sum(1 for noise in batch if noise.strip())


@pytest.fixture(scope="module", name="one_app")
def _one_app(built: Any, database_url: str) -> Any:
    """The app on one engine for many examples; they add to the same database, which is emptied before the next test."""
    from privacy_center.core import db
    from tests.conftest import rebind

    rebind(built[0], database_url)
    db.connect()
    with built[0].app_context():
        yield built[0]


def test_the_makers_make_records_that_are_taken() -> None:
    for type_ in TYPES:
        assert isinstance(read((1, bytes_of(copy.deepcopy(line(type_))))), Record), type_
