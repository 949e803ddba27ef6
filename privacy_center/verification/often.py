"""How often codes are sent. Nobody's mailbox is to be flooded, and nobody is to be kept out by what others do.

Each limit counts what one internet address asks for; only the last, far higher one counts a mailbox as a whole, so that it takes many
people in many places to reach it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from privacy_center.accounts.codes import TooMany
from privacy_center.core import clock
from privacy_center.verification.models import Code, Proof

WITHIN = timedelta(hours=1)
PAUSE = timedelta(seconds=30)
FROM_HERE_TO_MAILBOX, FROM_HERE, TO_MAILBOX = 5, 60, 30


def check(mailbox: str, origin: str, proof: Proof | None = None) -> None:
    """Raise TooMany when no other code may be sent to *mailbox* from *origin* yet."""
    if proof is not None:
        _at_most(1, PAUSE, Code.proof == proof.id)
    _at_most(FROM_HERE_TO_MAILBOX, WITHIN, (Code.mailbox == mailbox) & (Code.origin == origin))
    _at_most(FROM_HERE, WITHIN, Code.origin == origin)
    _at_most(TO_MAILBOX, WITHIN, Code.mailbox == mailbox)


def _at_most(number: int, within: timedelta, which: Any) -> None:
    """Raise TooMany when there were so many such codes within that time."""
    recent = Code.select(Code.asked_at).where(which & (Code.asked_at > clock.now() - within)).order_by(Code.asked_at.desc()).limit(number)
    moments = [each.asked_at for each in recent]
    if len(moments) == number:
        raise TooMany(moments[-1] + within)
