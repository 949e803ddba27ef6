"""How much of each kind is held about one person, from when to when: counted live, on indexes alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import Model, Select, fn

from privacy_center.core.db import database, moment
from privacy_center.datamap import registry
from privacy_center.datamap.words import Category, Holding
from privacy_center.know.drawing import Span


@dataclass(frozen=True)
class Held:
    """One holding, and how much of it is about one person."""

    model: type[Model]
    said: Holding
    count: int
    first: datetime | None = None
    last: datetime | None = None
    oldest_clock: datetime | None = None
    newest_clock: datetime | None = None

    @property
    def slug(self) -> str:
        """How the holding is called in an address."""
        return registry.slug_of(self.model)

    @property
    def span(self) -> Span | None:
        """From when to when the clock of its retention runs, for a picture; None when nothing is held."""
        return Span(self.oldest_clock, self.newest_clock, self.said.retention) if self.oldest_clock and self.newest_clock else None

    @property
    def oldest_goes(self) -> datetime | None:
        """When the oldest record has to go; None when no date ends it."""
        return self.said.retention.ends(self.oldest_clock) if self.oldest_clock else None

    @property
    def all_gone(self) -> datetime | None:
        """When the newest record has to go, and with it everything that is held today; None when no date ends it."""
        return self.said.retention.ends(self.newest_clock) if self.newest_clock else None


def held(user: Any) -> list[Held]:
    """Every holding with what it holds about *user*, in the order of the policy's categories."""
    return [count(model, said, user) for model, said in registry.holdings()]


def held_in(category: Category, user: Any) -> list[Held]:
    """The holdings of one category with what they hold about *user*."""
    return [count(model, said, user) for model, said in registry.holdings() if said.category is category]


def count(model: type[Model], said: Holding, user: Any) -> Held:
    """Count one holding's records of *user* and find its dates, in one query.

    Each figure is a query of its own inside it: so the dates are two looks at the ends of an index, and not a walk through it.
    """
    rows = registry.rows_of(model, user)
    dates = [said.dated_by, said.retention.since or said.dated_by]
    ends = [rows.select(fold(model._meta.fields[name])) for name in dict.fromkeys(dates) for fold in (fn.MIN, fn.MAX)]
    figures = database.execute(Select(columns=[rows.select(fn.COUNT(model._meta.primary_key)), *ends])).fetchone()
    number, moments = int(figures[0] or 0), [None if each is None else moment(int(each)) for each in figures[1:]]
    return Held(model, said, number, moments[0], moments[1], moments[-2], moments[-1])
