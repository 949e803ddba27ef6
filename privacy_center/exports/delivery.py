"""Handing an archive out: whole or in part, so that a download that broke off goes on where it was (RFC 9110, section 14)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse
from werkzeug.wsgi import wrap_file

from privacy_center.core import storage
from privacy_center.exports import asking
from privacy_center.exports.models import Export

LINK_LASTS = timedelta(seconds=60)


def hand_out(export: Export, note: Callable[[Export], None]) -> AnyResponse | None:
    """The archive, whole or in part, which is *note*d when it begins; None, once that is noted too, when it is not there any more.

    While the file store can't be reached the answer is 503.
    """
    try:
        answered = answer(export)
    except storage.Missing:
        asking.lost(export)
        return None
    except storage.Unreachable:
        abort(503)
    if begins(answered):
        note(export)
    return answered


class Stored(io.RawIOBase):
    """A file in the store that can be read from any place on."""

    def __init__(self, key: str, size: int) -> None:
        self.key, self.size, self.position = key, size, 0

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def seekable(self) -> bool:
        """From any place on."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go on from there."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.size}[whence]
        self.position = begin + offset
        return self.position

    def tell(self) -> int:
        """Where it goes on."""
        return self.position

    def read(self, size: int = -1) -> bytes:
        """The next bytes; fewer at the end."""
        end = self.size if size < 0 else min(self.position + size, self.size)
        found = b"".join(storage.part(self.key, self.position, end)) if end > self.position else b""
        self.position += len(found)
        return found


def answer(export: Export) -> AnyResponse:
    """The archive, or the part of it that was asked for; from an object store by a link of a minute. Raises storage.Missing."""
    assert export.storage_key is not None and export.size is not None, "only what is ready is handed out"
    if storage.size_of(export.storage_key) != export.size:
        raise storage.Missing(export.storage_key)
    if link := storage.link(export.storage_key, LINK_LASTS):
        return redirect(link, 303)
    body = wrap_file(request.environ, Stored(export.storage_key, export.size), storage.CHUNK)  # type: ignore[arg-type]
    response = Response(body, mimetype="application/zip", direct_passthrough=True)
    response.content_length = export.size
    response.headers["Content-Disposition"] = storage.disposition(export.file_name)
    response.headers["Cache-Control"] = "private, no-store"
    response.set_etag(export.sha256 or "")
    return response.make_conditional(_asked(), accept_ranges=True, complete_length=export.size)


def begins(answer: AnyResponse) -> bool:
    """Whether a download begins with this answer, rather than going on."""
    if request.method != "GET" or answer.status_code not in (200, 206, 303):
        return False
    return answer.status_code != 206 or answer.content_range.start == 0


def _asked() -> dict[str, Any]:
    """The request; without the parts it asks for when they are several, or not counted in bytes: then the whole is a right answer."""
    asked = request.range
    understood = asked is not None and asked.units == "bytes" and len(asked.ranges) == 1
    return {name: value for name, value in request.environ.items() if name != "HTTP_RANGE" or understood}
