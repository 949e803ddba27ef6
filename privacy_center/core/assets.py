"""Style, script and pictures: compressed once, and kept by browsers for as long as they stay the same."""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

COMPRESSED = (".css", ".js", ".svg")
A_DAY = 86_400
A_YEAR = 365 * A_DAY

# base.css names the base layer by its plain address, and a second address would be a second download.
WITHOUT_VERSION = "vendor/"
COMMENT = re.compile(rb"/\*(?!!).*?\*/", re.DOTALL)
INDENTATION = re.compile(rb"\n\s+")

LOOK_AGAIN_AFTER = 1.0  # seconds

_looked: dict[str, tuple[float, str | None]] = {}


@dataclass(frozen=True)
class Asset:
    """A file's bytes as they travel, and the version that its contents make."""

    packed: bytes
    version: str


def serve_assets(app: Flask) -> None:
    """Serve static files packed, under addresses that change with their contents."""
    folder = Path(str(app.static_folder))

    def static(filename: str) -> Response:
        return send(app, folder, filename)

    @app.url_defaults
    def _version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and (version := version_of(folder, values["filename"])):
            values["v"] = version

    app.view_functions["static"] = static


def send(app: Flask, folder: Path, filename: str) -> Response:
    """A file, packed where that helps and the browser can read it."""
    plain = app.send_static_file(filename)
    path = folder / filename
    if plain.status_code == 200 and filename.endswith(COMPRESSED) and request.accept_encodings["gzip"] and "Range" not in request.headers:
        found = asset(path)
        plain.close()
        answer = Response(found.packed, mimetype=plain.mimetype, headers={"Content-Encoding": "gzip"})
        answer.set_etag(f"{found.version}-gzip")
        answer.last_modified = plain.last_modified
        answer.make_conditional(request)
    else:
        answer = plain
    answer.headers["Cache-Control"] = _kept(path, filename)
    answer.vary.add("Accept-Encoding")
    return answer


def _kept(path: Path, filename: str) -> str:
    """How long a browser may keep the file: for ever under the address of this very version."""
    if "v" in request.args and request.args["v"] == asset(path).version:
        return f"public, max-age={A_YEAR}, immutable"
    return f"public, max-age={A_DAY}" if filename.startswith(WITHOUT_VERSION) else "no-cache"


def version_of(folder: Path, filename: str) -> str | None:
    """The version that a file's address carries; None for one without, or that isn't there. A page asks ten times; we look once a second."""
    if filename.startswith(WITHOUT_VERSION):
        return None
    path = f"{folder}/{filename}"
    looked_at, version = _looked.get(path, (-LOOK_AGAIN_AFTER, None))
    if (now := time.monotonic()) - looked_at > LOOK_AGAIN_AFTER:
        version = asset(Path(path)).version if Path(path).is_file() else None
        _looked[path] = now, version
    return version


def asset(path: Path) -> Asset:
    """The file, packed once for as long as it is not changed."""
    found = path.stat()
    return _asset(path, found.st_mtime_ns, found.st_size)


@cache
def _asset(path: Path, _changed: int, _size: int) -> Asset:
    """Read and pack the file."""
    body = path.read_bytes()
    return Asset(gzip.compress(tight(body) if path.suffix == ".css" else body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:10])


def tight(style: bytes) -> bytes:
    """Style without what is for its readers: comments, but for notices of rights (`/*!`), and the space at the beginning of lines."""
    return INDENTATION.sub(b"\n", COMMENT.sub(b"", style))
