"""Secrets and digests: random tokens, hashes at rest, keyed digests, signed values for links and cursors."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

_keys: list[bytes] = []


def set_keys(current: str, *earlier: str) -> None:
    """Use *current* for new digests and signatures, and accept signatures of *earlier* ones."""
    _keys[:] = [key.encode() for key in (current, *earlier)]


def new_token() -> str:
    """256 random bits that fit into a URL or a cookie."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Eight random digits, for a person to type."""
    return f"{secrets.randbelow(10**8):08d}"


def at_rest(token: str) -> str:
    """The hash under which a random token is stored; the token itself never is."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(purpose: str, *parts: str) -> str:
    """A digest of *parts* that nobody can compute without our key, different for each purpose."""
    return hmac.digest(_keys[0], _joined(purpose, *parts), "sha256").hex()


def keyed_digests(purpose: str, *parts: str) -> list[str]:
    """The digests of *parts* under every key that is still accepted, the current one first."""
    said = _joined(purpose, *parts)
    return [hmac.digest(key, said, "sha256").hex() for key in _keys]


def _joined(*parts: str) -> bytes:
    """The parts with their lengths, so that no two lists of parts read the same."""
    return b"".join(f"{len(part)}:{part}".encode() for part in parts)


def same(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def sign(purpose: str, value: Any) -> str:
    """A JSON value, readable but unforgeable, for a link or a form of ours."""
    return _serializer(purpose, *_keys).dumps(value)  # type: ignore[return-value]


def signed(purpose: str, text: str) -> Any:
    """The value that `sign` was given, or None when *text* was not made by us for *purpose*."""
    try:
        return _serializer(purpose, *_keys).loads(text)
    except BadSignature:
        return None


@lru_cache(maxsize=64)
def _serializer(purpose: str, *keys: bytes) -> URLSafeSerializer:
    """The signer of one purpose; itsdangerous signs with the last key of the list."""
    return URLSafeSerializer(list(reversed(keys)), salt=purpose)  # type: ignore[arg-type]
