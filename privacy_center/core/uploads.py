"""Files that people send us: what they are is found in the bytes, never in the name; what we don't want is refused in words.

PDF, JPEG, PNG and plain text are taken, and nothing that is one of these and something else besides. Pictures are drawn anew, so
that neither where they were taken nor what was hidden behind them is kept.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from privacy_center.core import kinds_of_file, sealing
from privacy_center.core.kinds_of_file import Refused

__all__ = ["LARGEST", "MOST", "SAVED_ONLY", "Refused", "Taken", "clean_name", "handed_back", "open_uploads", "take", "takes_files"]

View = TypeVar("View", bound=Callable[..., Any])

MEBIBYTE = 1024 * 1024
LARGEST = 10 * MEBIBYTE
MOST = 5
LARGEST_FORM = MOST * LARGEST + MEBIBYTE
LONGEST_NAME = 100
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.txt,application/pdf,image/jpeg,image/png,text/plain"  # for `accept` of the field
# A file that somebody sent is never shown within the site, whatever it is.
SAVED_ONLY = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt"}


@dataclass(frozen=True)
class Taken:
    """A file as it will be kept: its cleaned name, what it is, its bytes, and their SHA-256."""

    name: str
    media_type: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return len(self.content)


def takes_files(view: View) -> View:
    """Mark a view whose form may carry files; all other forms stay small."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def open_uploads(app: Flask) -> None:
    """Let forms of marked views be as large as their files; before anything reads the form."""

    @app.url_value_preprocessor
    def _make_room(endpoint: str | None, _values: Any) -> None:
        if endpoint and getattr(current_app.view_functions.get(endpoint), "takes_files", False):
            request.max_content_length = LARGEST_FORM


def take(file: FileStorage) -> Taken:
    """The file as it is to be kept; raises Refused, whose text is a sentence for people."""
    content = file.stream.read(LARGEST + 1)
    if not content:
        raise Refused(_l("This file is empty"))
    if len(content) > LARGEST:
        raise Refused(_l("This file is larger than 10 MB"))
    media_type, kept = kinds_of_file.examined(content)
    if len(kept) > LARGEST:
        raise Refused(_l("This picture is too large; make it smaller, or send a photo of it"))
    return Taken(clean_name(file.filename or "", media_type), media_type, kept, hashlib.sha256(kept).hexdigest())


def handed_back(key: str, name: str, media_type: str = "application/octet-stream") -> Response:
    """A file that was kept sealed under *key*, to be saved and never shown: others chose what it holds. Raises Missing or Unreadable."""
    answer = Response(sealing.open(key), content_type=media_type)
    answer.headers.update(SAVED_ONLY)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def clean_name(name: str, media_type: str) -> str:
    """A name that is safe to save under and to show: no folders, nothing invisible, the ending that the contents deserve."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(each if each.isalnum() or each in " -_()" or unicodedata.category(each) in ("Mn", "Mc") else " " for each in _without_ending(last))
    stem = re.sub(r"\s+", " ", visible).strip(" -_")[:LONGEST_NAME].strip()
    return f"{stem or 'file'}.{ENDINGS[media_type]}"


def _without_ending(name: str) -> str:
    """The name without what looks like an ending."""
    return re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
