"""A field or table that nobody has declared is found, each kind of gap by its own sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from peewee import CharField, ForeignKeyField, Model

from privacy_center.accounts.models import User
from privacy_center.core.db import Moment
from privacy_center.datamap import registry
from privacy_center.datamap.words import Category, Erase, Holding, NotPersonal, Purpose, Source, internal, months, personal

WHOLE = Holding(
    category=Category.USAGE,
    title="Things",
    description="Things of yours.",
    source=(Source.PRODUCT,),
    purposes=(Purpose.PROVIDE,),
    retention=months(3, since="at"),
    on_erasure=Erase.DELETE,
    dated_by="at",
)


def model(holds: Any = WHOLE, **fields: Any) -> type[Model]:
    """A plain model, which does not join the registry: whole but for what the test takes away or adds."""
    body = {"at": personal(Moment(), "When"), "held_for": classmethod(lambda cls, user: cls.at == user), "holds": holds, **fields}
    return type("Thing", (Model,), {name: value for name, value in body.items() if value is not None})


def test_what_is_whole_has_no_gap() -> None:
    assert registry.gaps_of(model()) == []


def test_the_app_has_no_gap(app: Flask) -> None:
    assert registry.gaps() == []


def test_a_model_that_says_nothing_is_found() -> None:
    assert registry.gaps_of(model(holds=None)) == ["Thing does not say what it holds."]


def test_a_field_without_a_note_is_found() -> None:
    assert registry.gaps_of(model(colour=CharField())) == ["Thing.colour is neither personal, internal nor secret."]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"titled_by": "name"}, "Thing names name, which is not a field."),
        ({"listed": ("size",)}, "Thing names size, which is not a field."),
        ({"retention": months(3, since="born")}, "Thing counts time from born, which is not a moment of its own."),
        ({"on_erasure": Erase.KEEP}, "Thing outlives an erasure without saying why."),
        ({"purposes": ()}, "Thing does not say what for or from where."),
        ({"source": ()}, "Thing does not say what for or from where."),
    ],
)
def test_a_declaration_with_a_hole_is_found(said: dict[str, Any], sentence: str) -> None:
    assert registry.gaps_of(model(holds=replace(WHOLE, **said))) == [sentence]


def test_a_date_that_is_no_moment_is_found() -> None:
    found = registry.gaps_of(model(holds=replace(WHOLE, dated_by="day"), day=personal(CharField(), "Day")))

    assert found == ["Thing counts time from day, which is not a moment of its own."]


def test_a_date_that_may_be_empty_is_found() -> None:
    found = registry.gaps_of(model(at=personal(Moment(null=True), "When")))

    assert found == ["Thing is dated by at, which may be empty, so some rows would be on no page."]


def test_what_should_outlive_its_person_must_not_cascade() -> None:
    kept = replace(WHOLE, on_erasure=Erase.KEEP, kept_because="The law says so.")

    found = registry.gaps_of(model(holds=kept, user=internal(ForeignKeyField(User, on_delete="CASCADE"), "whose")))

    assert found == ["Thing means to outlive its person, but its key cascades."]


def test_rows_that_are_nobodys_are_found() -> None:
    assert registry.gaps_of(model(held_for=None)) == ["Thing does not say whose its rows are."]


def test_a_holding_without_anything_personal_is_found() -> None:
    assert registry.gaps_of(model(at=internal(Moment(), "when"))) == ["Thing claims to hold personal data, but no field of it is personal."]


def test_whoever_holds_nothing_personal_must_say_why() -> None:
    assert registry.gaps_of(model(holds=NotPersonal(""), at=None)) == ["Thing does not say why it holds nothing personal."]


def test_whoever_points_at_a_person_is_about_a_person() -> None:
    found = registry.gaps_of(model(holds=NotPersonal("work"), at=None, user=internal(ForeignKeyField(User), "whose")))

    assert found == ["Thing points at User by user, so it is about a person."]


def test_whoever_holds_nothing_personal_has_no_personal_field() -> None:
    assert registry.gaps_of(model(holds=NotPersonal("work"))) == ["Thing.at is personal, but the table claims to hold nothing personal."]


def test_all_gaps_are_told_at_once() -> None:
    found = registry.gaps_of(model(holds=replace(WHOLE, titled_by="name", purposes=()), colour=CharField()))

    assert len(found) == 3
