"""What the stand-in for Z.ai remembers: whom it gave which code and token, and how it was told to behave."""

from __future__ import annotations

import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from joserfc.jwk import KeySet, RSAKey

from privacy_center.sandbox.behaviour import HONEST
from privacy_center.sandbox.people import known
from privacy_center.sandbox.settings import Place

CODE_LASTS = 60  # seconds


@dataclass(frozen=True)
class Grant:
    """That somebody signed in, for the client's question *asked*."""

    subject: str
    signed_in_at: int
    asked: dict[str, str]
    made_at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Question:
    """Something that was asked of the stand-in."""

    at: datetime
    what: str
    said: dict[str, str]


class ZAI:
    """The stand-in's memory; it lasts as long as the process."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.behaviour = HONEST
        self.patience = 12.0  # seconds that `slow` keeps the centre waiting
        self.asked: deque[Question] = deque(maxlen=60)
        self.codes: dict[str, Grant] = {}
        self.tokens: dict[str, Grant] = {}
        self.keys = KeySet([new_key()])

    def remember(self, what: str, said: dict[str, Any]) -> None:
        """Keep what was asked, for the page that shows it."""
        self.asked.appendleft(Question(datetime.now(UTC), what, {name: str(value)[:300] for name, value in said.items()}))

    def new_code(self, grant: Grant) -> str:
        """A code for *grant*, to be exchanged once and soon."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = grant
        return code

    def redeem(self, code: str) -> Grant | None:
        """The grant of a code that is used for the first time, and in time."""
        grant = self.codes.pop(code, None)
        return grant if grant and time.monotonic() - grant.made_at < CODE_LASTS else None

    def new_token(self, grant: Grant) -> str:
        """An access token for *grant*."""
        token = secrets.token_urlsafe(24)
        self.tokens[token] = grant
        return token

    def bearer(self, header: str) -> Grant | None:
        """The grant of the token in an Authorization header."""
        return self.tokens.get(header.removeprefix("Bearer ")) if header.startswith("Bearer ") else None

    def is_told(self, *behaviours: str) -> bool:
        """Whether the stand-in was told to behave in one of these ways."""
        return self.behaviour in behaviours

    def profile(self, subject: str) -> dict[str, str]:
        """What Z.ai says about a user: of somebody it does not know, no more than the id."""
        person = known("zai-jun" if self.is_told("other user") else subject)
        if person is None:
            return {}
        told = {"email": person.email, "name": person.name}
        if self.is_told("no email"):
            del told["email"]
        if self.is_told("new email"):
            told["email"] = f"new-{person.email}"
        return told


def new_key() -> RSAKey:
    """A signing key with a name of its own."""
    return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"}, private=True)
