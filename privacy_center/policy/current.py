"""Which edition counts now, which come next, and which a person has not answered about."""

from __future__ import annotations

from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core.db import fetch
from privacy_center.core.notices import PLAIN_LANGUAGE, answered_by
from privacy_center.policy.models import AGREE, REFUSE, Edition, today

HEAD = (Edition.id, Edition.effective_on, Edition.published_at, Edition.material, Edition.digest)  # all but the text, which is long


def current() -> Edition | None:
    """The edition that counts today; None until an official text has been published."""
    in_force: Any = Edition.select().where(Edition.effective_on <= today())
    return in_force.order_by(Edition.effective_on.desc()).first()  # type: ignore[no-any-return]


@answered_by
def version() -> str:
    """How records of consent name the notice that is shown: the day of its edition, or the plain-language edition."""
    in_force = Edition.select(Edition.effective_on).where(Edition.effective_on <= today())
    newest = in_force.order_by(Edition.effective_on.desc()).first()
    return newest.effective_on if newest else PLAIN_LANGUAGE


def editions() -> list[Edition]:
    """Every edition without its text, the latest day first."""
    return list(Edition.select(*HEAD).order_by(Edition.effective_on.desc()))


def in_force_or_coming() -> list[Edition]:
    """The edition that counts and those that will, without their text, the earliest first."""
    counts = Edition.select(Edition.effective_on).where(Edition.effective_on <= today()).order_by(Edition.effective_on.desc()).limit(1)
    begun = Edition.effective_on >= counts
    return list(Edition.select(*HEAD).where((Edition.effective_on > today()) | begun).order_by(Edition.effective_on))


# Asked on every page (banner.py), and mostly the answer is none.
UNANSWERED = """
SELECT e.id FROM edition AS e
WHERE (e.effective_on > ? OR e.effective_on = (SELECT MAX(effective_on) FROM edition WHERE effective_on <= ?))
  AND NOT EXISTS (
    SELECT 1 FROM acknowledgement AS a
    WHERE a.user_id = ? AND a.edition_id = e.id AND (NOT e.material OR a.answer IN (?, ?)))
ORDER BY e.effective_on LIMIT 1
"""


def unanswered(user: User) -> Edition | None:
    """The first edition in force or to come that the person has yet to answer about; reading is enough where nothing material changed."""
    found = fetch(UNANSWERED, *asked_about(user.id))
    return head(found[0][0]) if found else None


def asked_about(user: int) -> tuple[Any, ...]:
    """What fills UNANSWERED for the number of a user."""
    return today(), today(), user, AGREE, REFUSE


def head(edition: int) -> Edition | None:
    """An edition without its text."""
    return Edition.select(*HEAD).where(Edition.id == edition).first()  # type: ignore[no-any-return]


def before(edition: Edition) -> Edition | None:
    """The edition that counted before this one, without its text."""
    earlier: Any = Edition.select(*HEAD).where(Edition.effective_on < edition.effective_on)
    return earlier.order_by(Edition.effective_on.desc()).first()  # type: ignore[no-any-return]
