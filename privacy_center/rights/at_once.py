"""What a machine can do for a request at once, by the room that owns it: and the request closes itself with its result.

A request is carried out once. Whoever begins it first takes it by the conditional change of its row, in the transaction of the effect; and
what is done reaches no further than the moment it was asked at, so that nothing that came later is touched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from privacy_center.accounts.models import User
from privacy_center.consent.basis import Answer, Basis
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.recording import record
from privacy_center.consent.wording import PURPOSES
from privacy_center.core import clock, jobs
from privacy_center.core.db import database
from privacy_center.datamap.words import Category
from privacy_center.erasure import person
from privacy_center.erasure.kinds import UnknownKind
from privacy_center.exports import asking as exports
from privacy_center.exports.contents import Choice
from privacy_center.rights.following import FOLLOW, LOOKS_AGAIN, finish
from privacy_center.rights.models import Request
from privacy_center.rights.states import move
from privacy_center.rights.words import (
    ACCESS,
    DELETION,
    IN_PROGRESS,
    KNOW,
    OBJECTION,
    PORTABILITY,
    RESTRICTION,
    WITHDRAWAL,
)

METHOD = "request"  # how an answer to a purpose was given
STOPS = {
    OBJECTION: (Basis.LEGITIMATE_INTEREST, Answer.OBJECT),
    RESTRICTION: (Basis.RESTRICTION, Answer.RESTRICT),
    WITHDRAWAL: (Basis.CONSENT, Answer.WITHDRAW),
}
NEEDS_STEP_UP = (DELETION,)


class NotForAMachine(Exception):
    """What is asked for has to be decided by a person after all."""


def can(right: str) -> bool:
    """Whether a machine can carry out such a request of somebody who is signed in."""
    return right in _DOING


def begin(request: Request, *, by: str, user: User | None = None, confirmed: bool = False) -> bool:
    """Carry a request out for *user* (else its own), or see to it that it is; False when that takes a person, or was done before.

    A deletion is carried out only if it was *confirmed*: its preview was seen and the person confirmed to be themselves, or two officers
    decided it. In one transaction, the caller's if there is one; after a False nothing is changed.
    """
    whose = user or request.user
    if whose is None or not can(request.right) or (request.right in NEEDS_STEP_UP and not confirmed):
        return False
    before = dict(request.__data__)
    try:
        with database.atomic():
            User.locked(whose.id)  # before the row and the audit log, as everybody does who decides about records of theirs
            if not move(request, IN_PROGRESS, by=by, because="begun", executed_at=clock.now(), answer_by=None):
                return False
            done = _DOING[request.right](request, whose, by)
            Request.update(executed_by=done.by).where(Request.id == request.id).execute()
            request.executed_by = done.by
            if done.over:
                finish(request)
            else:
                jobs.start(FOLLOW, request.id, after=LOOKS_AGAIN[0])
    except (NotForAMachine, UnknownKind):
        request.__data__.update(before)
        return False
    return True


@dataclass(frozen=True)
class _Done:
    """What carried it out, and whether that is all."""

    by: str
    over: bool = True


def _know(_request: Request, _whose: User, _by: str) -> _Done:
    return _Done("know")


def _copy(request: Request, whose: User, _by: str) -> _Done:
    """A copy of what was held when it was asked for."""
    wanted = frozenset(Category(each) for each in (request.wants or {}).get("categories", Category))
    copy = exports.ask(whose, Choice(wanted, until=request.received_at), request.language, made_for="request")
    return _Done(f"export:{copy.id}", over=False)


def _erase(request: Request, whose: User, by: str) -> _Done:
    """An erasure of the chosen kinds, or of everything."""
    kinds = (request.wants or {}).get("kinds")
    erasure = person.begin(whose, kinds=kinds, cause="request", cause_number=request.id, by=by, until=request.received_at)
    return _Done(f"erasure:{erasure.id}", over=False)


def _stop(request: Request, whose: User, _by: str) -> _Done:
    """An answer that stops each purpose; none that the person has answered about since is touched."""
    basis, answer = STOPS[request.right]
    purposes = [key for key in (request.wants or {}).get("purposes", ()) if key in PURPOSES and PURPOSES[key].basis is basis]
    if not purposes:
        raise NotForAMachine
    for key in purposes:
        newest = ConsentRecord.newest(whose, key)
        if newest is None or newest.said_at <= request.received_at:
            record(whose, key, answer, method=METHOD, language=request.language)
    return _Done("choices")


_DOING: dict[str, Callable[[Request, User, str], _Done]] = {
    KNOW: _know,
    ACCESS: _copy,
    PORTABILITY: _copy,
    DELETION: _erase,
    OBJECTION: _stop,
    RESTRICTION: _stop,
    WITHDRAWAL: _stop,
}
