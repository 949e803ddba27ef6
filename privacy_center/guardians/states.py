"""Which state of a report may follow which, and the one statement that moves a report on.

draft → received → in_progress ⇄ restricted → decided | withdrawn | expired
"""

from __future__ import annotations

from typing import Any

from privacy_center.core import clock
from privacy_center.core.db import database
from privacy_center.guardians.models import Report, ReportStep
from privacy_center.guardians.words import DECIDED, DRAFT, EXPIRED, FINAL, IN_PROGRESS, OPEN, RECEIVED, RESTRICTED, WITHDRAWN

COMES_FROM: dict[str, tuple[str, ...]] = {
    RECEIVED: (DRAFT,),
    IN_PROGRESS: (RECEIVED, RESTRICTED),
    RESTRICTED: (RECEIVED, IN_PROGRESS),
    DECIDED: OPEN,
    WITHDRAWN: OPEN,
    EXPIRED: OPEN,
}


def move(report: Report, to: str, step: str, **also: Any) -> bool:
    """Bring the report from the state it was read in to *to*, and note *step* on its timeline; False, and nothing changes, when that can't be any more."""
    if report.state not in COMES_FROM[to]:
        return False
    also["state"] = to
    if to in FINAL:
        also["ended_at"] = clock.now()
    with database.atomic():
        if not Report.update(**also).where((Report.id == report.id) & (Report.state == report.state)).execute():
            return False
        note(report, step)
    report.__data__.update(also)
    return True


def note(report: Report, step: str) -> None:
    """Write something on its timeline, in a transaction of the caller's."""
    ReportStep.create(report=report, what=step)
