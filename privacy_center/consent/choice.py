"""Which cookies this browser's person has allowed: their answer in a signed cookie, or the newer one of their account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from flask import g, request
from flask_login import current_user
from werkzeug.wrappers import Response

from privacy_center.consent.declared import CHOICE, COUNTS_FOR, EDITION, OPTIONAL
from privacy_center.consent.models import COOKIES, ConsentRecord
from privacy_center.core import clock, tokens
from privacy_center.core.db import microseconds, moment

SIGNED_FOR = "answer about cookies"
LONGEST = 400
ATTRIBUTES: dict[str, Any] = {"secure": True, "httponly": True, "samesite": "Lax", "path": "/"}


@dataclass(frozen=True)
class Choice:
    """An explicit answer about cookies: what was allowed, when, and in which record it stands."""

    allowed: frozenset[str]
    at: datetime
    record: str

    @property
    def until(self) -> datetime:
        """When it counts no more, and is asked for again."""
        return self.at + COUNTS_FOR

    @property
    def counts(self) -> bool:
        """Whether it counts now: given in the past, and not too long ago."""
        return self.at <= clock.now() < self.until

    @classmethod
    def of(cls, record: ConsentRecord | None) -> Self | None:
        """The answer of a record; None when it is too old, or about other categories than there are now."""
        if record is None or set(record.scope or ()) != set(OPTIONAL):
            return None
        found = cls(frozenset(key for key, yes in record.scope.items() if yes), record.said_at, record.record_id)
        return found if found.counts else None


def carried() -> Choice | None:
    """The answer that this browser carries; whatever is forged, old, too long or about other categories is none."""
    text = request.cookies.get(CHOICE, "")
    said = tokens.signed(SIGNED_FOR, text) if 0 < len(text) <= LONGEST else None
    match said:
        case [int(at), str(edition), str(record), [*allowed]] if edition == EDITION and all(isinstance(each, str) and each in OPTIONAL for each in allowed):
            found = Choice(frozenset(allowed), moment(at), record)
            return found if found.counts else None
    return None


def of_account(user: Any) -> Choice | None:
    """The newest answer of an account, from whatever browser."""
    return Choice.of(ConsentRecord.newest(user, COOKIES))


def current() -> Choice | None:
    """The answer that counts for this request.

    Of a browser's answer and its account's the newer one counts. The account is asked only where the browser would allow
    something: a no given elsewhere holds here at once, and everybody else's page costs no query.
    """
    if "cookie_choice" not in g:
        found = carried()
        if found and found.allowed and current_user.is_authenticated and (elsewhere := of_account(current_user)) and elsewhere.at > found.at:
            g.cookie_choice_is_new = True
            found = elsewhere
        g.cookie_choice = found
    choice: Choice | None = g.cookie_choice
    return choice


def decide(choice: Choice) -> None:
    """Let *choice* count from this request on; its answer brings it to the browser."""
    g.cookie_choice, g.cookie_choice_is_new = choice, True


def allows(category: str) -> bool:
    """Whether the category is allowed; silence is no, whatever the browser sends or doesn't."""
    choice = current()
    return choice is not None and category in choice.allowed


def bring(response: Response) -> None:
    """Let the browser carry the choice, if it is new to it."""
    choice = g.get("cookie_choice")
    if choice and g.get("cookie_choice_is_new"):
        said = [microseconds(choice.at), EDITION, choice.record, sorted(choice.allowed)]
        response.set_cookie(CHOICE, tokens.sign(SIGNED_FOR, said), max_age=choice.until - clock.now(), **ATTRIBUTES)


def seconds_left() -> int:
    """For how many seconds more the choice counts: no cookie that it allows lasts longer."""
    choice = current()
    return int((choice.until - clock.now()).total_seconds()) if choice else 0
