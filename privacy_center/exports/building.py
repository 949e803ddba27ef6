"""One attempt at a copy: built under a temporary name on this machine, put into the file store whole, and only then offered."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from privacy_center.accounts.models import User
from privacy_center.core import clock, storage
from privacy_center.core.db import connect, database
from privacy_center.core.jobs import Work
from privacy_center.exports import archive
from privacy_center.exports.archive import Summary
from privacy_center.exports.asking import choice_of
from privacy_center.exports.models import Export, until

TELL_EVERY = 1.0  # seconds
MOST_ERAS = 5  # times a copy is begun anew because something was deleted meanwhile


class Stopped(Exception):
    """The copy is not wanted any more: it was cancelled, or its person is gone."""


class Changed(Exception):
    """Something was deleted while the copy was made; it has to be made anew."""


class Teller:
    """Tells how far a copy is, keeps its lease, and hears when it is not wanted any more: on a thread and a connection of its own.

    The builder reads one state of the database all the time and can't write on its own connection.
    """

    def __init__(self, app: Flask, work: Work, export: Export) -> None:
        self.app, self.work, self.export = app, work, export
        self.total = self.done = self.written = 0
        self.stop: Exception | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell_always, name="telling", daemon=True)

    def __enter__(self) -> Teller:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def begins(self, total: int) -> None:
        """So many records there will be."""
        self.total = total

    def report(self, done: int, written: int) -> None:
        """So many records, and bytes of the archive, there are; raises what the builder must stop for."""
        self.done, self.written = done, written
        if self.stop:
            raise self.stop

    def _tell_always(self) -> None:
        with self.app.app_context():
            connect()
            try:
                while not self._over.wait(TELL_EVERY):
                    self._tell()
            except Exception as error:
                self.stop = error
            finally:
                database.close()

    def _tell(self) -> None:
        with database.atomic():
            self.work.heartbeat()
            mine = (Export.id == self.export.id) & (Export.state == "building")
            told = Export.update(total=self.total, done=self.done, written=self.written).where(mine & (Export.era == self.export.era)).execute()
        if not told:
            raise Changed if Export.select().where(mine).exists() else Stopped


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
        with Teller(_app(), work, export) as teller, path.open("xb") as file:
            user = User.get_by_id(export.user_id)
            summary = archive.write(file, user, choice_of(export), export.language, begins=teller.begins, report=teller.report)
            file.flush()
            os.fsync(file.fileno())
            storage.publish(path, str(export.storage_key), name=f"zcode-data-{summary.made_at:%Y-%m-%d}.zip")
        _offer(work, export, summary)


def _take(work: Work, export: Export) -> None:
    """Note that it is being made, and what it is like at this moment."""
    with work.chunk():
        Export.update(state="building", done=0, written=0, trouble=None).where((Export.id == export.id) & Export.unfinished()).execute()
        fresh = Export.get_or_none((Export.id == export.id) & (Export.state == "building"))
    if fresh is None:
        raise Stopped
    export.__data__.update(fresh.__data__)


def _offer(work: Work, export: Export, summary: Summary) -> None:
    """Let the person have it, unless something was deleted or it was cancelled meanwhile."""
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
    mine = (Export.id == export.id) & (Export.state == "building")
    with work.chunk():
        offered = Export.update(**said).where(mine & (Export.era == export.era)).execute()
    if not offered:
        raise Changed if Export.select().where(mine).exists() else Stopped


def _app() -> Flask:
    """The app itself, for another thread."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def scratch_folder() -> Path:
    """Where copies lie while they are made on this machine."""
    return Path(current_app.instance_path) / "copies"


@contextlib.contextmanager
def _scratch(export: Export) -> Iterator[Path]:
    """A place for one attempt, which leaves nothing behind; what a killed attempt left there goes first."""
    folder = scratch_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{export.id}.zip.part"
    path.unlink(missing_ok=True)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
