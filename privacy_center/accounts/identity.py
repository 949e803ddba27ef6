"""What a trip to Z.ai is made of, what it brings back, and how it can fail; both shapes of sign-in speak these words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from privacy_center.accounts.troubles import Kind, Trouble

LONGEST_SUBJECT = 200
LONGEST_EMAIL = 320
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Trip:
    """The secrets of one way to Z.ai and back."""

    state: str
    nonce: str
    code_verifier: str


@dataclass(frozen=True)
class Identity:
    """Who came back, in Z.ai's words; *signed_in_at* only where Z.ai proves when it asked, *email_proved* where it vouches for the address."""

    subject: str
    email: str | None = None
    name: str | None = None
    avatar_url: str | None = None
    signed_in_at: datetime | None = None
    email_proved: bool = False


class Provider(Protocol):
    """Z.ai, in one of its two shapes."""

    proves_when: bool

    def way_out(self, trip: Trip, *, again: bool) -> str:
        """The address to send the person to; *again* asks Z.ai not to take an earlier sign-in for an answer."""

    def identify(self, answer: Mapping[str, str], trip: Trip) -> Identity:
        """Who came back with *answer*; raises Trouble when that can't be told beyond doubt."""


def down(reason: str) -> Trouble:
    """Z.ai can't be reached."""
    return Trouble(Kind.DOWN, reason)


def untrustworthy(reason: str) -> Trouble:
    """Z.ai's answer does not hold; *reason* is ours, and never quotes the answer."""
    return Trouble(Kind.UNTRUSTWORTHY, reason)


def subject_of(value: Any) -> str:
    """A user id that can be a key: text or a whole number, printable, not empty, not endless."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_SUBJECT or not text.isprintable():
        raise untrustworthy("no usable user id")
    return text


def text_of(value: Any, longest: int = LONGEST_TEXT) -> str | None:
    """A text without control characters; None for what is none, or is empty, or has no end."""
    if not isinstance(value, str) or len(value) > longest:
        return None
    return "".join(each for each in value if unicodedata.category(each) not in ("Cc", "Cs")).strip() or None


def email_of(value: Any) -> str | None:
    """An address that mail could go to; None for anything else."""
    text = text_of(value, LONGEST_EMAIL)
    return text if text and "@" in text[1:-1] and not any(each.isspace() for each in text) else None


def link_of(value: Any) -> str | None:
    """The address of a picture on the web; None for anything else."""
    text = text_of(value)
    return text if text and text.startswith(("https://", "http://")) else None
