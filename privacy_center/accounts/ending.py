"""How sessions end: by signing out, by being replaced, from another browser, or by themselves."""

from __future__ import annotations

from flask import session as visit

from privacy_center.accounts import cookie
from privacy_center.accounts.loading import current_session
from privacy_center.accounts.models import SESSION_LASTS, Session, User
from privacy_center.core import audit, clock, tokens
from privacy_center.core.db import database

KEPT_IN_VISIT = ("browser", "draft", "language", "theme")


def end(session: Session, reason: str, *, action: str = "session ended") -> None:
    """End one session: its row is gone, and its token opens nothing from now on."""
    with database.atomic():
        if Session.delete().where(Session.id == session.id).execute():
            audit.write(action, actor=f"user:{session.user_id}", person=session.user_id, subject=f"session:{session.id}", reason=reason)


def end_others(user: User, kept: Session) -> int:
    """End all of *user*'s sessions but one, and return how many were still open."""
    with database.atomic():
        others = list(Session.current().where(Session.held_for(user) & (Session.id != kept.id)))
        for each in others:
            end(each, "from another browser")
        Session.delete().where(Session.held_for(user) & (Session.id != kept.id)).execute()
    return len(others)


def end_here(reason: str) -> None:
    """End the session that this browser carries, living or run out; none is as good."""
    living = current_session()
    if living:
        end(living, reason, action="signed out")
    elif token := cookie.carried():
        Session.delete().where(Session.token_hash == tokens.at_rest(token)).execute()


def how_it_ended() -> str | None:
    """Why the token that this browser carries opens nothing: `old`, `idle`, or `elsewhere`; None if it carries none."""
    token = cookie.carried()
    if token is None:
        return None
    ended = Session.ended_recently(token)
    if ended is None:
        return "elsewhere"
    return "old" if clock.now() - ended.started_at >= SESSION_LASTS else "idle"


def begin_new_visit() -> None:
    """Forget what the visit remembered, its form token above all; attempts begun in other tabs still find their browser."""
    kept = {name: visit[name] for name in KEPT_IN_VISIT if name in visit}
    visit.clear()
    visit.update(kept)
