"""Taking an answer from a page that may be old: the newest answer wins, a yes only to the words that are shown now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from privacy_center.consent.basis import Answer
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.recording import Held, NotAnAnswer, record
from privacy_center.consent.wording import PURPOSES
from privacy_center.core.db import database

__all__ = ["Held", "NotAnAnswer", "Outcome", "WordsChanged", "answer"]


class WordsChanged(Exception):
    """The page showed other words than those that would be agreed to now; nothing was changed."""


@dataclass(frozen=True)
class Outcome:
    """What became of an answer: the record that counts, whether it was added by it, and the answer that the page did not know of."""

    record: ConsentRecord
    added: bool
    unknown: ConsentRecord | None


def answer(user: Any, purpose: str, said: str, *, seen: str | None, words: str | None, language: str) -> Outcome:
    """Take *user*'s answer, from a page that had *seen* this record as the newest and showed the *words* of this version.

    Stopping always counts, whatever the page showed. Raises NotAnAnswer, WordsChanged.
    """
    with database.atomic():
        before = ConsentRecord.newest(user, purpose)
        if said in (Answer.AGREE, Answer.TAKE_BACK) and words is not None and words != PURPOSES[purpose].shown_in(language).version:
            raise WordsChanged
        made = record(user, purpose, said, method="choices", language=language)
    unknown = before if before and seen is not None and seen != before.record_id else None
    return Outcome(made, before is None or made.id != before.id, unknown)
