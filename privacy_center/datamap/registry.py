"""The registry: reads what the models declare, finds what is missing, and whose rows are whose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import ForeignKeyField, Model

from privacy_center.core.db import Moment, Record
from privacy_center.datamap.words import Category, Erase, Holding, Kind, Note, NotPersonal

# What core's own tables hold is declared in of_core.py, because core knows no other room.
_declared: dict[type[Model], tuple[Holding | NotPersonal, dict[str, Note]]] = {}


class GapsInDataMap(Exception):
    """Something is stored that nobody has declared; the centre doesn't start."""


def declare(model: type[Model], holds: Holding | NotPersonal, notes: dict[str, Note] | None = None) -> None:
    """Declare a model from outside its class body; for core's tables only."""
    _declared[model] = (holds, notes or {})


def models() -> list[type[Model]]:
    """Every concrete model of the centre, by table name."""
    return sorted(_leaves(Record), key=lambda model: model._meta.table_name)


def _leaves(base: type[Model]) -> Iterator[type[Model]]:
    """The concrete models under *base*: those that no other model is derived from."""
    for model in base.__subclasses__():
        if model.__subclasses__():
            yield from _leaves(model)
        elif not getattr(model._meta, "throw_away", False):
            yield model


def holds(model: type[Model]) -> Holding | NotPersonal | None:
    """What *model* says it holds, or None if it says nothing."""
    if model in _declared:
        return _declared[model][0]
    said = vars(model).get("holds")
    return said if isinstance(said, Holding | NotPersonal) else None


def note(model: type[Model], field: Any) -> Note | None:
    """What stands beside a field; keys of rows count as internal."""
    said = getattr(field, "note", None) or _declared.get(model, (None, {}))[1].get(field.name)
    if said is None and field.primary_key:
        return Note(Kind.INTERNAL, "the number of the row")
    return said


def holdings() -> list[tuple[type[Model], Holding]]:
    """The models that hold personal data with what they say, in the order of the policy's categories."""
    found = [(model, said) for model in models() if isinstance(said := holds(model), Holding)]
    order = list(Category)
    return sorted(found, key=lambda each: (order.index(each[1].category), getattr(each[0], "rank", 50), each[0]._meta.table_name))


def holding_named(slug: str) -> tuple[type[Model], Holding] | None:
    """The holding whose table is called *slug* in addresses."""
    return next((each for each in holdings() if slug_of(each[0]) == slug), None)


def slug_of(model: type[Model]) -> str:
    """How a holding is called in an address."""
    return str(model._meta.table_name).replace("_", "-")


def personal_fields(model: type[Model]) -> list[tuple[Any, Note]]:
    """The fields that their person may see, with what is said of them, in the order of the model."""
    noted = [(field, note(model, field)) for field in model._meta.sorted_fields]
    return [(field, said) for field, said in noted if said and said.kind is Kind.PERSONAL]


def rows_of(model: type[Model], user: Any) -> Any:
    """Every row of *model* that is about *user*, as a query."""
    held_for = getattr(model, "held_for", None)
    if held_for is None:
        raise LookupError(f"{model.__name__} can't tell whose its rows are.")
    return model.select().where(held_for(user))


def copies() -> list[Any]:
    """The models that hold copies of other records."""
    return [model for model, said in holdings() if said.copies]


def gaps() -> list[str]:
    """Everything that was left unsaid, as plain sentences; the centre starts only when there is none."""
    return [sentence for model in models() for sentence in gaps_of(model)]


def gaps_of(model: type[Model]) -> list[str]:
    """What one model has left unsaid."""
    name, said = model.__name__, holds(model)
    if said is None:
        return [f"{name} does not say what it holds."]
    if isinstance(said, NotPersonal):
        return _gaps_of_impersonal(model, said)
    found = [f"{name}.{field.name} is neither personal, internal nor secret." for field in model._meta.sorted_fields if note(model, field) is None]
    found += [f"{name} names {each}, which is not a field." for each in _named(said) if each not in model._meta.fields]
    for clock_field in (said.retention.since, said.dated_by):
        if clock_field is not None and not isinstance(model._meta.fields.get(clock_field), Moment):
            found.append(f"{name} counts time from {clock_field}, which is not a moment of its own.")
    if getattr(model._meta.fields.get(said.dated_by), "null", False):
        found.append(f"{name} is dated by {said.dated_by}, which may be empty, so some rows would be on no page.")
    if said.on_erasure is Erase.KEEP and not said.kept_because:
        found.append(f"{name} outlives an erasure without saying why.")
    if said.on_erasure is Erase.KEEP and any(key.on_delete == "CASCADE" for key in model._meta.refs):
        found.append(f"{name} means to outlive its person, but its key cascades.")
    if said.copies and not callable(getattr(model, "withdraw", None)):
        found.append(f"{name} holds copies, but can't withdraw them.")
    if not said.purposes or not said.source:
        found.append(f"{name} does not say what for or from where.")
    if not callable(getattr(model, "held_for", None)):
        found.append(f"{name} does not say whose its rows are.")
    if not personal_fields(model):
        found.append(f"{name} claims to hold personal data, but no field of it is personal.")
    return found


def _named(said: Holding) -> list[str]:
    """The fields that a holding names for its lists."""
    return [each for each in (said.titled_by, said.search_key, said.file_key, *said.listed) if each]


def _gaps_of_impersonal(model: type[Model], said: NotPersonal) -> list[str]:
    """What a model that claims to hold nothing personal has left unsaid."""
    name = model.__name__
    found = [] if said.because else [f"{name} does not say why it holds nothing personal."]
    for field in model._meta.sorted_fields:
        if isinstance(field, ForeignKeyField) and isinstance(holds(field.rel_model), Holding):
            found.append(f"{name} points at {field.rel_model.__name__} by {field.name}, so it is about a person.")
        if getattr(field, "note", None) and field.note.kind is not Kind.INTERNAL:
            found.append(f"{name}.{field.name} is {field.note.kind}, but the table claims to hold nothing personal.")
    return found
