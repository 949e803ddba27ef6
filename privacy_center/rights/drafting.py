"""What was typed into the forms of a request, kept on our side as it is typed: found by this browser's visit, or by the form itself.

The form carries the draft's token along with the visit's cookie, so that it finds its draft even when the visit has ended. What somebody
typed who was signed in is shown again to nobody else, whoever sits at the browser afterwards.
"""

from __future__ import annotations

from typing import Any

from flask import request, session
from flask_login import current_user
from peewee import IntegrityError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from privacy_center.accounts.models import User
from privacy_center.core import clock, sealing, storage, tokens
from privacy_center.core.db import database
from privacy_center.core.uploads import MOST, Taken
from privacy_center.rights.drafts import FOLDER, Draft, DraftFile

VISIT, FIELD, WHOSE = "draft", "draft", "whose"
LONGEST_TOKEN = 100


def token_here() -> str:
    """The token of this browser's drafts, made when there is none; a form that brings one along is believed, since nobody can guess it."""
    token = str(_in_form(FIELD)[:LONGEST_TOKEN] or session.get(VISIT) or tokens.new_token())
    if session.get(VISIT) != token:
        session[VISIT] = token
    return token


def _in_form(name: str) -> str:
    """What the form carries under that name; nothing, when it is too large to be read."""
    try:
        return str(request.form.get(name, "")) if request.method == "POST" else ""
    except RequestEntityTooLarge:
        return ""


def whose_form() -> str:
    """What a form carries so that we know whose it was when its session has lapsed; nothing for a stranger."""
    return tokens.sign(WHOSE, current_user.id) if current_user.is_authenticated else ""


def _brought_by() -> int | None:
    """The number of the person for whom the form was made; None for a stranger's."""
    said = tokens.signed(WHOSE, _in_form(WHOSE)[:300])
    return said if isinstance(said, int) else None


def has_lapsed() -> bool:
    """Whether this form was made for somebody who is not signed in any more, or not here."""
    whose = _brought_by()
    return whose is not None and (not current_user.is_authenticated or current_user.id != whose)


def find(right: str) -> Draft | None:
    """What was typed for this right in this browser by whoever is here now, or by nobody in particular."""
    draft: Draft | None = _kept(right)
    if draft is None or draft.user_id is None:
        return draft
    return draft if current_user.is_authenticated and draft.user_id == current_user.id else None


def waits_for_sign_in(right: str) -> bool:
    """Whether something is kept here that only its person, signed in, may see again."""
    draft = _kept(right)
    return draft is not None and draft.request is None and draft.user_id is not None and not current_user.is_authenticated


def _kept(right: str) -> Draft | None:
    draft: Draft | None = Draft.get_or_none((Draft.token_hash == tokens.at_rest(token_here())) & (Draft.right == right))
    return draft


def save(right: str, answers: dict[str, list[str]]) -> Draft:
    """Keep what was typed beside what is kept already, for whoever is here, or for whom the form was made."""
    user = _brought_by() if has_lapsed() else current_user.id if current_user.is_authenticated else None
    if user is not None and not User.select().where(User.id == user).exists():
        user = None
    draft = _kept(right)
    if draft is not None and (draft.request is not None or draft.user_id not in (None, user)):
        forget(draft)
        draft = None
    if draft is None:
        draft = _begun(right)
    said = {**draft.answers, **answers}
    Draft.update(user=user, answers=said, saved_at=clock.now()).where((Draft.id == draft.id) & Draft.request.is_null()).execute()
    draft.answers, draft.user_id = said, user
    return draft


def _begun(right: str) -> Draft:
    """A new draft, or the one that another tab has begun in this moment."""
    hashed = tokens.at_rest(token_here())
    try:
        with database.atomic():
            return Draft.create(token_hash=hashed, right=right)
    except IntegrityError:
        return Draft.get((Draft.token_hash == hashed) & (Draft.right == right))


def typed(draft: Draft | None) -> MultiDict[str, str]:
    """What is kept, as a form reads it."""
    answers: Any = draft.answers if draft is not None and draft.request is None else {}
    return MultiDict([(name, value) for name, values in answers.items() for value in values])


def attach(draft: Draft, file: Taken) -> bool:
    """Keep a file with the draft, encrypted; False when there are enough already."""
    if DraftFile.select().where(DraftFile.draft == draft).count() >= MOST:
        return False
    key = sealing.new_key(FOLDER)
    sealing.keep(key, file.content)
    DraftFile.create(draft=draft, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256, storage_key=key)
    Draft.update(saved_at=clock.now()).where(Draft.id == draft.id).execute()
    return True


def files_of(draft: Draft | None) -> list[DraftFile]:
    """The files of a draft, in the order in which they were attached."""
    return list(DraftFile.select().where(DraftFile.draft == draft).order_by(DraftFile.id)) if draft else []


def detach(draft: Draft, number: int) -> None:
    """Remove one file; nothing there is as good."""
    for file in DraftFile.select().where((DraftFile.draft == draft) & (DraftFile.id == number)):
        file.delete_instance()
        storage.remove(str(file.storage_key))


def use_up(draft: Draft, number: int) -> bool:
    """Note which request came of a draft, and forget the rest; False when one came of it before. In the transaction that makes the request."""
    if not Draft.update(request=number, answers={}).where((Draft.id == draft.id) & Draft.request.is_null()).execute():
        return False
    DraftFile.delete().where(DraftFile.draft == draft).execute()
    return True


def forget(draft: Draft) -> None:
    """Remove a draft and its files."""
    keys = [str(each.storage_key) for each in files_of(draft)]
    Draft.delete().where(Draft.id == draft.id).execute()
    for key in keys:
        storage.remove(key)
