"""Stopping marketing mails by the link in each of them (RFC 8058): the link is signed, works for ever, and opens nothing else."""

from __future__ import annotations

from flask import current_app

from privacy_center.accounts.models import User
from privacy_center.consent.basis import Answer
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.purposes import state_of
from privacy_center.consent.recording import record
from privacy_center.core import tokens

SIGNED_FOR = "unsubscribe"
LONGEST = 300


def address_for(user: User) -> str:
    """The address that stops marketing mails to *user*; for `core.mail.send(…, unsubscribe=…)`."""
    base = current_app.config["SETTINGS"].base_url
    return f"{base}/unsubscribe/{tokens.sign(SIGNED_FOR, [user.id])}"


def reader_of(token: str) -> User | None:
    """Whose mails the token stops; None when it is not one of ours."""
    said = tokens.signed(SIGNED_FOR, token) if len(token) <= LONGEST else None
    match said:
        case [int(number)]:
            found: User | None = User.get_or_none(User.id == number)
            return found if found and not found.is_nameless else None
    return None


def gets_mails(user: User) -> bool:
    """Whether marketing mails are allowed."""
    return state_of(user, "marketing").goes_on


def stop(user: User, language: str) -> ConsentRecord:
    """Stop them; twice is as good as once."""
    return record(user, "marketing", Answer.WITHDRAW, method="unsubscribe", language=language)
