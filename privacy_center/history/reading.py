"""Everything that the page of one conversation says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import format_decimal, gettext, ngettext
from markupsafe import Markup

from privacy_center.core.db import fetch
from privacy_center.history.calendar import Calendar, calendar, clock_time
from privacy_center.history.files import FileLink, Files
from privacy_center.history.filters import SOURCES
from privacy_center.history.marks import marked
from privacy_center.history.models import Conversation, not_hidden
from privacy_center.history.opened import Opened, messages
from privacy_center.history.plain import one_line
from privacy_center.history.shown import Shower
from privacy_center.history.sought import Sought
from privacy_center.history.turns import Turn, TurnMaker

MOST_AGENTS = 50


@dataclass(frozen=True)
class Neighbour:
    """A conversation that this one ran for, or that ran for it; without an address when we don't hold it."""

    title: str
    href: str | None


@dataclass(frozen=True)
class Reading:
    """One page of a conversation, in words."""

    title: Markup
    facts: str
    opened: Opened
    turns: list[Turn]
    files: list[FileLink]
    began_by: Neighbour | None
    agents: list[Neighbour]
    more_agents: bool


def read(opened: Opened, sought: Sought) -> Reading:
    """The page of the conversation that is opened, with the sought words marked."""
    conversation = opened.conversation
    files = Files(conversation)
    agents = _agents(conversation)
    turns = TurnMaker(opened, files, Shower(sought or None), day=conversation.created_at.date()).turns_of(messages(opened.ids))
    return Reading(
        title=marked(title_of(conversation), sought),
        facts=" · ".join(facts(conversation)),
        opened=opened,
        turns=turns,
        files=files.of_none(opened.external_ids) if opened.begin == 0 else [],
        began_by=_began_by(conversation),
        agents=agents[:MOST_AGENTS],
        more_agents=len(agents) > MOST_AGENTS,
    )


def title_of(conversation: Conversation) -> str:
    """The title in one line, or words that stand for it."""
    return one_line(conversation.title) or gettext("Without a title")


def facts(conversation: Conversation) -> list[str]:
    """When, with which model, where, how much."""
    found = [span(calendar(), conversation.created_at, conversation.active_at)]
    found += [one_line(value, 80) for value in (conversation.model,) if value]
    if conversation.source:
        found.append(str(SOURCES.get(conversation.source, conversation.source)))
    if conversation.workspace:
        found.append(one_line(conversation.workspace, 80))
    count = conversation.message_count
    found.append(ngettext("%(count)s message", "%(count)s messages", count, count=format_decimal(count)))
    if files := conversation.file_count:
        found.append(ngettext("%(count)s file", "%(count)s files", files, count=format_decimal(files)))
    if conversation.archived:
        found.append(gettext("archived in ZCode"))
    return found


def span(dates: Calendar, begun: datetime, ended: datetime) -> str:
    """17 November 2026, 16:02 to 16:48"""
    first, last = dates.moment(begun), dates.moment(ended)
    if ended <= begun:
        return first
    if begun.date() == ended.date():
        return gettext("%(begun)s to %(ended)s", begun=first, ended=clock_time(ended))
    return gettext("%(begun)s to %(ended)s", begun=first, ended=last)


def _began_by(conversation: Conversation) -> Neighbour | None:
    """The conversation that this one ran for."""
    if not conversation.parent:
        return None
    ((visible, parameters),) = not_hidden(conversation.user_id, "c")
    query = f"SELECT c.id, c.title FROM conversation c WHERE c.user_id = ? AND c.external_id = ?{visible}"  # noqa: S608 - words of ours
    rows = fetch(query, conversation.user_id, conversation.parent, *parameters)
    return _neighbour(*rows[0]) if rows else Neighbour(gettext("a conversation that is not here"), None)


def _agents(conversation: Conversation) -> list[Neighbour]:
    """The conversations that ran for this one, oldest first; one more than are shown, if there are more."""
    ((visible, parameters),) = not_hidden(conversation.user_id, "c")
    query = f"SELECT c.id, c.title FROM conversation c WHERE c.user_id = ? AND c.parent = ?{visible} ORDER BY c.created_at, c.id LIMIT ?"  # noqa: S608
    rows = fetch(query, conversation.user_id, conversation.external_id, *parameters, MOST_AGENTS + 1)
    return [_neighbour(*row) for row in rows]


def _neighbour(number: int, title: str) -> Neighbour:
    return Neighbour(one_line(title, 100) or gettext("Without a title"), url_for("history.conversation", conversation_id=number))
