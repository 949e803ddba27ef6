"""What a copy holds: the rows of each holding that were chosen, in the state that is being read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import Tuple

from privacy_center.accounts.models import User
from privacy_center.core.db import database
from privacy_center.datamap import registry
from privacy_center.datamap.words import Category, Holding
from privacy_center.history.models import Conversation, PartOfConversation

AT_ONCE = 1000


@dataclass(frozen=True)
class Choice:
    """Which categories, of which time, and whether files come along. Times are the first moment in and the first one out."""

    categories: frozenset[Category] = frozenset(Category)
    since: datetime | None = None
    until: datetime | None = None
    with_files: bool = True

    @property
    def holdings(self) -> list[tuple[Any, Holding]]:
        """The holdings of the chosen categories, in the order of the data map."""
        return [(model, said) for model, said in registry.holdings() if said.category in self.categories]

    @property
    def is_everything(self) -> bool:
        """Whether nothing was taken out."""
        return self == Choice()

    def rows(self, model: Any, user: User) -> Any:
        """The rows of *model* about *user* that are in the copy; conversations count by their last activity, and are always whole."""
        rows = registry.rows_of(model, user)
        if model is User or (self.since is None and self.until is None):
            return rows
        if issubclass(model, PartOfConversation):
            chosen = Conversation.select(Conversation.id).where(Conversation.held_for(user) & self._within(Conversation.active_at))
            inside, loose = model.conversation.in_(chosen), model.conversation.is_null()
            return rows.where(inside | (loose & self._within(_dated(model))))
        return rows.where(self._within(Conversation.active_at if model is Conversation else _dated(model)))

    def _within(self, dated: Any) -> Any:
        """The condition that a moment is within the chosen time."""
        after = (dated >= self.since) if self.since else None
        before = (dated < self.until) if self.until else None
        return before if after is None else after if before is None else after & before

    def counts(self, user: User) -> dict[str, int]:
        """How many rows of each table are in the copy, in the order of the data map."""
        return {model._meta.table_name: int(self.rows(model, user).count()) for model, _said in self.holdings}


def _dated(model: Any) -> Any:
    """The field that says when a row of *model* happened."""
    said = registry.holds(model)
    assert isinstance(said, Holding)
    return model._meta.fields[said.dated_by]


def as_stored(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a query as the database has them, made into nothing."""
    sql, values = query.sql()
    return list(database.execute_sql(sql, values))


def in_turn(rows: Any, model: Any, columns: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The *columns* of *rows* as they are stored, oldest first, a thousand at a time, so that memory stays constant on both engines."""
    dated, key = _dated(model), model._meta.primary_key
    found = rows.select(dated, key, *columns).order_by(dated, key).limit(AT_ONCE)
    after: Any = None
    while True:
        some = as_stored(found if after is None else found.where(Tuple(dated, key) > Tuple(*after)))
        for _dated_by, _number, *values in some:
            yield tuple(values)
        if len(some) < AT_ONCE:
            return
        after = some[-1][:2]
