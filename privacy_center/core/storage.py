"""Stored files: a folder by default, S3 and its kin by URL, behind a few words."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import from_url

from privacy_center.core import clock

CHUNK = 1024 * 1024
PATIENCE: Any = {"max_retries": 4, "retry_timeout": timedelta(seconds=30)}  # whoever asked tries again later

_store: dict[str, Any] = {}


class Missing(Exception):
    """No file is stored under that key."""


class Unreachable(OSError):
    """The file store did not do what it was asked for."""


def open_storage(url: str) -> None:
    """Keep files at *url* from now on; a local folder is made if need be."""
    _store.clear()
    if url.startswith("file:///"):
        _store["folder"] = Path(url.removeprefix("file://"))
        _store["folder"].mkdir(parents=True, exist_ok=True)
    _store["store"] = from_url(url, retry_config=PATIENCE)


def keep(key: str, content: bytes | Iterator[bytes]) -> None:
    """Store *content*, given whole or in pieces, under *key*; whole or not at all."""
    obstore.put(_store["store"], key, content)


def read(key: str) -> Iterator[bytes]:
    """The stored bytes in pieces; raises Missing before the first."""
    with _in_our_words(key):
        found = obstore.get(_store["store"], key)
    return _pieces(key, found)


def remove(key: str) -> None:
    """Remove what is stored under *key*; nothing there is as good."""
    with contextlib.suppress(Missing), _in_our_words(key):
        obstore.delete(_store["store"], key)


def listed(prefix: str, at_once: int = 1000) -> Iterator[list[tuple[str, datetime]]]:
    """The keys that begin with *prefix* and when each was written, so many at once."""
    for page in obstore.list(_store["store"], prefix, chunk_size=at_once):
        yield [(each["path"], each["last_modified"]) for each in page]


def remove_unnamed(prefix: str, older: timedelta, named: Callable[[list[str]], set[str]]) -> int:
    """Remove what lies under *prefix* since *older* and nothing names any more; returns how much. *named* says which of some keys something names.

    What is younger may be about to be named: whoever stores a file does so before the transaction that names it.
    """
    count = 0
    for page in listed(prefix):
        old = [key for key, written_at in page if written_at < clock.now() - older]
        for key in set(old) - named(old):
            remove(key)
            count += 1
    return count


def named_in(*fields: Any) -> Callable[[list[str]], set[str]]:
    """What tells `remove_unnamed` which of some keys stand in a row, in one of these *fields*."""
    return lambda keys: {key for field in fields for (key,) in field.model.select(field).where(field.in_(keys)).tuples()}


def publish(path: Path, key: str, *, name: str) -> None:
    """Store the file at *path*, which is gone afterwards, under *key*: whole or not at all; *name* is what it is called when it is saved.

    In a folder on the same disk it is only renamed.
    """
    folder = _store.get("folder")
    if folder is None:
        with path.open("rb") as content, _in_our_words(key):
            obstore.put(_store["store"], key, content, attributes={"Content-Disposition": disposition(name), "Content-Type": "application/zip"})
        path.unlink()
        return
    target = folder / key
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy_over(path, target)
        path.unlink()
    _keep_name(target)


def _copy_over(path: Path, target: Path) -> None:
    """Bring a file to another disk: under a name of its own until it is whole."""
    part = target.with_name(f"{target.name}.part")
    try:
        with path.open("rb") as source, part.open("wb") as copy:
            shutil.copyfileobj(source, copy, CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _keep_name(target: Path) -> None:
    """Let the name of a file survive a power cut, as its contents do."""
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def disposition(name: str) -> str:
    """The header by which a browser saves an answer under *name*, which is plain ASCII."""
    return f'attachment; filename="{name}"'


def size_of(key: str) -> int:
    """How many bytes are stored under *key*; raises Missing."""
    with _in_our_words(key):
        return int(obstore.head(_store["store"], key)["size"])


def part(key: str, begin: int, end: int) -> Iterator[bytes]:
    """The stored bytes from *begin* up to but not including *end*, in pieces; raises Missing before the first."""
    with _in_our_words(key):
        found = obstore.get(_store["store"], key, options={"range": (begin, end)})
    return _pieces(key, found)


def link(key: str, lasting: timedelta) -> str | None:
    """An address by which whoever has it can fetch the file for so long; None where only we can hand it out."""
    return None if "folder" in _store else str(obstore.sign(_store["store"], "GET", key, lasting))


def _pieces(key: str, found: Any) -> Iterator[bytes]:
    """What was found, piece by piece."""
    with _in_our_words(key):
        for piece in found.stream(min_chunk_size=CHUNK):
            yield bytes(piece)


@contextlib.contextmanager
def _in_our_words(key: str) -> Iterator[None]:
    """Let Missing or Unreachable be raised, whatever the store raises."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise Missing(key) from error
    except BaseError as error:
        raise Unreachable(key) from error


def works() -> None:
    """Write, read and remove a small file; raises what the store raises. For `flask doctor`."""
    keep("doctor/trial", b"trial")
    b"".join(read("doctor/trial"))
    remove("doctor/trial")
