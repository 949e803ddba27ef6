"""What stands beside the questions: what is held now, how much there is of each kind, how each purpose stands; of strangers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_login import current_user

from privacy_center.consent.basis import Basis
from privacy_center.consent.purposes import state_of
from privacy_center.consent.wording import PURPOSES
from privacy_center.datamap import registry
from privacy_center.erasure import kinds
from privacy_center.rights.homes import country_name


@dataclass(frozen=True)
class Kind:
    """A kind of data that can be deleted by itself; how much there is, for whoever is signed in."""

    value: str
    title: Any
    description: Any
    count: int | None


@dataclass(frozen=True)
class Stoppable:
    """A purpose that can be stopped; how it stands, for whoever is signed in."""

    key: str
    title: Any
    effect: Any
    state: Any


def beside_kinds() -> list[Kind]:
    """The kinds, as the page of deletions offers them."""
    return [Kind(kinds.table_of(model), said.title, said.description, _count(model)) for model, said in kinds.choosable()]


def _count(model: Any) -> int | None:
    return registry.rows_of(model, current_user).count() if current_user.is_authenticated else None


def beside_purposes(basis: Basis) -> list[Stoppable]:
    """The purposes that rest on *basis*."""
    return [Stoppable(key, each.title, each.effect, _state(key)) for key, each in PURPOSES.items() if each.basis is basis]


def _state(key: str) -> Any:
    if not current_user.is_authenticated:
        return ""
    state = state_of(current_user, key)
    return state.purpose.on if state.goes_on else state.purpose.off


def held(field: Any) -> str:
    """What the account says now, in words."""
    value = str(getattr(current_user, field.name, None) or "")
    if field.name == "country":
        return country_name(value.partition("-")[0]) if value else ""
    return {"en": "English", "zh-Hans": "中文"}.get(value, value) if field.name == "language" else value
