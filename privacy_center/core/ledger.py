"""The ledger: small files that are only ever added, kept where a backup that is put back does not reach.

What was erased since a backup was taken must be erased again when it is put back, and the database that knew of it is the one
that was replaced. So what is needed for that lies beside it: keyed digests, from which nobody can tell whose they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import obstore
import orjson
from obstore.exceptions import BaseError
from obstore.store import from_url

from privacy_center.core import clock, tokens
from privacy_center.core.storage import PATIENCE, Unreachable

FOLDER = "erasures/"

_place: dict[str, Any] = {}


def open_ledger(url: str) -> None:
    """Keep the ledger at *url* from now on; a local folder is made when something is added."""
    _place.clear()
    if url.startswith("file:///"):
        _place["folder"] = Path(url.removeprefix("file://"))
    else:
        _place["store"] = from_url(url, retry_config=PATIENCE)


def add(said: Iterable[Any]) -> None:
    """Add one file with a JSON value on each line: on the disk, or in the store, when this returns; raises Unreachable."""
    content = b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in said)
    name = f"{FOLDER}{clock.now():%Y%m%dT%H%M%S%f}-{tokens.new_token()[:16]}.ndjson"
    try:
        if "folder" in _place:
            _write(_place["folder"] / name, content)
        else:
            obstore.put(_place["store"], name, content)
    except (OSError, BaseError) as error:
        raise Unreachable(name) from error


def works() -> None:
    """Write a trial, again over the one before; raises what the place raises. For `flask doctor`."""
    if "folder" in _place:
        _write(_place["folder"] / "trial", b"trial")
    else:
        obstore.put(_place["store"], "trial", b"trial")


def _write(path: Path, content: bytes) -> None:
    """Write a file that survives a power cut, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def entries() -> Iterator[Any]:
    """Everything that was ever added, in its order; raises Unreachable."""
    try:
        for content in _files():
            yield from (orjson.loads(line) for line in content.splitlines())
    except (OSError, BaseError) as error:
        raise Unreachable(FOLDER) from error


def _files() -> Iterator[bytes]:
    """The contents of each file."""
    if "folder" in _place:
        for path in sorted((_place["folder"] / FOLDER).glob("*.ndjson")):
            yield path.read_bytes()
        return
    names = sorted(each["path"] for page in obstore.list(_place["store"], FOLDER) for each in page)
    for name in names:
        yield bytes(obstore.get(_place["store"], name).bytes())
