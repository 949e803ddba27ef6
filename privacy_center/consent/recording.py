"""Writing answers down: the record, the entry in the audit log and the order to the product, in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale

from privacy_center.accounts.models import User
from privacy_center.consent.basis import LETS, ORDERS, Answer, Shown, locale_of
from privacy_center.consent.body import Said, body_of, scope_of
from privacy_center.consent.declared import ALL
from privacy_center.consent.models import COOKIES, ConsentRecord
from privacy_center.consent.wording import PURPOSES
from privacy_center.core import audit, clock, outbox
from privacy_center.core.db import database
from privacy_center.core.notices import notice_version
from privacy_center.core.proof import digest_of

ACTIONS = {
    Answer.AGREE: "consent given",
    Answer.WITHDRAW: "consent withdrawn",
    Answer.OBJECT: "objection made",
    Answer.TAKE_BACK: "objection taken back",
    Answer.RESTRICT: "processing restricted",
    Answer.LIFT: "restriction lifted",
}
STOPPED = {Answer.TAKE_BACK: Answer.OBJECT, Answer.LIFT: Answer.RESTRICT}


class NotAnAnswer(Exception):
    """The purpose does not rest on what was answered: there is no consent to a legitimate interest, and no taking back of nothing."""


class Held(NotAnAnswer):
    """Others hold the restriction, too: the person alone can't end it now."""


_holders: list[Callable[[int], bool]] = []


def held_by(tells: Callable[[int], bool]) -> Callable[[int], bool]:
    """Let *tells* say, by the number of a person, whether a restriction must stay for a reason that isn't theirs."""
    _holders.append(tells)
    return tells


def record(user: User, purpose: str, answer: Answer | str, *, method: str, language: str, by: str | None = None) -> ConsentRecord:
    """Write down what *user* answered, in the words of *language*; returns the record that counts from now on.

    An answer that says what is so already adds nothing: the record that said it is returned. *by* is the actor of the audit log where
    it isn't the person. Raises NotAnAnswer, Held.
    """
    asked = PURPOSES[purpose]
    if answer not in asked.answers:
        raise NotAnAnswer
    answer = Answer(answer)
    with database.atomic():
        User.locked(user.id)
        before = ConsentRecord.newest(user, purpose)
        if before and before.answer == answer:
            return before
        if before is None and answer in STOPPED:
            raise NotAnAnswer
        if answer is Answer.LIFT and by is None and any(tells(user.id) for tells in _holders):
            raise Held
        said = Said(
            person=user.id,
            purpose=purpose,
            answer=answer,
            shown=asked.shown_in(language),
            method=method,
            at=clock.now(),
            again=before is not None,
            **_here(),
        )
        made = add(said)
        audit.write(ACTIONS[answer], actor=by or f"user:{user.id}", person=user.id, subject=f"consent:{purpose}", reason=method)
        scope = {"purpose": purpose, "allowed": answer in LETS, "record": made.record_id, "decided_at": made.body["event"][0]["event_time"]}
        outbox.write(ORDERS[asked.basis], person=user.id, identity=user.subject, scope=scope, about=f"consent:{purpose}")
    return made


def record_cookies(user: Any, allowed: frozenset[str], *, method: str, language: str, at: datetime | None = None) -> ConsentRecord:
    """Write down which categories of cookies were allowed, by *user* or, for None, in a browser without an account."""
    person = user.id if user is not None else None
    with database.atomic():
        before = ConsentRecord.newest(user, COOKIES) if person else None
        answer = Answer.AGREE if allowed else Answer.WITHDRAW
        again = before is not None and before.answer == Answer.AGREE
        said = Said(
            person=person,
            purpose=COOKIES,
            answer=answer,
            shown=words_about_cookies(language),
            method=method,
            at=at or clock.now(),
            scope=scope_of(allowed),
            again=again,
            **_here(),
        )
        made = add(said)
        if person:
            audit.write("cookies answered", actor=f"user:{person}", person=person, subject="consent:cookies", reason=method)
    return made


def words_about_cookies(language: str) -> Shown:
    """What a person reads about cookies before answering."""
    with force_locale(locale_of(language)):
        return Shown("\n".join(f"{each.title}: {each.words}" for each in ALL), language)


def add(said: Said) -> ConsentRecord:
    """Add a record of what was said, and nothing else; in a transaction of the caller's."""
    body = body_of(said)
    return ConsentRecord.create(
        user=said.person,
        record_id=said.record_id,
        purpose=said.purpose,
        answer=said.answer.value,
        scope=said.scope,
        said_at=said.at,
        method=said.method,
        language=said.shown.language,
        words_version=said.shown.version,
        notice_version=said.notice,
        body=body,
        digest=digest_of(body),
    )


def _here() -> dict[str, Any]:
    """What every record names: itself, this site, and the notice that is shown now."""
    base = current_app.config["SETTINGS"].base_url
    return {"record_id": str(uuid.uuid4()), "base": base, "notice": notice_version()}
