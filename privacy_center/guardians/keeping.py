"""Files that come with a report: kept encrypted, in quarantine until they were scanned, removed when their time is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from werkzeug.datastructures import FileStorage

from privacy_center.core import clock, jobs, scanning, sealing, storage, uploads
from privacy_center.core.db import database, is_sqlite
from privacy_center.core.scanning import Verdict
from privacy_center.guardians import states, words
from privacy_center.guardians.models import MOST_FILES, Evidence, Report

FOLDER = "evidence"
SCAN = "guardians.scan"
AFTER = {Verdict.CLEAN: words.CLEAN, Verdict.INFECTED: words.INFECTED, Verdict.UNSCANNED: words.UNSCANNED}


class NoRoom(Exception):
    """There are as many files as a report may have."""


def add(report: Report, file: FileStorage) -> Evidence:
    """Keep a file; raises uploads.Refused, NoRoom, storage.Unreachable, and nothing is kept then."""
    taken = uploads.take(file)
    if room_for(report) <= 0:
        raise NoRoom
    key = sealing.new_key(FOLDER)
    sealing.keep(key, taken.content)
    with database.atomic():
        _hold(report)
        if room_for(report) <= 0:
            storage.remove(key)
            raise NoRoom
        same = report.files.where((Evidence.sha256 == taken.sha256) & (Evidence.state != words.INFECTED)).first()
        if same:  # sent twice, by a double press or after a lost answer
            storage.remove(key)
            return same  # type: ignore[no-any-return]
        kept: Evidence = Evidence.create(
            report=report, name=taken.name, media_type=taken.media_type, size=taken.size, sha256=taken.sha256, storage_key=key, state=words.QUARANTINE
        )
        jobs.start(SCAN, kept.id)
        Report.update(touched_at=clock.now(), no_files=False).where(Report.id == report.id).execute()
        if report.is_open:
            states.note(report, "evidence")
    return kept


def _hold(report: Report) -> None:
    """Let nobody else add files to the report until the transaction ends."""
    found: Any = Report.select(Report.id).where(Report.id == report.id)
    list(found if is_sqlite() else found.for_update())


def room_for(report: Report) -> int:
    """How many more files the report may have; dangerous ones are gone and don't count."""
    return MOST_FILES - int(report.files.where(Evidence.state != words.INFECTED).count())


def remove(evidence: Evidence) -> None:
    """Take a file back: the row first, so that nobody is led to what is gone; a sweep finds what a crash leaves."""
    Evidence.delete().where(Evidence.id == evidence.id).execute()
    if evidence.storage_key:
        storage.remove(evidence.storage_key)


def examine(evidence: Evidence) -> bool:
    """Let the scanner look, and note what it says; False when it must be asked again. What is dangerous is removed."""
    assert evidence.storage_key is not None
    try:
        verdict = scanning.scan(sealing.open(evidence.storage_key))
    except (sealing.Unreadable, storage.Missing):
        _note(evidence, words.UNREADABLE)
        return True
    if verdict is Verdict.UNKNOWN:
        return False
    with database.atomic():
        if not _note(evidence, AFTER[verdict]):
            return True
        if verdict is Verdict.INFECTED:
            Evidence.update(storage_key=None).where(Evidence.id == evidence.id).execute()
            if not evidence.report.is_draft:
                states.note(evidence.report, "infected")
    if verdict is Verdict.INFECTED:
        storage.remove(evidence.storage_key)
    return True


def _note(evidence: Evidence, state: str) -> bool:
    waiting = (Evidence.id == evidence.id) & (Evidence.state == words.QUARANTINE)
    return bool(Evidence.update(state=state, checked_at=clock.now()).where(waiting).execute())


def forget(report: Report) -> int:
    """Remove all files of a report; returns how many."""
    count = 0
    for each in list(report.files):
        remove(each)
        count += 1
    return count


def remove_unknown(older: timedelta) -> int:
    """Remove stored files that no row names, as a worker or a browser that was killed may leave; returns how many."""
    return storage.remove_unnamed(f"{FOLDER}/", older, storage.named_in(Evidence.storage_key))
