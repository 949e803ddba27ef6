"""One attempt at a copy: built under a temporary name on this machine, put into the file store whole, and only then offered."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, storage, tokens
from privacy_center.core.db import database
from privacy_center.core.jobs import Work
from privacy_center.exports import archive
from privacy_center.exports.archive import Summary
from privacy_center.exports.asking import TELL, choice_of
from privacy_center.exports.models import Export, until
from privacy_center.exports.telling import Changed, Stopped, Teller, as_taken, being_made, why_not

MOST_ERAS = 5  # times a copy is begun anew because something was deleted meanwhile


def build(work: Work, export: Export) -> None:
    """Make the copy and offer it; raises Stopped when it isn't wanted any more, and what went wrong."""
    for _era in range(MOST_ERAS):
        with contextlib.suppress(Changed):
            _build_once(work, export)
            return
    raise Changed


def _build_once(work: Work, export: Export) -> None:
    """Make the copy out of one state, and offer it if nothing was deleted since."""
    _take(work, export)
    with _scratch(export) as path:
        try:
            with Teller(_app(), work, export) as teller, path.open("xb") as file:
                user = User.get_by_id(export.user_id)
                summary = archive.write(file, user, choice_of(export), export.language, begins=teller.begins, report=teller.report)
                file.flush()
                os.fsync(file.fileno())
                storage.publish(path, str(export.storage_key), name=f"zcode-data-{summary.made_at:%Y-%m-%d}.zip")
            _offer(work, export, summary)
        except (Changed, Stopped):
            storage.remove(str(export.storage_key))  # it may have been put there already
            raise


def _take(work: Work, export: Export) -> None:
    """Note that it is being made, and what it is like at this moment."""
    with database.atomic():
        work.heartbeat()  # no more: to begin is not yet to get anywhere
        Export.update(state="building", done=0, written=0, trouble=None).where((Export.id == export.id) & Export.unfinished()).execute()
        fresh = Export.get_or_none(being_made(export))
    if fresh is None:
        raise Stopped
    export.__data__.update(fresh.__data__)


def _offer(work: Work, export: Export, summary: Summary) -> None:
    """Let the person have it and tell them, unless something was deleted or it was cancelled meanwhile."""
    now = clock.now()
    said: dict[str, Any] = {
        "state": "ready",
        "ready_at": now,
        "expires_at": until(now),
        "seen_at": summary.made_at,
        "size": summary.size,
        "sha256": summary.sha256,
        "counts": summary.counts,
        "total": sum(summary.counts.values()),
        "done": sum(summary.counts.values()),
        "written": summary.size,
        "missing": summary.missing,
    }
    with work.chunk():
        offered = Export.update(**said).where(as_taken(export)).execute()
        if offered:
            jobs.start(TELL, export.id)
    if not offered:
        raise why_not(export)


def _app() -> Flask:
    """The app itself, for another thread."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def scratch_folder() -> Path:
    """Where copies lie while they are made on this machine."""
    return Path(current_app.instance_path) / "copies"


@contextlib.contextmanager
def _scratch(export: Export) -> Iterator[Path]:
    """A place for one attempt, which leaves nothing behind; what a killed attempt left goes first.

    It has a name of its own: a worker that has lost its lease and does not know it yet must not meet the file of the one that has it.
    """
    folder = scratch_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.glob(f"{export.id}-*.part"):
        left.unlink(missing_ok=True)
    path = folder / f"{export.id}-{tokens.new_token()}.part"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
