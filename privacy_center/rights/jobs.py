"""The room's work in the background: mails, following what was begun, reminding, closing what nobody answers, noting what is late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from privacy_center.core import audit, clock, jobs, mail, storage
from privacy_center.core.db import database
from privacy_center.core.jobs import Work
from privacy_center.rights import following, letters, links
from privacy_center.rights.answering import TIME_TO_ANSWER
from privacy_center.rights.models import Attachment, Request, Step
from privacy_center.rights.states import move, touch
from privacy_center.rights.telling import MAILS, kind_of, tell
from privacy_center.rights.words import EXPIRED, MACHINE, NEEDS_VERIFICATION, WAITING_FOR_YOU, WITHDRAWN

TIME_TO_VERIFY = timedelta(days=7)
LEFT_BEHIND = timedelta(days=1)
ONLY_WHILE = {"asked_for_more": WAITING_FOR_YOU, "reminder": WAITING_FOR_YOU}  # the mails that make no sense in another state


def _mails(what: str) -> Callable[[Work], None]:
    """The job that sends one kind of mail about a request."""

    def send(work: Work) -> None:
        request = Request.get_or_none(Request.id == work.subject)
        if request is None or work.has_done("mailed") or not request.address or not _makes_sense(what, request):
            return
        links.renew(request)
        mail.send(request.address, "request", language=request.language, what=what, reference=request.reference, page=links.page_of(request))
        with work.step("mailed"):
            acknowledged(request)

    return send


def _makes_sense(what: str, request: Request) -> bool:
    """Whether the mail still says what is so."""
    if what in ("received", "late"):
        return not request.is_final
    return ONLY_WHILE.get(what, request.state) == request.state


for each in MAILS:
    jobs.job(kind_of(each), attempts=20)(_mails(each))


def acknowledged(request: Request) -> None:
    """Note that receipt was confirmed, by the first mail of all."""
    now = clock.now()
    if Request.update(acknowledged_at=now).where((Request.id == request.id) & Request.acknowledged_at.is_null()).execute():
        Step.create(request=request, at=now, what="acknowledged", who=MACHINE)


@jobs.job(following.FOLLOW, attempts=20)
def follow(work: Work) -> None:
    """Look how far it is; if it goes on, look again after as long as it has taken until now."""
    request = Request.get_or_none(Request.id == work.subject)
    if request is None or work.has_done("looked") or following.follow(request):
        return
    first, longest = following.LOOKS_AGAIN
    with work.step("looked"):
        jobs.start(following.FOLLOW, request.id, after=min(longest, max(first, clock.now() - request.executed_at)))


@jobs.sweep("requests that nobody follows", every=timedelta(minutes=10))
def go_on() -> int:
    """Follow what was begun and whose job is lost; returns how many."""
    begun = Request.select().where(Request.unfinished() & Request.executed_at.is_null(False))
    lost = [request for request in begun if not jobs.unfinished(following.FOLLOW, request.id)]
    for request in lost:
        with database.atomic():
            jobs.start(following.FOLLOW, request.id)
    return len(lost)


@jobs.sweep("requests that wait for an answer", every=timedelta(hours=1))
def remind_and_close() -> int:
    """Remind half-way whoever we asked for something, and close what stays unanswered; returns how many were closed."""
    waiting = Request.state == WAITING_FOR_YOU
    half_way = clock.now() + TIME_TO_ANSWER / 2
    for request in list(Request.select().where(waiting & Request.reminded_at.is_null() & (Request.answer_by < half_way) & (Request.answer_by > clock.now()))):
        with database.atomic():
            if touch(request, by="system", because="reminded", reminded_at=clock.now()):
                tell(request, "reminder")
    return _close(Request.select().where(waiting & (Request.answer_by < clock.now())), told=True)


@jobs.sweep("requests that nobody verified", every=timedelta(hours=1))
def close_unverified() -> int:
    """Close requests whose address was not proved within a week, and forget what they said; returns how many."""
    old = (Request.state == NEEDS_VERIFICATION) & (Request.received_at < clock.now() - TIME_TO_VERIFY)
    return _close(Request.select().where(old), told=False, email=None, wants=None)


def _close(requests: Iterable[Request], *, told: bool, **also: Any) -> int:
    """Let requests expire; what nobody verified is forgotten with its letters."""
    closed, keys = 0, []
    for request in list(requests):
        with database.atomic():
            if not move(request, EXPIRED, by="system", because="expired", **also):
                continue
            closed += 1
            if told:
                audit.write("request expired", actor="system", person=request.user_id, subject=f"request:{request.id}")
                tell(request, "expired")
            else:
                keys += letters.forget(request)
    for key in keys:
        storage.remove(key)
    return closed


@jobs.sweep("requests that are late", every=timedelta(hours=1))
def note_late() -> int:
    """Note, once, that the due date of a request has passed, and tell its person, with the way to the regulator; returns how many."""
    late = list(Request.select().where(Request.late() & Request.overdue_at.is_null()))
    for request in late:
        with database.atomic():
            if touch(request, by="system", because="overdue", overdue_at=clock.now()):
                tell(request, "late")
    return len(late)


@jobs.sweep("requests of accounts that are gone", every=timedelta(minutes=1))
def close_ownerless() -> int:
    """Close requests whose person has erased the account: there is nobody left whom an answer could reach; returns how many."""
    ownerless = Request.user.is_null() & Request.email.is_null() & Request.executed_at.is_null()
    closed = 0
    for request in list(Request.select().where(Request.unfinished() & ownerless)):
        closed += move(request, WITHDRAWN, by="system", because="withdrawn")
    return closed


@jobs.sweep("files of no letter", every=timedelta(days=1))
def remove_unknown() -> int:
    """Remove files that no letter names, as a form that failed at the end, a removed letter or a restored backup may leave; returns how many."""
    return storage.remove_unnamed(letters.FOLDER, LEFT_BEHIND, storage.named_in(Attachment.storage_key))
