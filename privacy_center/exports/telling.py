"""Tells, while a copy is made, how far it is; and hears whether it is still wanted."""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask

from privacy_center.core.db import connect, database
from privacy_center.core.jobs import Work
from privacy_center.exports.models import Export

TELL_EVERY = 1.0  # seconds


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
            try:
                connect()
                while not self._over.wait(TELL_EVERY):
                    self._tell()
            except Exception as error:
                self.stop = error
            finally:
                database.close()

    def _tell(self) -> None:
        with database.atomic():
            self.work.heartbeat()
            told = Export.update(total=self.total, done=self.done, written=self.written).where(as_taken(self.export)).execute()
        if not told:
            raise why_not(self.export)


def as_taken(export: Export) -> Any:
    """The condition under which the copy is still being made, and nothing was deleted since it was begun."""
    return being_made(export) & (Export.era == export.era)


def being_made(export: Export) -> Any:
    """The condition under which the copy is being made."""
    return (Export.id == export.id) & (Export.state == "building")


def why_not(export: Export) -> Exception:
    """Why it can't go on like this."""
    return Changed() if Export.select().where(being_made(export)).exists() else Stopped()
