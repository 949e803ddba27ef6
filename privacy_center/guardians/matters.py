"""What of reports needs the person behind an account: that it is paused, and where to answer."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext

from privacy_center.accounts.models import User
from privacy_center.core.matters import Matter, source
from privacy_center.guardians import words
from privacy_center.guardians.models import Concern


@source
def paused(user: User) -> Iterable[Matter]:
    """Reports for which the account is paused now."""
    for each in Concern.owned_by(user).where(Concern.state == words.ASKED).limit(5):
        title = gettext("Somebody told us that this account is a child’s")
        text = gettext("You have answered; two officers decide") if each.answered_at else gettext("It is paused, nothing is deleted. Tell us what is true")
        href = url_for("guardians.concern", concern_id=each.id)
        yield Matter(title, href, gettext("Read and answer"), text, each.asked_at, pressing=each.answered_at is None)
