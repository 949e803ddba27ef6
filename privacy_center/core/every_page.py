"""What every page asks of the database about whoever looks at it: short questions of several rooms, in one statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g
from flask_login import current_user

from privacy_center.core.db import fetch

Values = Callable[[int], tuple[Any, ...]]
STRANGER = 0  # a number that no user has
_questions: dict[str, tuple[str, Values]] = {}


def ask_on_every_page(name: str, sql: str, values: Values = lambda user: (user,)) -> None:
    """Ask *sql*, which selects one value, whenever a page is made; *values* fills its `?` for the number of a user, 0 for a stranger.

    It has to be quick, as everybody waits for it: one look into an index.
    """
    _questions[name] = sql, values


def answered(name: str) -> Any:
    """What a question was answered with, for the person of this request. All are asked at the first; raises what the database raises."""
    if "every_page" not in g:
        g.every_page = _answers(getattr(current_user, "id", STRANGER))
    return g.every_page[name]


def _answers(user: int) -> dict[str, Any]:
    """All answers for a user."""
    filled = [value for _sql, values in _questions.values() for value in values(user)]
    [answers] = fetch("SELECT " + ", ".join([f"({sql})" for sql, _values in _questions.values()]), *filled)
    return dict(zip(_questions, answers, strict=True))
