"""What Dora has answered: a yes that she took back, an objection, and a no to cookies."""

from __future__ import annotations

import uuid
from datetime import timedelta

from privacy_center.accounts.models import User
from privacy_center.consent.basis import Answer
from privacy_center.consent.body import Said, scope_of
from privacy_center.consent.models import COOKIES
from privacy_center.consent.recording import add, words_about_cookies
from privacy_center.consent.wording import PURPOSES
from privacy_center.core import clock
from privacy_center.core.db import database

SAID = (("marketing", Answer.AGREE, 40), ("marketing", Answer.WITHDRAW, 8), ("training", Answer.OBJECT, 7), (COOKIES, Answer.WITHDRAW, 6))


def tell(dora: User) -> None:
    """Write her answers into the database that is open."""
    with database.atomic():
        for purpose, answer, days in SAID:
            shown = words_about_cookies("en") if purpose == COOKIES else PURPOSES[purpose].shown_in("en")
            said = Said(
                record_id=str(uuid.uuid4()),
                base="http://127.0.0.1:8000",
                notice="plain-language",
                person=dora.id,
                purpose=purpose,
                answer=answer,
                shown=shown,
                method="choices",
                at=clock.now() - timedelta(days=days),
                scope=scope_of(frozenset()) if purpose == COOKIES else None,
                again=answer is Answer.WITHDRAW,
            )
            add(said)
