"""Building copies, saying that they are ready or failed, removing those whose time is over."""

from __future__ import annotations

import errno
from datetime import timedelta

from flask import current_app

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, mail, storage
from privacy_center.core.db import database
from privacy_center.core.jobs import JobFailed, Work
from privacy_center.exports import building
from privacy_center.exports.asking import BUILD, NOBODY, TELL, TIDY
from privacy_center.exports.enclosed import StorageDown
from privacy_center.exports.models import FOLDER, Export
from privacy_center.exports.telling import Changed, Stopped

LEFT_BEHIND = timedelta(days=1)
LOOK_AGAIN = timedelta(seconds=5)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

# The reasons that a person can be told; each is a code that a page puts into words.
FULL, STORE, AGAIN, CRASHED = "full", "store", "again", "crashed"


def _gave_up(subject: int, reason: str) -> None:
    """Say that it failed, and why, as far as a person can use it."""
    known = reason if reason in (FULL, STORE, AGAIN) else CRASHED
    with database.atomic():
        failed = Export.update(state="failed", ended_at=clock.now(), trouble=known).where((Export.id == subject) & Export.unfinished())
        if failed.execute():
            jobs.start(TIDY, subject)
            jobs.start(TELL, subject)


@jobs.job(BUILD, attempts=6, gave_up=_gave_up)
def build(work: Work) -> None:
    """Make one copy; a reason to try again later is kept as a word that a page knows."""
    export = Export.get_or_none(Export.id == work.subject)
    if export is None or not export.is_unfinished:
        return
    try:
        building.build(work, export)
    except Stopped:
        return
    except Changed:
        raise JobFailed(AGAIN) from None
    except StorageDown:
        raise JobFailed(STORE) from None
    except OSError as error:
        raise JobFailed(FULL if error.errno in NO_ROOM else STORE) from None


@jobs.job(TELL, attempts=12)
def tell(work: Work) -> None:
    """Mail that it is ready or failed, and where."""
    export = Export.get_or_none(Export.id == work.subject)
    if export is None or export.made_for != "person" or work.has_done("mailed"):
        return
    user = User.get_by_id(export.user_id)
    if not user.email or export.state not in ("ready", "failed"):
        return
    address = current_app.config["SETTINGS"].base_url
    mail.send(user.email, "export", language=user.language, ready=export.state == "ready", page=f"{address}/exports/{export.id}")
    with work.step("mailed"):
        pass


@jobs.job(TIDY)
def tidy(work: Work) -> None:
    """Remove what is stored of copies that nobody can have any more: of one, or of all."""
    over = ~Export.unfinished() & (Export.state != "ready") & Export.storage_key.is_null(False)
    for export in list(Export.select().where(over if work.subject == NOBODY else over & (Export.id == work.subject))):
        if jobs.unfinished(BUILD, export.id):  # whoever makes it has not heard yet, and may put it into the store
            _tidy_later(work)
            continue
        work.heartbeat()
        storage.remove(str(export.storage_key))
        with work.chunk():
            Export.update(storage_key=None).where(Export.id == export.id).execute()


def _tidy_later(work: Work) -> None:
    """Look again soon; for all of them that is done every hour anyway."""
    if work.subject != NOBODY:
        with work.chunk():
            jobs.start(TIDY, work.subject, after=LOOK_AGAIN)


@jobs.sweep("copies whose time is over", every=timedelta(hours=1))
def expire() -> int:
    """End copies after a week, and see to it that their bytes, and those of others that have ended, go; returns how many ended."""
    with database.atomic():
        ended = Export.update(state="expired", ended_at=clock.now()).where((Export.state == "ready") & (Export.expires_at < clock.now())).execute()
        jobs.start(TIDY, NOBODY)
    return int(ended)


@jobs.sweep("copies that nobody makes", every=timedelta(minutes=10))
def go_on() -> int:
    """Begin copies anew whose job is lost; returns how many."""
    begun = 0
    for export in list(Export.select().where(Export.unfinished())):
        if not jobs.unfinished(BUILD, export.id):
            with database.atomic():
                jobs.start(BUILD, export.id)
            begun += 1
    return begun


@jobs.sweep("half copies", every=timedelta(hours=6))
def remove_left_behind() -> int:
    """Remove what killed workers left on this machine; returns how many files."""
    oldest, removed = (clock.now() - LEFT_BEHIND).timestamp(), 0
    for path in building.scratch_folder().glob("*.part"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


@jobs.sweep("archives of no copy", every=timedelta(days=1))
def remove_unknown() -> int:
    """Remove archives that no copy names, as a worker killed at the worst moment, or a restored backup, may leave; returns how many."""
    return storage.remove_unnamed(FOLDER, LEFT_BEHIND, storage.named_in(Export.storage_key))
