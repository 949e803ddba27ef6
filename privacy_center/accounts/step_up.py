"""Step-up: before something that can't be undone, the person proves once more that it is them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, url_for
from werkzeug.wrappers import Response

from privacy_center.accounts import codes
from privacy_center.accounts.loading import current_session
from privacy_center.accounts.models import CONFIRMED_FOR, Session, SignInAttempt, User
from privacy_center.accounts.sign_in import Return
from privacy_center.accounts.troubles import Kind, Trouble
from privacy_center.core import access, audit, clock
from privacy_center.core.db import database

View = TypeVar("View", bound=Callable[..., Any])

CONFIRM = "accounts.confirm"
CLOCKS_DIFFER = timedelta(seconds=10)


def needs_confirmation(view: View) -> View:
    """Let nobody in who hasn't confirmed within 15 minutes that it is them; they are led to do so, and back."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if is_confirmed():
            return view(*args, **kwargs)
        return access.lead_to(CONFIRM)

    guarded.needs_confirmation = True  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def is_confirmed() -> bool:
    """Whether the person at this browser has confirmed it within 15 minutes."""
    session = current_session()
    return session is not None and session.is_confirmed


def is_fresh(attempt: SignInAttempt, signed_in_at: datetime | None) -> bool:
    """Whether Z.ai proves that the person signed in for this very attempt, and not some time before."""
    if signed_in_at is None:
        return False
    now = clock.now()
    return max(attempt.started_at, now - CONFIRMED_FOR) - CLOCKS_DIFFER <= signed_in_at <= now + CLOCKS_DIFFER


def check_same_person(back: Return, issuer: str) -> None:
    """Raise Trouble unless the person who came back is the one who left, and nobody else has signed in here meanwhile."""
    left, session = User.get_by_id(back.attempt.user_id), current_session()
    same = (left.issuer, left.subject) == (issuer, back.identity.subject)
    if not same or (session and session.user_id != left.id):
        trouble = Trouble(Kind.SOMEBODY_ELSE)
        trouble.next_page, trouble.confirming = back.attempt.next_page, True
        raise trouble


def confirm(session: Session, means: str) -> str:
    """Note that the session's person has confirmed by *means*; returns the session's new token."""
    with database.atomic():
        token = session.renew()
        audit.write("confirmed", actor=f"user:{session.user_id}", person=session.user_id, subject=f"session:{session.id}", reason=means)
    return token


def to_code(next_page: str) -> Response:
    """Have a code sent, unless one is on its way or there were many, and lead to where it is typed."""
    session = current_session()
    under_way = session and codes.state_of(codes.newest(session)) in (codes.State.UNDER_WAY, codes.State.SENT)
    if session and session.user.email and not under_way:
        with contextlib.suppress(codes.TooMany):
            codes.ask_for(session)
    return redirect(url_for("accounts.code", next=next_page), 303)
