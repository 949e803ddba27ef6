"""Stored files: a folder by default, S3 and its kin by URL, behind a few words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import from_url

CHUNK = 1024 * 1024

_store: dict[str, Any] = {}


class Missing(Exception):
    """No file is stored under that key."""


def open_storage(url: str) -> None:
    """Keep files at *url* from now on; a local folder is made if need be."""
    if url.startswith("file:///"):
        Path(url.removeprefix("file://")).mkdir(parents=True, exist_ok=True)
    _store["store"] = from_url(url)


def keep(key: str, content: bytes) -> None:
    """Store *content* under *key*; whole or not at all."""
    obstore.put(_store["store"], key, content)


def read(key: str) -> Iterator[bytes]:
    """The stored bytes in pieces; raises Missing before the first."""
    try:
        found = obstore.get(_store["store"], key)
    except (NotFoundError, FileNotFoundError) as error:
        raise Missing(key) from error
    return (bytes(piece) for piece in found.stream(min_chunk_size=CHUNK))


def remove(key: str) -> None:
    """Remove what is stored under *key*; nothing there is as good."""
    try:
        obstore.delete(_store["store"], key)
    except (NotFoundError, FileNotFoundError):
        return


def listed(prefix: str, at_once: int = 1000) -> Iterator[list[tuple[str, datetime]]]:
    """The keys that begin with *prefix* and when each was written, so many at once."""
    for page in obstore.list(_store["store"], prefix, chunk_size=at_once):
        yield [(each["path"], each["last_modified"]) for each in page]


def works() -> None:
    """Write, read and remove a small file; raises what the store raises. For `flask doctor`."""
    keep("doctor/trial", b"trial")
    b"".join(read("doctor/trial"))
    remove("doctor/trial")
