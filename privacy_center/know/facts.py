"""What the data map says of a holding, or of several together, in the words of the policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, pgettext
from peewee import Model

from privacy_center.datamap import policy, registry
from privacy_center.datamap.words import Erase, Holding, Purpose, Recipient, Source


@dataclass(frozen=True)
class Reason:
    """Why something is held, and the legal grounds for it."""

    words: Any
    grounds: tuple[policy.GroundFacts, ...]


@dataclass(frozen=True)
class Facts:
    """Why, from where, who receives it: for one holding or for a whole category."""

    reasons: list[Reason]
    sources: list[Any]
    recipients: list[policy.RecipientFacts]


def facts_of(holdings: Iterable[Holding]) -> Facts:
    """The facts of all *holdings* together, each once, in the order of the policy."""
    known = list(holdings)
    return Facts(
        [_reason(each) for each in Purpose if any(each in said.purposes for said in known)],
        [policy.SOURCES[each] for each in Source if any(each in said.source for said in known)],
        [policy.RECIPIENTS[each] for each in Recipient if any(each in said.recipients for said in known)],
    )


def _reason(purpose: Purpose) -> Reason:
    """One purpose with its grounds."""
    told = policy.PURPOSES[purpose]
    return Reason(told.words, tuple(policy.GROUNDS[each] for each in told.grounds))


def kept_for(model: type[Model], said: Holding) -> str:
    """How long the records are kept, as a sentence without its full stop."""
    words = str(said.retention.words)
    if said.retention.since is None:
        return words[:1].upper() + words[1:]
    note = registry.note(model, model._meta.fields[said.retention.since])
    return gettext("%(span)s from the date under “%(field)s”", span=words, field=note.words if note else said.retention.since)


def until(said: Holding) -> str:
    """How long, as short as a picture needs it."""
    words = str(said.retention.words)
    return pgettext("how long records are kept", "%(span)s each", span=words) if said.retention.since else words


def on_closing(said: Holding) -> str:
    """What happens to the records when their person closes the account."""
    if said.on_erasure is Erase.DELETE:
        return gettext("Deleted")
    if said.on_erasure is Erase.ANONYMISE:
        return gettext("Emptied: nothing stays that names you")
    return gettext("Kept without your name")


def where_kept() -> list[str]:
    """Where our own places lie, each once."""
    return list(dict.fromkeys(str(place.where) for place in policy.PLACES if place.inside))
