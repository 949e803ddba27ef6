"""Looks at personal data: each is written where its owner sees it."""

from __future__ import annotations

from privacy_center.core import audit
from privacy_center.core.audit import AuditEntry
from privacy_center.desk.models import Staff

SEEN = "data looked at"


def seen(person: int | None, what: str, why: str, *, by: Staff) -> AuditEntry:
    """Write down that *by* looked at *what* (`request:12`) of the user numbered *person*, and why; it is shown on `/account/log`.

    Without an account there is nobody to show it to, but it is written all the same.
    """
    return audit.write(SEEN, actor=by.actor, person=person, subject=what, reason=why)
