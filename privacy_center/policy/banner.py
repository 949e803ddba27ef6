"""What every page says above its content: an announcement, or an edition that its reader has not answered about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import request
from flask_login import current_user
from peewee import InterfaceError, OperationalError

from privacy_center.core import clock
from privacy_center.core.db import fetch
from privacy_center.policy.current import before, unanswered
from privacy_center.policy.models import AGREE, REFUSE, Announcement, Edition, today

STAYS = timedelta(days=30)  # after the day of which it tells
ROOM = "policy."
# Mostly there is nothing, and every page asks: one quick question first.
ANYTHING = """
SELECT 1 FROM announcement WHERE ended_at IS NULL AND happens_on >= ?
UNION ALL
SELECT 1 FROM edition AS e
WHERE (e.effective_on > ? OR e.effective_on = (SELECT MAX(effective_on) FROM edition WHERE effective_on <= ?))
  AND NOT EXISTS (
    SELECT 1 FROM acknowledgement AS a
    WHERE a.user_id = ? AND a.edition_id = e.id AND (NOT e.material OR a.answer IN (?, ?)))
LIMIT 1
"""


@dataclass(frozen=True)
class Banner:
    """What it tells of; *earlier* is the edition with which a new one can be compared."""

    announcements: tuple[Announcement, ...] = ()
    edition: Edition | None = None
    earlier: Edition | None = None


def shown() -> Banner | None:
    """What this page has to say; nothing on the policy's own pages, which say it themselves."""
    if (request.endpoint or "").startswith(ROOM):
        return None
    try:
        if not anything():
            return None
        edition = unanswered(current_user) if current_user.is_authenticated else None
        told = Banner(tuple(standing()), edition, before(edition) if edition else None)
    except (OperationalError, InterfaceError):  # the page says that the database does not answer, and must not fail of it too
        return None
    return told if told.announcements or told.edition else None


def anything() -> bool:
    """Whether there may be anything to say to whoever reads this page."""
    reader = current_user.id if current_user.is_authenticated else 0
    return bool(fetch(ANYTHING, _since(), today(), today(), reader, AGREE, REFUSE))


def _since() -> str:
    """The earliest day of which announcements still stand."""
    return (clock.now() - STAYS).date().isoformat()


def standing() -> list[Announcement]:
    """The announcements that everybody should still see, the next to happen first."""
    fields = (Announcement.id, Announcement.title, Announcement.happens_on)
    heard = Announcement.select(*fields).where(Announcement.ended_at.is_null() & (Announcement.happens_on >= _since()))
    return list(heard.order_by(Announcement.happens_on, Announcement.id).limit(3))
