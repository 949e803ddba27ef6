"""What the pages of copies show beside the copies themselves: how much there is, about how large it will be, what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.datamap import policy, registry
from privacy_center.datamap.words import Category
from privacy_center.exports.models import Export
from privacy_center.history.models import File, Message

SAMPLE = 200  # messages whose length is looked at
PAGES_AND_JSON = 2.3  # a message stands in the archive twice
DEFLATED = 0.32
OF_A_RECORD = 60  # bytes, deflated
TITLES = {
    "waiting": _l("Your copy is being made"),
    "building": _l("Your copy is being made"),
    "ready": _l("Your copy"),
    "failed": _l("Your copy could not be made"),
    "cancelled": _l("You stopped this copy"),
    "expired": _l("This copy has expired"),
    "deleted": _l("You deleted this copy"),
    "withdrawn": _l("This copy was removed"),
}
COMPARED = 50  # earlier copies that are looked through


@dataclass(frozen=True)
class Offer:
    """One category that can be in a copy."""

    value: str
    title: Any
    description: Any
    count: int


@dataclass(frozen=True)
class Change:
    """How one kind of record has changed since an earlier copy."""

    title: Any
    before: int
    now: int

    @property
    def difference(self) -> str:
        """+12, or −3 with a minus sign."""
        return f"{self.now - self.before:+,}".replace("-", "\u2212")


def offers(user: User) -> list[Offer]:
    """Every category with how many records of *user*'s it has."""
    counts = dict.fromkeys(Category, 0)
    for model, said in registry.holdings():
        counts[said.category] += int(registry.rows_of(model, user).count())
    return [Offer(each.value, policy.CATEGORIES[each].title, policy.CATEGORIES[each].description, counts[each]) for each in Category]


def files_of(user: User) -> tuple[int, int]:
    """How many files whose contents we hold, and how many bytes."""
    held = File.held_for(user) & File.storage_key.is_null(False)
    figures: Any = File.select(fn.COUNT(File.id), fn.SUM(File.size)).where(held)
    count, size = figures.tuples().get()
    return int(count), int(size or 0)


def about_how_large(user: User, records: int, files: int) -> int:
    """The size of a copy of everything, in bytes, as far as it can be known before it is made."""
    newest: Any = (
        Message.select(Message.parts).where(Message.held_for(user)).order_by(Message.created_at.desc(), Message.id.desc()).limit(SAMPLE).alias("newest")
    )
    length = fn.AVG(fn.OCTET_LENGTH(newest.c.parts))
    figures: Any = Message.select(length).from_(newest)
    average = float(figures.tuples().get()[0] or 0)
    messages = int(Message.select().where(Message.held_for(user)).count())
    return int(messages * average * PAGES_AND_JSON * DEFLATED + records * OF_A_RECORD + files)


def changes(export: Export, user: User) -> tuple[Export | None, list[Change]]:
    """The copy before this one that held the same kinds, and what has changed since."""
    earlier = Export.owned_by(user).where((Export.id < export.id) & Export.ready_at.is_null(False)).limit(COMPARED)
    before = next((each for each in earlier if _what(each) == _what(export)), None)
    if before is None or not export.counts:
        return None, []
    tables = [(model._meta.table_name, said.title) for model, said in registry.holdings()]
    figures = [Change(title, before.counts.get(table, 0), export.counts.get(table, 0)) for table, title in tables]
    return before, [each for each in figures if each.before != each.now]


def days(export: Export) -> dict[str, str]:
    """The first and the last day of what a copy was to hold, as the form asks for them."""
    last = export.until - timedelta(days=1) if export.until else None
    return {name: moment.date().isoformat() for name, moment in (("since", export.since), ("until", last)) if moment}


def _what(export: Export) -> tuple[Any, ...]:
    """What a copy was to hold; only copies of the same are compared."""
    return export.categories, export.since, export.until
