"""Looks at personal data: each is written where its owner sees it."""

from __future__ import annotations

from privacy_center.core import audit
from privacy_center.core.audit import AuditEntry
from privacy_center.desk.models import Staff

SEEN = "data looked at"
# Why, as codes that the log puts into its reader's language (erasure/log_views.py).
TO_ANSWER, PERHAPS_MEANT, FILE_OPENED = "to answer a request", "perhaps meant by a request", "file of a request opened"


def seen(person: int | None, what: str, why: str, *, by: Staff) -> AuditEntry:
    """Write down that *by* looked at *what* (`request:12`) of the user numbered *person*, and why; it is shown on `/account/log`.

    Without an account there is nobody to show it to, but it is written all the same.
    """
    return audit.write(SEEN, actor=by.actor, person=person, subject=what, reason=why)
