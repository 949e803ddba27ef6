"""The standing cast: the same few people play every test, so that a name says who somebody is."""

from __future__ import annotations

from datetime import UTC, datetime

from privacy_center.accounts.models import User

ISSUER = "https://z.example"


def mei() -> User:
    """Mei Hartmann uses ZCode every day, in English and Chinese."""
    return User.open(
        ISSUER,
        "zai-mei",
        email="mei@example.com",
        name="Mei Hartmann",
        country="SG",
        language="en",
        created_at=datetime(2025, 3, 1, 8, 0, tzinfo=UTC),
    )


def mallory() -> User:
    """Mallory has an account too, and must see nothing of anybody else's."""
    return User.open(ISSUER, "zai-mallory", email="mallory@example.com", name="Mallory", country="US-CA", language="en")


def olga() -> User:
    """Olga was named by a record and no more: no e-mail, no name, nothing held."""
    return User.open(ISSUER, "zai-olga")
