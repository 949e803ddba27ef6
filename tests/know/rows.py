"""A row of any holding with every field filled in, so that a new model or field is tested by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from peewee import BooleanField, CharField, FloatField, ForeignKeyField, IntegerField, TextField

import privacy_center.datamap.of_core  # noqa: F401  (declares core's tables)
from privacy_center.accounts.models import User
from privacy_center.core.db import JSONText, Moment
from privacy_center.correspondence import models as _correspondence  # noqa: F401  (models join the registry when they are imported)
from privacy_center.datamap import registry
from privacy_center.datamap.words import Holding, Kind, Shape
from privacy_center.desk import models as _desk  # noqa: F401
from privacy_center.erasure import models as _erasure
from privacy_center.guardians import models as _guardians  # noqa: F401
from privacy_center.history import models as _history  # noqa: F401
from privacy_center.rights import models as _rights  # noqa: F401
from privacy_center.subscription import models as _subscription
from privacy_center.telemetry import models as _telemetry  # noqa: F401
from privacy_center.verification import models as _verification

WHEN = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
HOLDINGS = [model for model, _said in registry.holdings()]
ONE_EACH = (User, _erasure.AutoDelete, _subscription.Synchronisation)  # of these a person has one


def filled(model: Any, user: User, number: int = 1, /, **fields: Any) -> Any:
    """The *number*th row of *model* that is *user*'s, every field of it filled; a person has only one account."""
    values = {each.name: value_of(each, user, number) for each in model._meta.sorted_fields if not each.primary_key and each.name not in fields}
    if model is User:
        User.update({**values, "closing_at": None, "issuer": user.issuer, "feedback_digest": user.feedback_digest, **fields}).where(
            User.id == user.id
        ).execute()
        return User.get_by_id(user.id)
    return model.create(**{**values, **fields})


def value_of(field: Any, user: User, number: int) -> Any:
    """A value that can be found again on a page."""
    if isinstance(field, ForeignKeyField):
        return user if field.rel_model is User else filled(field.rel_model, user, number)
    if field.name in ("account_digest", "person"):
        return user.feedback_digest if field.name == "account_digest" else user.id
    if field is _verification.Proof.address:  # it is by their address that rows are found
        return User.get_by_id(user.id).email
    note = registry.note(field.model, field)
    if isinstance(field, Moment):
        return WHEN
    if isinstance(field, JSONText):
        marked = marker(field, number)
        return [{"type": "text", "text": marked}] if note and note.shape is Shape.PARTS else {"inside": marked}
    if isinstance(field, BooleanField):
        return True
    if isinstance(field, IntegerField | FloatField):
        return number
    assert isinstance(field, CharField | TextField), f"no value for {field}"
    if field.name.endswith("_on"):  # a day
        return (WHEN + timedelta(days=number)).date().isoformat()
    return marker(field, number)[-getattr(field, "max_length", 500) :]


def marker(field: Any, number: int) -> str:
    """A text that says which field it stands in."""
    return f"{field.name}-{number}"


def shown(answer: Any) -> str:
    """The text of a page as a person reads it, entities undone and spaces folded."""
    assert answer.status_code == 200, answer.status
    return " ".join(unescape(answer.text).split())


def hidden_fields(model: Any) -> list[Any]:
    """The fields of *model* that nobody may ever see, and that hold text."""
    noted = [(field, registry.note(model, field)) for field in model._meta.sorted_fields]
    return [field for field, note in noted if note and note.kind is not Kind.PERSONAL and isinstance(field, CharField | TextField)]


def said_of(model: Any) -> Holding:
    """What *model* says it holds."""
    said = registry.holds(model)
    assert isinstance(said, Holding)
    return said


def address(model: Any) -> str:
    """Where the records of *model* are."""
    return f"/know/{said_of(model).category}/{registry.slug_of(model)}"
