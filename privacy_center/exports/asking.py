"""Asking for a copy, and thinking again: cancelling one that is being made, deleting one that is ready."""

from __future__ import annotations

from typing import Any

from peewee import IntegrityError

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs
from privacy_center.core.db import database
from privacy_center.datamap.words import Category
from privacy_center.exports.contents import Choice
from privacy_center.exports.models import Export

BUILD, TELL, TIDY = "exports.build", "exports.tell", "exports.tidy"
NOBODY = 0  # the subject of a tidying that looks at all


def ask(user: User, choice: Choice, language: str, *, made_for: str = "person") -> Export:
    """Begin a copy of *user*'s data, or find the one that they have already begun: a person has one unfinished copy at most.

    *made_for* is the person, a request or a guardian: one that a request is answered with is made beside it, for the person as well; a
    guardian's isn't on the person's page, and the guardians' room says who may fetch it.
    """
    said: dict[str, Any] = {
        "categories": [each.value for each in Category if each in choice.categories],
        "since": choice.since,
        "until": choice.until,
        "with_files": choice.with_files,
        "language": language,
        "made_for": made_for,
    }
    try:
        with database.atomic():
            User.locked(user.id)  # a deletion under way sees this copy, or this copy what is deleted
            export = Export.create(user=user, storage_key=Export.new_key(), **said)
            jobs.start(BUILD, export.id)
            audit.write("copy asked for", actor=f"user:{user.id}" if made_for == "person" else "system", person=user.id, subject=f"export:{export.id}")
    except IntegrityError:
        running = unfinished(user)
        if running is None:  # it has come to its end in this moment
            return ask(user, choice, language, made_for=made_for)
        return running
    return export


def unfinished(user: User) -> Export | None:
    """The copy of the person's that is still to be made."""
    found: Export | None = Export.owned_by(user).where(Export.unfinished() & (Export.made_for == "person")).first()
    return found


def choice_of(export: Export) -> Choice:
    """What a copy was to hold."""
    return Choice(frozenset(Category(each) for each in export.categories), export.since, export.until, export.with_files)


def cancel(export: Export) -> bool:
    """Stop a copy that is being made; False when it has come to its end already."""
    with database.atomic():
        if not _leave(export, "cancelled", Export.unfinished()):
            return False
        audit.write("copy stopped", actor=f"user:{export.user_id}", person=export.user_id, subject=f"export:{export.id}")
    return True


def delete(export: Export) -> bool:
    """Remove a copy that is ready; False when it is not there any more."""
    with database.atomic():
        if not _leave(export, "deleted", Export.state == "ready"):
            return False
        audit.write("copy deleted", actor=f"user:{export.user_id}", person=export.user_id, subject=f"export:{export.id}")
    return True


def _leave(export: Export, state: str, while_: Any) -> bool:
    """Let a copy come to its end, and what is stored of it be removed; in a transaction of the caller's."""
    if not Export.update(state=state, ended_at=clock.now()).where((Export.id == export.id) & while_).execute():
        return False
    jobs.start(TIDY, export.id)
    return True


def note_download(export: Export) -> None:
    """Note that its owner takes it home; the page and the log of acts say so."""
    now = clock.now()
    with database.atomic():
        Export.update(downloads=Export.downloads + 1, downloaded_at=now).where(Export.id == export.id).execute()
        audit.write("copy downloaded", actor=f"user:{export.user_id}", person=export.user_id, subject=f"export:{export.id}")


def lost(export: Export) -> None:
    """Note that what should lie in the file store is not there, or not whole: it can be asked for anew."""
    with database.atomic():
        was_there = (Export.id == export.id) & (Export.state == "ready")
        if Export.update(state="failed", ended_at=clock.now(), trouble="lost").where(was_there).execute():
            jobs.start(TIDY, export.id)
