"""The answer to an edition: which one, and what; and why an answer can't be taken."""

from __future__ import annotations

from flask_babel import gettext as _

from privacy_center.policy import answering
from privacy_center.policy.current import in_force_or_coming
from privacy_center.policy.models import Edition


class NotTaken(Exception):
    """An answer that can't be kept, with a sentence for its person."""


def read_answer(day: str, answer: str) -> Edition:
    """The edition that is answered about; raises NotTaken when it can't be, or not in this way."""
    open_ones = {edition.effective_on: edition for edition in in_force_or_coming()}
    if day not in open_ones:
        raise NotTaken(_("That edition doesn’t count any more, or never was. Read the one that does, and answer about it."))
    if answer not in answering.choices(open_ones[day]):
        raise NotTaken(_("That is not an answer to what was asked. Choose one of the buttons."))
    return open_ones[day]
