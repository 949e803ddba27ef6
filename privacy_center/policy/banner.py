"""What every page says above its content: an announcement, or an edition that its reader has not answered about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import request
from flask_login import current_user
from peewee import InterfaceError, OperationalError

from privacy_center.core import clock
from privacy_center.core.db import fetch
from privacy_center.core.every_page import answered, ask_on_every_page
from privacy_center.policy.current import UNANSWERED, asked_about, before, head
from privacy_center.policy.models import Announcement, Edition

STAYS = timedelta(days=30)  # after the day of which it tells
ROOM = "policy."
STANDING = "FROM announcement WHERE ended_at IS NULL AND happens_on >= ?"
ask_on_every_page("unanswered_edition", UNANSWERED, asked_about)
ask_on_every_page("announcements", f"SELECT count(*) {STANDING}", lambda _user: (_since(),))


@dataclass(frozen=True)
class Banner:
    """What it tells of; *earlier* is the edition with which a new one can be compared."""

    announcements: tuple[Announcement, ...] = ()
    edition: Edition | None = None
    earlier: Edition | None = None


def shown() -> Banner | None:
    """What this page has to say; nothing on the policy's own pages, which say it themselves."""
    if (request.endpoint or "").startswith(ROOM) or getattr(current_user, "is_closing", False):  # who is leaving is asked nothing more
        return None
    try:
        number = answered("unanswered_edition") if current_user.is_authenticated else None
        edition = head(number) if number else None
        told = Banner(tuple(standing()) if answered("announcements") else (), edition, before(edition) if edition else None)
    except (OperationalError, InterfaceError):  # the page says that the database does not answer, and must not fail of it too
        return None
    return told if told.announcements or told.edition else None


def standing() -> list[Announcement]:
    """The announcements that everybody should still see, the next to happen first."""
    found = fetch(f"SELECT id, title, happens_on {STANDING} ORDER BY happens_on, id LIMIT 3", _since())
    return [Announcement(id=number, title=title, happens_on=day) for number, title, day in found]


def _since() -> str:
    """The earliest day of which is still told."""
    return (clock.now() - STAYS).date().isoformat()
