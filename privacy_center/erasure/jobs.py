"""The purge, the cleaning of the engine's files, auto-delete; and the sweeps that see to it that none of them stands still."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.db import database
from privacy_center.core.jobs import RUNNING, WAITING, Job, JobFailed, Work
from privacy_center.erasure import asking, ledger, meant, passing_on, person, receipts, residue, wishes
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.models import AutoDelete, Deletion
from privacy_center.erasure.purging import Purging
from privacy_center.history.veils import Veil

SCRUB, AUTO_DELETE = "erasure.scrub", "erasure.auto_delete"
FOR_NOBODY = 0  # the subject of a scrub that no deletion waits for
AFTER_ANOTHER = timedelta(seconds=3)
AFTER_READERS = timedelta(seconds=20)

UNDER_WAY = Deletion.hidden_at.is_null(False) & Deletion.removed_at.is_null()
UNCLEAN = Deletion.removed_at.is_null(False) & Deletion.purged_at.is_null()
ERASED_UNDER_WAY = Erasure.removed_at.is_null()
ERASED_UNCLEAN = Erasure.removed_at.is_null(False) & Erasure.purged_at.is_null()


def _purge_gave_up(subject: int, reason: str) -> None:
    """Say on the deletion's page that it needs a person."""
    Deletion.update(trouble=reason).where(Deletion.id == subject).execute()


@jobs.job(asking.PURGE, attempts=12, gave_up=_purge_gave_up)
def purge(work: Work) -> None:
    """Tell the product, remove the rows, places in the index and files of one deletion, then let the engine's files be cleaned."""
    deletion = Deletion.get_by_id(work.subject)
    if deletion.removed_at:
        return
    veil = Veil.get_or_none((Veil.id == deletion.veil) & (Veil.user == deletion.user_id) & Veil.drawn_at.is_null(False))
    if veil is None:
        raise JobFailed("What it was to remove is not known any more.")
    passing_on.tell(work, deletion, veil)
    Purging(work, deletion, veil).run()
    with work.step("removed"):
        # The veil's number goes with the veil: another may get it.
        Deletion.update(removed_at=clock.now(), veil=None, trouble=None).where(Deletion.id == deletion.id).execute()
        veil.lift()
        jobs.start(SCRUB, deletion.id)


def _scrub_gave_up(_subject: int, reason: str) -> None:
    """Say on the page of every deletion that waits for it that it needs a person."""
    Deletion.update(trouble=reason).where(UNCLEAN).execute()
    Erasure.update(trouble=reason).where(ERASED_UNCLEAN).execute()


@jobs.job(SCRUB, attempts=12, gave_up=_scrub_gave_up)
def scrub(work: Work) -> None:
    """Clean the engine's files of removed words, and say so on every deletion whose rows were gone before it began."""
    if _another_scrubs(work.job):
        _scrub_later(work, AFTER_ANOTHER)
        return
    waiting: list[tuple[Any, int]] = [(receipts.conclude, each.id) for each in Deletion.select(Deletion.id).where(UNCLEAN)]
    waiting += [(receipts.conclude_erasure, each.id) for each in Erasure.select(Erasure.id).where(ERASED_UNCLEAN)]
    if work.subject != FOR_NOBODY and not waiting:
        return
    try:
        if work.subject == FOR_NOBODY:
            residue.gather_index(work)
        residue.clean(work)
    except residue.StillRead:
        _scrub_later(work, AFTER_READERS)
        return
    ledger.note(work.heartbeat)  # before anybody is told that it is done: a backup put back must not bring it back
    for conclude, number in waiting:
        with work.chunk():
            conclude(number)
    ledger.note(work.heartbeat)


def _another_scrubs(this_one: Job) -> bool:
    """Whether a scrub that was begun before this one is under way."""
    other = (Job.kind == SCRUB) & (Job.state == RUNNING) & (Job.id < this_one.id) & (Job.leased_until > clock.now())
    return bool(Job.select().where(other).exists())


def _scrub_later(work: Work, after: timedelta) -> None:
    """Let one more scrub look, however long it takes until it can: nothing has failed. One that waits already will do."""
    with work.chunk():
        waits = (Job.kind == SCRUB) & (Job.state == WAITING) & (Job.run_after > clock.now())
        if not Job.select().where(waits).exists():
            jobs.start(SCRUB, work.subject, after=after)


@jobs.sweep("search index tidied", every=timedelta(days=1))
def scrub_daily() -> int:
    """Tidy the search index, and clean the engine's files also of what the feed has replaced: its words stay until they are merged away."""
    jobs.start(SCRUB, FOR_NOBODY)
    return 1


@jobs.sweep("deletions at a standstill", every=timedelta(minutes=10))
def go_on() -> int:
    """Begin the work of deletions anew that nobody works on, because it was given up or its job is lost; returns of how many."""
    still = [(asking.PURGE, each.id) for each in Deletion.select().where(UNDER_WAY) if not jobs.unfinished(asking.PURGE, each.id)]
    still += [(person.ERASE, each.id) for each in Erasure.select().where(ERASED_UNDER_WAY) if not jobs.unfinished(person.ERASE, each.id)]
    unclean = Deletion.select().where(UNCLEAN).first() or Erasure.select().where(ERASED_UNCLEAN).first()
    if unclean and not Job.select().where((Job.kind == SCRUB) & Job.state.in_([WAITING, RUNNING])).exists():
        still.append((SCRUB, unclean.id))
    for kind, subject in still:
        with database.atomic():
            jobs.start(kind, subject)
    return len(still)


@jobs.job(AUTO_DELETE)
def auto_delete(work: Work) -> None:
    """Delete what has been without activity for longer than its person wants."""
    wish = AutoDelete.get_or_none((AutoDelete.id == work.subject) & (AutoDelete.first_run_at <= clock.now()))
    if wish is None:
        return
    deletion = asking.ask(User.get_by_id(wish.user_id), "auto", rule=meant.Rule(before=wish.cutoff))
    if deletion and not asking.confirm(deletion, None, wanted=lambda: wishes.still_stands(wish)):
        asking.forget(deletion)


@jobs.sweep("auto-delete", every=timedelta(hours=6))
def begin_auto_delete() -> int:
    """Begin to delete for everybody whose wish has something to delete; returns for how many."""
    begun = 0
    closing = User.select(User.id).where(User.closing_at.is_null(False))
    for wish in list(AutoDelete.select().where((AutoDelete.first_run_at <= clock.now()) & AutoDelete.user.not_in(closing))):
        AutoDelete.update(last_run_at=clock.now()).where(AutoDelete.id == wish.id).execute()
        if wishes.would_delete(wish) and not jobs.unfinished(AUTO_DELETE, wish.id):
            with database.atomic():
                jobs.start(AUTO_DELETE, wish.id)
            begun += 1
    return begun


@jobs.sweep("deletions never confirmed", every=timedelta(hours=6))
def forget_unconfirmed() -> int:
    """Forget deletions that were asked for and not confirmed within a day."""
    old = list(Deletion.select().where(Deletion.unconfirmed() & (Deletion.asked_at < clock.ago(days=1))))
    forgotten = sum(asking.forget(each) for each in old)
    # What was asked for by a request that broke off half-way.
    named = Deletion.select(Deletion.veil).where(Deletion.veil.is_null(False))
    for veil in list(Veil.select().where(Veil.drawn_at.is_null() & (Veil.made_at < clock.ago(days=1)) & Veil.id.not_in(named))):
        asking.dismiss(veil)
    return forgotten
