"""The state machine of requests: which state may follow which, and the one function that moves a request on.

    needs_verification → open → in_progress ⇄ waiting_for_you → fulfilled | denied | withdrawn | expired

Every change is one conditional statement that names the state and revision it was decided upon, so that of two at once one wins and
the other is told. What a machine has begun to carry out can only end well, or go back to the officers: it can't be withdrawn or refused.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from privacy_center.core import clock
from privacy_center.core.db import database
from privacy_center.rights.models import Request, Step
from privacy_center.rights.words import (
    DENIED,
    EXPIRED,
    FULFILLED,
    IN_PROGRESS,
    MACHINE,
    NEEDS_VERIFICATION,
    OPEN,
    PERSON,
    US,
    WAITING_FOR_YOU,
    WITHDRAWN,
)

WORKED_ON = (OPEN, IN_PROGRESS, WAITING_FOR_YOU)
UNFINISHED = (NEEDS_VERIFICATION, *WORKED_ON)
FINAL = (FULFILLED, DENIED, WITHDRAWN, EXPIRED)
# The states from which each may be reached.
COMES_FROM: dict[str, tuple[str, ...]] = {
    OPEN: (NEEDS_VERIFICATION, IN_PROGRESS),
    IN_PROGRESS: (OPEN, WAITING_FOR_YOU),
    WAITING_FOR_YOU: (OPEN, IN_PROGRESS),
    FULFILLED: WORKED_ON,
    DENIED: WORKED_ON,
    WITHDRAWN: UNFINISHED,
    EXPIRED: (NEEDS_VERIFICATION, WAITING_FOR_YOU),
}
EVEN_WHEN_BEGUN = (FULFILLED, IN_PROGRESS, OPEN)  # OPEN: what was begun could not be done


def may_move(request: Request, to: str) -> bool:
    """Whether the request, as it was read, may come into that state; pages show only what may be done."""
    return request.state in COMES_FROM[to] and (request.executed_at is None or to in EVEN_WHEN_BEGUN)


def move(request: Request, to: str, *, by: str, because: str, until: datetime | None = None, **also: Any) -> bool:
    """Bring *request* into the state *to*, and note it on the timeline; False, and nothing is changed, when that can't be (any more).

    *by* is the actor as the audit log has it (`user:1`, `visitor`, `staff:2`, `system`), *because* the step (words.STEPS), *until* a
    date that belongs to it, *also* other fields that change with it. Somebody else having changed the request since it was read is a False.
    """
    if not may_move(request, to):
        return False
    if to in FINAL:
        also["ended_at"] = clock.now()
    return touch(request, by=by, because=because, until=until, state=to, **also)


def touch(request: Request, *, by: str, because: str | None, until: datetime | None = None, **changes: Any) -> bool:
    """Change fields of *request* if nobody has changed it since it was read, and note *because* on its timeline (None notes nothing)."""
    changes["revision"] = request.revision + 1
    same = (Request.id == request.id) & (Request.revision == request.revision) & (Request.state == request.state)
    with database.atomic():
        if not Request.update(**changes).where(same).execute():
            return False
        if because:
            Step.create(request=request, what=because, who=who(by), until=until)
    request.__data__.update(changes)
    return True


def who(actor: str) -> str:
    """Who acted, as timelines say it, by the audit log's name."""
    kind = actor.partition(":")[0]
    return {"user": PERSON, "visitor": PERSON, "staff": US}.get(kind, MACHINE)
