"""Letting go of what has outlived its time: page visits, and answers of browsers without an account."""

from __future__ import annotations

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from privacy_center.consent.models import ConsentRecord, PageVisit
from privacy_center.core import clock
from privacy_center.core.jobs import sweep

# As long as the answer counts, and as long again as what it allowed may be held.
ANSWERS_OF_BROWSERS = relativedelta(months=9)


@sweep("page visits and answers of browsers", every=timedelta(hours=6))
def forget_old_visits() -> int:
    """Remove page visits after 90 days, and answers about cookies without an account after 9 months."""
    rows = PageVisit.delete().where(PageVisit.occurred_at < PageVisit.holds.retention.oldest_allowed()).execute()
    old = ConsentRecord.user.is_null() & (ConsentRecord.said_at < clock.now() - ANSWERS_OF_BROWSERS)
    return int(rows + ConsentRecord.delete().where(old).execute())
