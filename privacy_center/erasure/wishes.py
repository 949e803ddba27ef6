"""The wish that old conversations go by themselves: what would go now, setting it, what it has done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from flask import current_app
from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs, mail
from privacy_center.core.db import database
from privacy_center.erasure.models import AUTO_DELETE_CHOICES, AUTO_DELETE_NOTICE, AutoDelete, Deletion
from privacy_center.history.models import Conversation

ANNOUNCE = "erasure.announce_auto_delete"


def cutoffs() -> dict[int, datetime]:
    """Since when a conversation must have been without activity to go now, for each choice."""
    return {months: clock.now() - relativedelta(months=months) for months in AUTO_DELETE_CHOICES}


def preview(user: User) -> dict[int, int]:
    """How many conversations each choice would delete now."""
    return {months: _older_than(user, moment) for months, moment in cutoffs().items()}


def _older_than(user: User, moment: datetime) -> int:
    """How many conversations have been without activity since then."""
    return int(Conversation.select(fn.COUNT(Conversation.id)).where(Conversation.held_for(user) & (Conversation.active_at < moment)).scalar())


def past(user: User) -> list[Any]:
    """The deletions that the wish has brought about, newest first."""
    return list(Deletion.owned_by(user).where((Deletion.scope == "auto") & Deletion.hidden_at.is_null(False)).limit(50))


def would_delete(wish: AutoDelete) -> bool:
    """Whether there is anything that the wish would delete now."""
    old = Conversation.held_for(wish.user_id) & (Conversation.active_at < wish.cutoff)
    return bool(Conversation.select().where(old).exists())


def still_stands(wish: AutoDelete) -> bool:
    """Whether the person still wants it, just so; asked while nobody else can decide about records of theirs."""
    same = (AutoDelete.id == wish.id) & (AutoDelete.user == wish.user_id) & (AutoDelete.set_at == wish.set_at)
    closing = User.select(User.id).where(User.closing_at.is_null(False))  # of whom nothing is done any more, until they decide
    return bool(AutoDelete.select().where(same & (AutoDelete.months == wish.months) & AutoDelete.user.not_in(closing)).exists())


def set_wish(user: User, months: int) -> None:
    """Keep the wish from now on; 0 ends it. A new or another wish acts after a week, and a mail says when."""
    with database.atomic():
        User.locked(user.id)
        before = AutoDelete.get_or_none(AutoDelete.user == user)
        if months == (before.months if before else 0):
            return
        AutoDelete.delete().where(AutoDelete.user == user).execute()
        if months:
            wish = AutoDelete.create(user=user, months=months, first_run_at=clock.now() + AUTO_DELETE_NOTICE)
            if user.email:
                jobs.start(ANNOUNCE, wish.id)
        audit.write("auto-delete set", actor=f"user:{user.id}", person=user.id, subject=f"months:{months}")


@jobs.job(ANNOUNCE, attempts=20)  # two days; the first deletion comes after a week
def announce(work: jobs.Work) -> None:
    """Mail that conversations will go by themselves, from when on, and where to stop it."""
    wish = AutoDelete.get_or_none(AutoDelete.id == work.subject)
    if wish is None or work.has_done("mailed"):
        return
    user = User.get_by_id(wish.user_id)
    assert user.email, "nobody without an address is announced to"
    address = current_app.config["SETTINGS"].base_url
    pages: dict[str, Any] = {"auto_delete": f"{address}/history/auto-delete", "sessions": f"{address}/account/sessions"}
    mail.send(user.email, "auto_delete", language=user.language, first_run_at=wish.first_run_at, **pages)
    with work.step("mailed"):
        pass
