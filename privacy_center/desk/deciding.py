"""Granting requests: at once where it can be undone, by two officers where it can't.

What can't be undone: erasing, changing what an account says, and anything done to an account on the word of somebody who isn't signed in to it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core.db import database
from privacy_center.desk import four_eyes
from privacy_center.desk.models import Proposal, Staff
from privacy_center.rights import answering, at_once, correcting
from privacy_center.rights.models import Request
from privacy_center.rights.words import CORRECTION, DELETION

DECIDE = "request"  # the kind of proposals about requests; their subject is the request's number
MACHINE, WORDS = "machine", "words"
ABOUT_NO_ACCOUNT = 0


class Changed(Exception):
    """The request is not any more what the officer's page showed."""


@dataclass(frozen=True)
class Grant:
    """How a request is granted: carried out by the machine or answered in words; for which account; what of a correction; in part why."""

    how: str
    words: str
    account: int | None = None
    fields: tuple[str, ...] = ()
    partly: str | None = None

    @property
    def does_something(self) -> bool:
        """Whether it changes, erases or copies data, and does not only say something."""
        return self.how == MACHINE or bool(self.fields)


def whose(request: Request, grant: Grant) -> User | None:
    """The account that it is done to: the request's own, or the one that the officers found."""
    return request.user or (User.get_or_none(User.id == grant.account) if grant.account else None)


def takes_two(request: Request, grant: Grant) -> bool:
    """Whether a second officer has to agree."""
    cannot_be_undone = grant.does_something and request.right in (DELETION, CORRECTION)
    return cannot_be_undone or (grant.does_something and request.user_id is None)


def grant(request: Request, how: Grant, by: Staff, *, seen: int) -> Proposal | None:
    """Grant a request, or propose it to a second officer: then returns the proposal. Raises Changed if it changed since it was seen."""
    if request.revision != seen or request.is_final or request.executed_at:
        raise Changed
    user = whose(request, how)
    if takes_two(request, how):
        return four_eyes.propose(DECIDE, request.id, asdict(how), by, person=user.id if user else None)
    if not carry_out(request, how, by, seen=seen):
        raise Changed
    return None


def carry_out(request: Request, how: Grant, by: Staff, *, seen: int) -> bool:
    """Do what was decided, in one transaction; False, and nothing is done, if the request changed, or it can't be done."""
    user = whose(request, how)
    with database.atomic() as all_of_it:
        done = _do(request, how, by, user, seen)
        if not done:
            all_of_it.rollback()
    return done


def _do(request: Request, how: Grant, by: Staff, user: User | None, seen: int) -> bool:
    if request.revision != seen:
        return False
    if how.how == MACHINE:
        if how.words and not answering.write_letter(request, by=by.id, words=how.words):
            return False
        return at_once.begin(request, by=by.actor, user=user, confirmed=True)
    if how.fields and not correcting.apply(request, how.fields, by=by.actor, account=user):
        return False
    return answering.fulfil(request, by=by.id, words=how.words, partly_because=how.partly)


@four_eyes.decision(DECIDE, is_open=lambda number: Request.select().where((Request.id == number) & Request.unfinished()).exists())
def second(proposal: Proposal, by: Staff) -> bool:
    """Do what one officer proposed and another has seconded; false when the person withdrew, or it was answered meanwhile."""
    request = Request.get_or_none(Request.id == proposal.subject)
    if request is None or request.is_final or request.executed_at:
        return False
    return carry_out(request, proposed(proposal), by, seen=request.revision)


def proposed(proposal: Proposal) -> Grant:
    """What a proposal says."""
    said: dict[str, Any] = dict(proposal.what or {})
    return Grant(**{**said, "fields": tuple(said.get("fields", ()))})


def can_machine(request: Request) -> bool:
    """Whether the machine could carry it out, once it is known for which account."""
    return at_once.can(request.right) and request.executed_at is None
