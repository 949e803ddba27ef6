"""What makes a receipt provable: a code that a person can read out, and a digest that anybody can compute again."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import orjson

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that can be misread


def new_code(kind: str) -> str:
    """A code of 78 random bits, after the two letters of its kind: DR-7K4M-92QX-PTWD-83HK."""
    drawn = "".join(secrets.choice(CODE_ALPHABET) for _ in range(16))
    return "-".join([kind, *(drawn[at : at + 4] for at in range(0, 16, 4))])


def digest_of(body: dict[str, Any]) -> str:
    """SHA-256 of the body as JSON with sorted keys and no spaces, in UTF-8; anybody can compute it again."""
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
