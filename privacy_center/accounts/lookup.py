"""The one question that every page asks: whose session is this? Its SQL is written once, because writing it takes longer than asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from peewee import Model

from privacy_center.accounts.models import SESSION_IDLE, SESSION_LASTS, Session, User
from privacy_center.core import clock, tokens
from privacy_center.core.db import database, microseconds

AnyModel = TypeVar("AnyModel", bound=Model)

QUESTION = """
SELECT {columns} FROM {session} AS s JOIN {users} AS u ON u.id = s.user_id
WHERE s.token_hash = {mark} AND s.started_at > {mark} AND s.seen_at > {mark}
"""


def living_session(token: str) -> Session | None:
    """The session that a cookie's token opens, with its user, in one query; None when there is none or its time has run out."""
    now = clock.now()
    asked = (tokens.at_rest(token), microseconds(now - SESSION_LASTS), microseconds(now - SESSION_IDLE))
    row = database.execute_sql(_question(database.param), asked).fetchone()
    if row is None:
        return None
    columns = len(_readers(Session))
    session = _instance(Session, row[:columns])
    session.__rel__["user"] = _instance(User, row[columns:])
    return session


@cache
def _question(mark: str) -> str:
    """The question, with the engine's *mark* where values go."""
    columns = [f"{short}.{field.column_name}" for short, model in (("s", Session), ("u", User)) for field in model._meta.sorted_fields]
    names = {"session": Session._meta.table_name, "users": User._meta.table_name}
    return QUESTION.format(columns=", ".join(columns), mark=mark, **names)


def _instance(model: type[AnyModel], values: Sequence[Any]) -> AnyModel:
    """A row as it came from the database; a model of its own would go through every default first."""
    row = model(__no_default__=1)
    for (name, read), value in zip(_readers(model), values, strict=True):
        row.__data__[name] = read(value)
    return row


@cache
def _readers(model: type[Model]) -> list[tuple[str, Callable[[Any], Any]]]:
    """The fields of a model in their order: what each is called, and what makes its value of a column's."""
    return [(field.name, field.python_value) for field in model._meta.sorted_fields]
