"""Four eyes: what can't be undone is proposed by one officer, and happens when another seconds it, in the transaction of that.

A kind of decision is registered with what carries it out; rooms above may add their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from peewee import IntegrityError

from privacy_center.core import audit, clock
from privacy_center.core.db import database
from privacy_center.desk.models import LAPSED, OPEN, SECONDED, TURNED_DOWN, WITHDRAWN, Proposal, Staff

CarryOut = Callable[[Proposal, Staff], bool]
_kinds: dict[str, CarryOut] = {}
_open_cases: dict[str, Callable[[int], bool]] = {}


class NotYours(Exception):
    """Nobody seconds what they proposed, or decides about their own data."""


class AlreadyProposed(Exception):
    """About this something is proposed already."""


def decision(kind: str, *, is_open: Callable[[int], bool]) -> Callable[[CarryOut], CarryOut]:
    """Register what carries out proposals of *kind*, in the transaction in which they are seconded; False when it can't be done any more.

    *is_open* says, by the number of the subject, whether there still is anything to decide.
    """

    def register(carries_out: CarryOut) -> CarryOut:
        _kinds[kind], _open_cases[kind] = carries_out, is_open
        return carries_out

    return register


def propose(kind: str, subject: int, what: dict[str, Any], by: Staff, *, person: int | None = None) -> Proposal:
    """Propose *what* about *subject*; raises AlreadyProposed, also when somebody else does so at this moment."""
    if kind not in _kinds:
        raise LookupError(f"There is no decision of the kind {kind}.")
    _not_about_oneself(person, by)
    try:
        with database.atomic():
            proposal = Proposal.create(kind=kind, subject=subject, what=what, proposed_by=by.id, person=person)
            audit.write("decision proposed", actor=by.actor, person=person, subject=f"{kind}:{subject}")
    except IntegrityError as error:
        raise AlreadyProposed from error
    return proposal


def second(proposal: Proposal, by: Staff) -> bool:
    """Let it happen, on the word of a second officer. False if it is over already, or could not be done any more: then it has lapsed."""
    _not_about_oneself(proposal.person, by)
    if proposal.proposed_by == by.id:
        raise NotYours
    with database.atomic():
        if not _end(proposal, SECONDED, by):
            return False
        with database.atomic() as carrying_out:
            done = _kinds[proposal.kind](proposal, by)
            if not done:
                carrying_out.rollback()
        state = SECONDED if done else LAPSED
        Proposal.update(state=state, what=None).where(Proposal.id == proposal.id).execute()
        proposal.state = state
        _write(state, proposal, by)
    return done


def turn_down(proposal: Proposal, by: Staff) -> bool:
    """Say no as the second officer; False if it is over already."""
    _not_about_oneself(proposal.person, by)
    if proposal.proposed_by == by.id:
        raise NotYours
    return _drop(proposal, TURNED_DOWN, by)


def withdraw(proposal: Proposal, by: Staff) -> bool:
    """Take back what one proposed oneself; False if it is over already."""
    if proposal.proposed_by != by.id:
        raise NotYours
    return _drop(proposal, WITHDRAWN, by)


def lapse(proposal: Proposal) -> bool:
    """End a proposal whose case is over; False if it isn't, or the proposal has ended already."""
    if _open_cases[proposal.kind](proposal.subject):
        return False
    with database.atomic():
        return bool(Proposal.update(state=LAPSED, what=None, ended_at=clock.now()).where(_open(proposal)).execute())


def waiting(kind: str, subject: int) -> Proposal | None:
    """The proposal about *subject* that waits for a second officer."""
    found: Proposal | None = Proposal.get_or_none((Proposal.kind == kind) & (Proposal.subject == subject) & (Proposal.state == OPEN))
    return found


def waiting_for(by: Staff) -> Any:
    """The proposals that *by* could second: neither their own, nor about their own data."""
    own = Proposal.person == by.user_id
    return Proposal.select().where((Proposal.state == OPEN) & (Proposal.proposed_by != by.id) & (Proposal.person.is_null() | ~own)).order_by(Proposal.id)


def _drop(proposal: Proposal, state: str, by: Staff) -> bool:
    """End a proposal without doing what it says."""
    with database.atomic():
        if not _end(proposal, state, by):
            return False
        Proposal.update(what=None).where(Proposal.id == proposal.id).execute()
        _write(state, proposal, by)
    return True


def _end(proposal: Proposal, state: str, by: Staff) -> bool:
    """Leave OPEN, if nobody was quicker."""
    return Proposal.update(state=state, ended_by=by.id, ended_at=clock.now()).where(_open(proposal)).execute() == 1


def _open(proposal: Proposal) -> Any:
    return (Proposal.id == proposal.id) & (Proposal.state == OPEN)


def _write(state: str, proposal: Proposal, by: Staff) -> None:
    audit.write(f"decision {state}", actor=by.actor, person=proposal.person, subject=f"{proposal.kind}:{proposal.subject}")


def _not_about_oneself(person: int | None, by: Staff) -> None:
    if person is not None and person == by.user_id:
        raise NotYours
