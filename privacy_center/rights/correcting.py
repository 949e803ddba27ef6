"""Correction: what is held beside what is wished, and changing it once an officer has approved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from privacy_center.accounts.identity import LONGEST_TEXT, email_of, text_of
from privacy_center.accounts.models import User
from privacy_center.core import audit, outbox
from privacy_center.core.db import database
from privacy_center.datamap import registry
from privacy_center.rights.models import Request

# What of an account may be corrected; everything else is told in words and corrected where it comes from.
FIELDS = ("name", "email", "country", "language")


@dataclass(frozen=True)
class Beside:
    """One field of a correction: what it is called, what is held now, what is wished."""

    field: str
    title: Any
    held: str | None
    wished: str

    @property
    def is_done(self) -> bool:
        """Whether what is held is what is wished."""
        return self.held == self.wished


def cleaned(field: str, wished: str) -> str | None:
    """What is wished as it would be kept; None when it can't stand in that field."""
    if field == "email":
        return email_of(wished)
    longest = {"country": 10, "language": 35}.get(field, LONGEST_TEXT)
    return text_of(wished, longest) if field in FIELDS else None


def beside(request: Request, account: User | None = None) -> list[Beside]:
    """What is held beside what is wished, field by field, in the request's own account or in another that it may be about."""
    wished = (request.wants or {}).get("fields") or {}
    user = account or request.user
    titles = {field.name: note.words for field, note in registry.personal_fields(User)}
    held = {name: getattr(user, name) if user else None for name in FIELDS}
    return [Beside(name, titles[name], held[name], str(wished[name])) for name in FIELDS if name in wished]


def apply(request: Request, fields: Iterable[str], *, by: str, account: User | None = None) -> list[str]:
    """Change what was approved, and tell connected systems, in a transaction of the caller's; returns the fields that were changed."""
    whose = account or request.user
    if whose is None:
        return []
    with database.atomic():
        user = User.locked(whose.id)
        changes = {each.field: cleaned(each.field, each.wished) for each in beside(request, user) if each.field in set(fields)}
        changes = {name: value for name, value in changes.items() if value is not None and value != getattr(user, name)}
        if not changes:
            return []
        User.update(**changes).where(User.id == user.id).execute()
        outbox.write(outbox.CORRECTION, person=user.id, identity=user.subject, scope={"fields": changes}, about=f"correction:{request.id}")
        audit.write("data corrected", actor=by, person=user.id, subject=f"request:{request.id}", reason=", ".join(sorted(changes)))
    return sorted(changes)
