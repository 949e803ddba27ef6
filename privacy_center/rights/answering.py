"""What the desk does with a request. Each act is one transaction: state, timeline, letter, audit entry, the mail's job.

*by* is the number of the officer. *seen* is the revision of the request that the officer's page showed: if anything has happened since,
the person's withdrawal or another officer's decision, the act answers False and changes nothing. Who may act, and four eyes, are the desk's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from privacy_center.core import audit, clock
from privacy_center.core.db import database
from privacy_center.rights import deadlines, letters
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Request
from privacy_center.rights.states import WORKED_ON, move, touch
from privacy_center.rights.telling import tell
from privacy_center.rights.words import (
    DENIED,
    EXTENSIONS,
    FROM_US,
    FULFILLED,
    GRANTED,
    IN_PROGRESS,
    OPEN,
    PARTLY,
    REASONS,
    REFUSED,
    WAITING_FOR_YOU,
)

TIME_TO_ANSWER = timedelta(days=30)
Files = Iterable[dict[str, Any]]


class NotAllowed(ValueError):
    """The act is none that the law, or the state of the request, allows; the text is a code that a form puts into words."""


def fulfil(request: Request, *, by: int, words: str, partly_because: str | None = None, seen: int | None = None) -> bool:
    """Grant a request, in part if a reason says why not the rest; *words* tell the person what was done."""
    if partly_because is not None:
        _reason(partly_because, words)
    decision = PARTLY if partly_because else GRANTED
    said = {"decision": decision, "decision_reason": partly_because, "decision_words": words.strip(), "answered_at": clock.now()}
    step, action = ("partly", "request fulfilled in part") if partly_because else ("fulfilled", "request fulfilled")
    return _decide(request, FULFILLED, step=step, action=action, by=by, said=said, seen=seen)


def refuse(request: Request, *, by: int, reason: str, words: str, files: Files = (), seen: int | None = None) -> bool:
    """Refuse a request, for a reason of the list and in words of the officer's own; the page says how to object and who the regulator is."""
    _reason(reason, words)
    said = {"decision": REFUSED, "decision_reason": reason, "decision_words": words.strip(), "answered_at": clock.now()}
    return _decide(request, DENIED, step="denied", action="request refused", by=by, said=said, files=files, seen=seen, why=reason)


def _reason(reason: str, words: str) -> None:
    """A refusal names a reason that there is, and explains it."""
    if reason not in REASONS:
        raise NotAllowed("reason")
    if not words.strip():
        raise NotAllowed("words")


def _decide(request: Request, to: str, *, step: str, action: str, by: int, said: dict[str, Any], seen: int | None, files: Files = (), why: str = "") -> bool:
    """The decision, with the files that belong to it; its words are a letter as well, so that the correspondence is whole."""
    with database.atomic():
        if _is_old(request, seen) or not move(request, to, by=f"staff:{by}", because=step, we_wrote_at=clock.now(), answer_by=None, **said):
            return False
        if said["decision_words"] or files:
            letters.write(request, FROM_US, said["decision_words"], files=files, author=by)
        _log(request, action, by, why)
        tell(request, "answered")
    return True


def ask_for_more(request: Request, *, by: int, words: str, files: Files = (), seen: int | None = None) -> bool:
    """Ask the person for something; they have 30 days, and are reminded half-way. Our own due date stays as it is."""
    if not words.strip():
        raise NotAllowed("words")
    until, now = clock.now() + TIME_TO_ANSWER, clock.now()
    changes = {"answer_by": until, "reminded_at": None, "we_wrote_at": now}
    with database.atomic():
        if _is_old(request, seen) or not move(request, WAITING_FOR_YOU, by=f"staff:{by}", because="asked_for_more", until=until, **changes):
            return False
        letters.write(request, FROM_US, words.strip(), files=files, author=by)
        _log(request, "person asked about a request", by)
        tell(request, "asked_for_more")
    return True


def latest_extension(request: Request) -> datetime | None:
    """Until when the answer may be put off; None when it may not: the law has no extension, it was used, or the first date is over."""
    if request.state not in WORKED_ON or request.extended_at or request.due_at < clock.now():
        return None
    latest = deadlines.latest_extension(Home.of(request.country, request.region), request.right, request.received_at)
    return latest if latest and latest > request.due_at else None


def reasons_to_extend(request: Request) -> list[str]:
    """The reasons that the laws of where the person lives accept (words.EXTENSIONS)."""
    return deadlines.reasons_to_extend(Home.of(request.country, request.region), request.right)


def extend(request: Request, *, by: int, until: date, reason: str, words: str, seen: int | None = None) -> bool:
    """Put the answer off to a later day, once, before the first due date is over, with a reason that the person is told at once."""
    latest, moment = latest_extension(request), deadlines.end_of(until, request.zone)
    if latest is None:
        raise NotAllowed("no extension")
    if not request.due_at < moment <= latest:
        raise NotAllowed("date")
    if reason not in EXTENSIONS or reason not in reasons_to_extend(request):
        raise NotAllowed("reason")
    if not words.strip():
        raise NotAllowed("words")
    now = clock.now()
    said = {"extended_at": now, "extended_until": moment, "extension_reason": reason, "extension_words": words.strip(), "we_wrote_at": now}
    with database.atomic():
        if _is_old(request, seen) or not touch(request, by=f"staff:{by}", because="extended", until=moment, **said):
            return False
        letters.write(request, FROM_US, words.strip(), author=by)
        _log(request, "request extended", by, reason)
        tell(request, "extended")
    return True


def write_letter(request: Request, *, by: int, words: str, files: Files = (), seen: int | None = None) -> bool:
    """Write to the person without asking for anything; also after the decision, when they have objected to it by writing."""
    if not words.strip():
        raise NotAllowed("words")
    if request.state not in (*WORKED_ON, FULFILLED, DENIED):
        return False
    with database.atomic():
        if _is_old(request, seen) or not touch(request, by=f"staff:{by}", because="we_wrote", we_wrote_at=clock.now()):
            return False
        letters.write(request, FROM_US, words.strip(), files=files, author=by)
        _log(request, "person written to about a request", by)
        tell(request, "we_wrote")
    return True


def assign(request: Request, *, by: int, to: int | None, seen: int | None = None) -> bool:
    """Give a request to an officer, or back to all; the first who takes it up begins the work on it."""
    if request.state not in WORKED_ON:
        return False
    with database.atomic():
        if _is_old(request, seen):
            return False
        if to is not None and request.state == OPEN:
            changed = move(request, IN_PROGRESS, by=f"staff:{by}", because="assigned", assigned_to=to)
        else:
            changed = touch(request, by=f"staff:{by}", because=None, assigned_to=to)
        if changed:
            _log(request, "request assigned", by)
    return changed


def _is_old(request: Request, seen: int | None) -> bool:
    """Whether the officer decides by a page that shows less than there is by now."""
    return seen is not None and seen != request.revision


def _log(request: Request, action: str, by: int, why: str = "") -> None:
    """Note an act of an officer's in the audit log, which its person reads."""
    audit.write(action, actor=f"staff:{by}", person=request.user_id, subject=f"request:{request.id}", reason=why)
