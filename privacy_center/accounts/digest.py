"""The digest by which feedback, which carries no user id, names its account."""

from __future__ import annotations

import hashlib

_salt: dict[str, str] = {"salt": ""}


def set_salt(salt: str) -> None:
    """Use the product's own salt from now on."""
    _salt["salt"] = salt


def account_digest(subject: str) -> str:
    """hex(SHA-256(salt + Z.ai user id)), as ZCode computes it when feedback is sent."""
    return hashlib.sha256((_salt["salt"] + subject).encode()).hexdigest()
