"""Reports about children in the numbers that everybody may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask_babel import lazy_gettext as _l

from privacy_center.core import clock
from privacy_center.guardians import words
from privacy_center.guardians.ages import falls_under
from privacy_center.guardians.models import Report
from privacy_center.rights import statistics
from privacy_center.rights.statistics import GRANTED, OPEN, REFUSED, WITHDRAWN, Case

KIND = _l("Reports about children")
GRANTED_BY = (words.ERASED, words.PERMISSION)


@statistics.source
def reports(since: datetime, until: datetime) -> Iterator[Case]:
    """The reports that were sent; what was never sent was none."""
    sent = (Report.received_at >= since) & (Report.received_at < until)
    for report in Report.select().where(sent).iterator():
        answered = report.ended_at if report.state == words.DECIDED else None
        owed = answered or (clock.now() if report.is_open else report.received_at)
        late = report.due_at is not None and owed > report.due_at
        yield Case(KIND, outcome_of(report), report.received_at, answered, falls_under(report.age, report.country).title, late)


def outcome_of(report: Report) -> str:
    """How it ended, in the terms of all numbers."""
    if report.is_open:
        return OPEN
    if report.state != words.DECIDED:
        return WITHDRAWN
    return GRANTED if report.outcome in GRANTED_BY else REFUSED
