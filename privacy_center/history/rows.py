"""Conversations as rows of a list, in words; quick, as it stands on the way of the most visited page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from flask_babel import format_decimal, gettext, ngettext
from markupsafe import Markup

from privacy_center.core.language import language
from privacy_center.history.calendar import calendar
from privacy_center.history.filters import SOURCES
from privacy_center.history.models import Clause
from privacy_center.history.plain import one_line

OWN = "c.id, c.title, c.active_at, c.model, c.source, c.archived, c.message_count, c.file_count, c.created_at, c.parent"
# One probe of an index each.
PARENTS_TITLE = "SELECT p.title FROM conversation p WHERE p.user_id = c.user_id AND p.external_id = c.parent"
AGENTS = "SELECT count(*) FROM conversation s WHERE s.user_id = c.user_id AND s.parent = c.external_id"
ID, TITLE, ACTIVE_AT, CREATED_AT = 0, 1, 2, 8


def columns(visible_parent: Clause, visible_agents: Clause) -> Clause:
    """What a row is made of, as SQL with its parameters; nothing of a conversation that is hidden (`not_hidden` for p and s)."""
    return f"{OWN}, ({PARENTS_TITLE}{visible_parent[0]}), ({AGENTS}{visible_agents[0]})", [*visible_parent[1], *visible_agents[1]]


class Row(NamedTuple):
    """One conversation as a list shows it."""

    id: int
    href: str
    title: str | Markup
    machine_time: str
    time: str
    month: str
    facts: str
    parent: str | None
    passage: Markup | None


@dataclass(frozen=True)
class Words:
    """The words of a row in one language, each looked up once: gettext per row and fact would cost as much as the page."""

    sources: dict[str, str]
    archived: str
    untitled: str
    messages: Callable[[int], str]
    files: Callable[[int], str]
    agents: Callable[[int], str]


class RowMaker:
    """Makes rows in the language of the request; *path* is the history's."""

    def __init__(self, path: str) -> None:
        self.dates, self.words = calendar(), words_here()
        self.path = path

    def row(self, record: Sequence[Any], at: int, *, title: Markup | None = None, passage: Markup | None = None, query: str = "") -> Row:
        """A record of `columns` in words; *at* is the time that the list goes by, *query* what its link carries on."""
        number, name, _active, model, source, archived, messages, files, _created, parent, parents_title, agents = record
        words = self.words
        machine_time, time, month = self.dates.stamp(at)
        facts = [one_line(model, 80)] if model else []
        if source:
            facts.append(words.sources.get(source, source))
        facts.append(words.messages(messages))
        if files:
            facts.append(words.files(files))
        if agents:
            facts.append(words.agents(agents))
        if archived:
            facts.append(words.archived)
        return Row(
            number,
            f"{self.path}/{number}{query}",
            title or one_line(name) or words.untitled,
            machine_time,
            time,
            month,
            " · ".join(facts),
            None if parent is None else one_line(parents_title, 80),
            passage,
        )


def by_month(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """The rows under the names of their months."""
    return [(month, list(group)) for month, group in groupby(rows, key=lambda row: row.month)]


def words_here() -> Words:
    """The words of the page's language."""
    return _words(language())


@lru_cache(maxsize=8)
def _words(_locale: str) -> Words:
    """The words of a language."""
    return Words(
        sources={key: str(label) for key, label in SOURCES.items()},
        archived=gettext("archived in ZCode"),
        untitled=gettext("Without a title"),
        messages=lru_cache(512)(lambda count: ngettext("%(count)s message", "%(count)s messages", count, count=format_decimal(count))),
        files=lru_cache(512)(lambda count: ngettext("%(count)s file", "%(count)s files", count, count=format_decimal(count))),
        agents=lru_cache(512)(lambda count: ngettext("%(count)s sub-agent", "%(count)s sub-agents", count, count=format_decimal(count))),
    )
