"""What asking a person rests on: legal bases, the answers that each knows, purposes, and the words that were shown."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from privacy_center.datamap.words import Category, Words

VERSION_LENGTH = 12


class Basis(enum.StrEnum):
    """What processing for a purpose rests on, and so which answers there are."""

    CONSENT = "consent"
    LEGITIMATE_INTEREST = "legitimate interest"
    RESTRICTION = "restriction"


class Answer(enum.StrEnum):
    """What a person may say."""

    AGREE = "agree"
    WITHDRAW = "withdraw"
    OBJECT = "object"
    TAKE_BACK = "take back"
    RESTRICT = "restrict"
    LIFT = "lift"


# For each basis: the answer after which the processing may go on, and the one after which it may not.
ANSWERS = {
    Basis.CONSENT: (Answer.AGREE, Answer.WITHDRAW),
    Basis.LEGITIMATE_INTEREST: (Answer.TAKE_BACK, Answer.OBJECT),
    Basis.RESTRICTION: (Answer.LIFT, Answer.RESTRICT),
}
LETS = (Answer.AGREE, Answer.TAKE_BACK, Answer.LIFT)
ORDERS = {Basis.CONSENT: "consent", Basis.LEGITIMATE_INTEREST: "objection", Basis.RESTRICTION: "restriction"}
GROUNDS = {
    Basis.CONSENT: _l("Your consent (GDPR Art. 6 (1) (a))"),
    Basis.LEGITIMATE_INTEREST: _l("Our legitimate interest in a better ZCode (GDPR Art. 6 (1) (f)); you may object without a reason (Art. 21)"),
    Basis.RESTRICTION: _l("Your right to restrict processing (GDPR Art. 18)"),
}
EXPLICIT = _l("Your explicit consent (GDPR Art. 9 (2) (a))")


@dataclass(frozen=True)
class Purpose:
    """One purpose: what we would do, what stopping it changes, and how its two answers are called on buttons and in states."""

    key: str
    basis: Basis
    title: Words
    words: Words
    effect: Words
    start: Words
    stop: Words
    on: Words
    off: Words
    started: Words
    stopped: Words
    categories: tuple[Category, ...]
    dpv: str  # the W3C's Data Privacy Vocabulary has a word for it
    special: bool = False

    @property
    def ground(self) -> Words:
        """What it rests on, with the article."""
        return EXPLICIT if self.special else GROUNDS[self.basis]

    @property
    def answers(self) -> tuple[Answer, Answer]:
        """The answer that lets us, and the one that stops us."""
        return ANSWERS[self.basis]

    def shown_in(self, language: str) -> Shown:
        """The words as a page in *language* (a tag as HTML has it) shows them."""
        with force_locale(locale_of(language)):
            parts = [str(each) for each in (self.title, self.words, self.effect, self.ground)]
        return Shown("\n".join(parts), language)


@dataclass(frozen=True)
class Shown:
    """Words that a person read before answering, and their language."""

    text: str
    language: str

    @property
    def version(self) -> str:
        """Names exactly these words: the beginning of their SHA-256."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:VERSION_LENGTH]


def locale_of(language: str) -> str:
    """Our name for a language tag."""
    return "zh_Hans" if language.lower().startswith("zh") else "en"
