"""What a browser says by itself about privacy: Global Privacy Control, and the older Do Not Track."""

from __future__ import annotations

from flask import g, request

HEADERS = ("Sec-GPC", "DNT")


def gpc() -> bool:
    """Whether the browser sends Global Privacy Control: exactly `1`, in one of its headers; anything else means nothing."""
    return _says_one("Sec-GPC")


def dnt() -> bool:
    """Whether the browser sends Do Not Track."""
    return _says_one("DNT")


def objects() -> bool:
    """Whether the browser has said no by itself."""
    return gpc() or dnt()


def _says_one(name: str) -> bool:
    """Whether one of the headers of that name is exactly `1`; a server joins several of a name by commas (RFC 3875, 4.1.18)."""
    g.varies = HEADERS  # a cache must know that the page depends on them
    said = request.headers.get(name)
    return said is not None and "1" in [each.strip() for each in said.split(",")]
