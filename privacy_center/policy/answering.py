"""Keeping what a person says of an edition: a record, its receipt, the words in which we asked; and telling those who must know."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale, gettext

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, outbox
from privacy_center.core.db import database
from privacy_center.core.proof import digest_of, new_code
from privacy_center.datamap import policy
from privacy_center.policy.models import AGREE, READ, REFUSE, Acknowledgement, Edition

FORMAT = "zcode-policy-answer-1"
ACTS = {READ: "policy read", AGREE: "policy agreed to", REFUSE: "policy not agreed to"}
PASSED_ON = {AGREE: True, REFUSE: False}


def choices(edition: Edition) -> tuple[str, ...]:
    """What can be answered: agreement is asked for, and refused as easily, where the law needs it; else reading is all."""
    return (AGREE, REFUSE) if edition.material else (READ,)


def words_of(answer: str) -> dict[str, str]:
    """The words of a question, its effect and the answer, as the page shows them in its language and the receipt keeps them."""
    if answer == READ:
        asked = gettext("Have you read this edition?")
        effect = gettext("We note that you have, and when, and stop telling you of it. It is no consent to anything.")
        return {"question": asked, "effect": effect, "answer": gettext("I have read it")}
    asked = gettext("Do you agree to the changes of this edition?")
    effect = gettext(
        "If you agree, what is new in this edition may be done with your data from the day it takes effect. If you don’t, whatever "
        "is new and needs your consent is not done with them, and all else goes on as before. You can change your answer here at any time."
    )
    return {"question": asked, "effect": effect, "answer": gettext("I agree") if answer == AGREE else gettext("I don’t agree")}


def keep(user: User, edition: Edition, answer: str, *, language: str) -> Acknowledgement:
    """Keep an answer; the same answer twice is kept once. The newest counts."""
    with database.atomic():
        User.locked(user.id)
        standing = Acknowledgement.standing(user, edition)
        if standing and standing.answer == answer:
            return standing
        now, code = clock.now(), new_code("PA")
        body = _body(edition, answer, code, now.isoformat(timespec="seconds"), language)
        made = Acknowledgement.create(user=user, edition=edition, answer=answer, at=now, code=code, body=body, digest=digest_of(body))
        audit.write(ACTS[answer], actor=f"user:{user.id}", person=user.id, subject=f"edition:{edition.effective_on}")
        if answer in PASSED_ON:
            scope = {"purpose": "policy", "edition": edition.effective_on, "allowed": PASSED_ON[answer], "record": code, "decided_at": body["answered_at"]}
            outbox.write(outbox.CONSENT, person=user.id, identity=user.subject, scope=scope, about=f"policy:{edition.effective_on}")
    return made


def _body(edition: Edition, answer: str, code: str, at: str, language: str) -> dict[str, Any]:
    """What the receipt says: which text, what was asked in which words, what was answered; nothing of who answered."""
    with force_locale("zh_Hans" if language.startswith("zh") else "en"):
        words = words_of(answer)
    return {
        "format": FORMAT,
        "code": code,
        "controller": {"name": policy.CONTROLLER.name, "address": policy.CONTROLLER.address, "contact": policy.CONTROLLER.contact},
        "edition": {"effective_on": edition.effective_on, "sha256": edition.digest, "material": edition.material},
        "answer": answer,
        "answered_at": at,
        "language": language,
        "words": words,
    }
