"""Writing letters about a request, with the files that belong to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from privacy_center.core import sealing
from privacy_center.core.uploads import Taken
from privacy_center.rights.models import Attachment, Letter, Request

FOLDER = "requests/"  # in the file store


def seal(files: Iterable[Taken]) -> list[dict[str, Any]]:
    """Put files into the store, encrypted; returns what `write` takes. Before the transaction: what no letter names is swept away."""
    kept = []
    for each in files:
        key = sealing.new_key(FOLDER)
        sealing.keep(key, each.content)
        kept.append({"name": each.name, "media_type": each.media_type, "size": each.size, "sha256": each.sha256, "storage_key": key})
    return kept


def write(request: Request, direction: str, words: str, *, files: Iterable[dict[str, Any]] = (), author: int | None = None) -> Letter:
    """Add a letter with files that were sealed, in a transaction of the caller's."""
    letter = Letter.create(request=request, direction=direction, words=words, author=author)
    for each in files:
        Attachment.create(letter=letter, **each)
    return letter


def correspondence(request: Request) -> list[Letter]:
    """Every letter about a request with its attachments, the oldest first."""
    letters = list(Letter.select().where(Letter.request == request).order_by(Letter.written_at, Letter.id))
    files: dict[int, list[Attachment]] = {}
    for each in Attachment.select().where(Attachment.letter.in_(letters)).order_by(Attachment.id) if letters else ():
        files.setdefault(each.letter_id, []).append(each)
    for letter in letters:
        letter.attachments = files.get(letter.id, [])
    return letters


def forget(request: Request) -> list[str]:
    """Delete every letter about a request, in a transaction of the caller's; returns what is to be removed from the file store after it."""
    letters = Letter.select(Letter.id).where(Letter.request == request)
    keys = [str(each.storage_key) for each in Attachment.select().where(Attachment.letter.in_(letters)) if each.storage_key]
    Letter.delete().where(Letter.request == request).execute()  # and what came with them
    return keys
