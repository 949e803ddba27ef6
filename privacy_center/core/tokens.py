"""Secrets and digests: random tokens, hashes at rest, keyed digests, signed values for links and cursors."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import Any

import orjson
from itsdangerous import BadData, Signer
from itsdangerous.encoding import base64_decode, base64_encode

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
    return "".join([f"{len(part)}:{part}" for part in parts]).encode()


def same(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def sign(purpose: str, value: Any) -> str:
    """A JSON value, readable but unforgeable, for a link or a form of ours."""
    return _signer(purpose, *_keys).sign(base64_encode(orjson.dumps(value))).decode()


def signed(purpose: str, text: str) -> Any:
    """The value that `sign` was given, or None when *text* was not made by us for *purpose*."""
    try:
        return orjson.loads(base64_decode(_signer(purpose, *_keys).unsign(text)))
    except (BadData, ValueError):
        return None


@lru_cache(maxsize=64)
def _signer(purpose: str, *keys: bytes) -> Signer:
    """The signer of one purpose; itsdangerous signs with the last key of the list."""
    return Signer(list(reversed(keys)), salt=purpose, digest_method=hashlib.sha256)
