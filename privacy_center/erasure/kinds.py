"""Kinds of data, as erasures mean them: which may be chosen one by one, in which order they go, what happens to each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import CharField, ForeignKeyField, Model, TextField

from privacy_center.accounts.models import User
from privacy_center.core.db import JSONText
from privacy_center.datamap import registry
from privacy_center.datamap.words import Erase, Holding, Kind, Purpose, Source

Held = tuple[Any, Holding]
HIDDEN_BY_VEILS = ("conversation", "message", "file")
CONVERSATION = "conversation"  # goes by a deletion, as when its person deletes it in their history


class UnknownKind(LookupError):
    """A kind of data that can't be chosen by itself."""


def choosable() -> list[Held]:
    """The kinds that a person may have erased by themselves: what the product sent of them, or what serves to improve it, with all that hangs on it."""
    return [each for each in registry.holdings() if _stands_alone(*each)]


def _stands_alone(model: Any, said: Holding) -> bool:
    """Whether a kind goes with an erasure, belongs to no other kind, and nothing else depends on its staying."""
    from_outside = Source.PRODUCT in said.source or Purpose.IMPROVE in said.purposes
    return said.on_erasure is Erase.DELETE and from_outside and not list(parents(model))


def parents(model: Any) -> Iterable[Any]:
    """The kinds that rows of *model* belong to; their person is none."""
    for field in model._meta.sorted_fields:
        if isinstance(field, ForeignKeyField) and field.rel_model is not User and isinstance(registry.holds(field.rel_model), Holding):
            yield field.rel_model


def named(tables: Iterable[str]) -> list[Held]:
    """The kinds of these tables; raises UnknownKind for one that can't be chosen."""
    wanted, offered = set(tables), {table_of(model): (model, said) for model, said in choosable()}
    if unknown := wanted - offered.keys():
        raise UnknownKind(", ".join(sorted(unknown)))
    return [each for table, each in offered.items() if table in wanted]


def below(model: Any) -> list[tuple[Any, Any]]:
    """The kinds that belong to *model*, with the field that says to which row; those that belong to them first."""
    found: list[tuple[Any, Any]] = []
    for child, _said in registry.holdings():
        for field in child._meta.sorted_fields:
            if isinstance(field, ForeignKeyField) and field.rel_model is model and child is not model:
                found += [*below(child), (child, field)]
    return found


def with_parts(chosen: Iterable[Held]) -> list[Held]:
    """The chosen kinds and those that go along with them."""
    found: dict[Any, Holding] = {}
    for model, said in chosen:
        found[model] = said
        found.update({child: holding_of(child) for child, _field in below(model)})
    return list(found.items())


def gone_through(chosen: Iterable[Held]) -> list[tuple[Any, Holding, Any]]:
    """The kinds whose rows an erasure of chosen kinds looks up itself, and of parts the field that is empty in those that belong to no row."""
    found: list[tuple[Any, Holding, Any]] = []
    for model, said in chosen:
        found += [(child, holding_of(child), field) for child, field in below(model) if field.null and child is not model]
        if table_of(model) != CONVERSATION:
            found.append((model, said, None))
    return found


def treated(how: Erase) -> list[Held]:
    """The kinds to which an erasure of everything does this, those that belong to others before them."""
    ordered: dict[Any, Holding] = {}
    for model, _said in registry.holdings():
        for child, _field in below(model):
            ordered.setdefault(child, holding_of(child))
        ordered.setdefault(model, holding_of(model))
    return [(model, said) for model, said in ordered.items() if said.on_erasure is how and model is not User]


def holding_of(model: type[Model]) -> Holding:
    """What a kind says of itself."""
    said = registry.holds(model)
    assert isinstance(said, Holding), f"{model.__name__} holds nothing personal"
    return said


def table_of(model: Any) -> str:
    """The name by which orders, receipts and erasures know a kind."""
    return str(model._meta.table_name)


def blanks(model: Any) -> dict[Any, Any]:
    """What stands afterwards in the fields of a row that is made nameless: what names its person, or is theirs alone, is gone."""
    found: dict[Any, Any] = {}
    for field in model._meta.sorted_fields:
        said = registry.note(model, field)
        whose = isinstance(field, ForeignKeyField) and field.rel_model is User
        if said and (said.identifying or said.sensitive or said.kind is Kind.SECRET) and not field.primary_key:
            found[field] = None if field.null else _nothing(field)
        elif whose and field.null:
            found[field] = None
    return found


def names(model: Any) -> dict[Any, Any]:
    """What stands afterwards in the fields of a row that is kept: what names its person is gone, everything else stays."""
    if holding_of(model).forgets_itself:
        return {}
    noted = [(field, registry.note(model, field)) for field in model._meta.sorted_fields]
    return {field: None if field.null else _nothing(field) for field, said in noted if said and said.identifying}


def _nothing(field: Any) -> Any:
    """The value that says nothing, where a field can't be empty."""
    if isinstance(field, JSONText):
        return {}
    return "" if isinstance(field, CharField | TextField) else 0
