"""What of copies needs the person: one that is ready, one that failed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask import url_for
from flask_babel import gettext

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.core.matters import Matter, source
from privacy_center.exports.models import Export

FAILURES_STAY = timedelta(days=7)


@source
def copies(user: User) -> Iterable[Matter]:
    """The newest copy, when it waits to be downloaded, or failed of late."""
    newest: Export | None = Export.owned_by(user).first()
    if newest is None:
        return
    href = url_for("exports.page", export_id=newest.id)
    if newest.is_unfinished:
        yield Matter(gettext("A copy of your data is being made"), href, gettext("See how far it is"), at=newest.asked_at)
    elif newest.is_there and not newest.downloads:
        yield Matter(gettext("Your copy is ready"), href, gettext("Download it"), gettext("It is removed after a week"), newest.ready_at)
    elif newest.state == "failed" and newest.ended_at and newest.ended_at > clock.now() - FAILURES_STAY:
        yield Matter(gettext("Your copy could not be made"), href, gettext("See why"), at=newest.ended_at, pressing=True)
