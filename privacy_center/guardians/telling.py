"""The mails of this room: a job for each, begun in the transaction of what it tells of. They lead to a page and carry nothing else."""

from __future__ import annotations

from datetime import timedelta

from privacy_center.core import clock, jobs
from privacy_center.guardians.models import Report

LINK, RECEIVED, NEWS, ERASED = "guardians.link", "guardians.received", "guardians.news", "guardians.erased"
CONCERN, CONCERN_OVER, ANNOUNCE = "guardians.concern", "guardians.concern over", "guardians.announce"
NOBODY = 0
LINK_PAUSE = timedelta(minutes=10)


def send_link(report: Report) -> bool:
    """Let the link be mailed to the proved address; at most every ten minutes, so that nobody's mailbox is flooded."""
    free = (Report.id == report.id) & Report.proved_at.is_null(False) & (Report.linked_at.is_null() | (Report.linked_at < clock.now() - LINK_PAUSE))
    if not Report.update(linked_at=clock.now()).where(free).execute():
        return False
    jobs.start(LINK, report.id)
    return True
