"""The way to Z.ai and back: begun by one browser, ended once, by that browser, in time."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request
from flask import session as visit

from privacy_center.accounts import browsers
from privacy_center.accounts.arrivals import arrive, proved
from privacy_center.accounts.ending import begin_new_visit, end_here
from privacy_center.accounts.identity import Identity, Trip
from privacy_center.accounts.models import Session, SignInAttempt, User
from privacy_center.accounts.profile import take_over
from privacy_center.accounts.providers import provider
from privacy_center.accounts.troubles import Kind, Trouble
from privacy_center.core import audit, tokens
from privacy_center.core.access import is_local
from privacy_center.core.db import database

log = logging.getLogger(__name__)

LONGEST_NEXT = 2000
LONGEST_CODE = 4000


@dataclass(frozen=True)
class Return:
    """Somebody has come back from Z.ai: the attempt that was theirs, and who they are."""

    attempt: SignInAttempt
    identity: Identity


def local(next_page: str | None) -> str:
    """The page to go on to: one of ours, and not the sign-in itself; else the front page."""
    fits = next_page and len(next_page) <= LONGEST_NEXT and is_local(next_page) and not re.match(r"/(sign-in|sign-out)\b", next_page)
    return next_page if next_page and fits else "/"


def begin(next_page: str, *, confirming: User | None = None) -> str:
    """Begin a trip, and return the address at Z.ai that it leads to; *confirming* asks for a fresh sign-in of that person."""
    trip = Trip(state=tokens.new_token(), nonce=tokens.new_token(), code_verifier=tokens.new_token())
    way = provider().way_out(trip, again=confirming is not None)
    visit.setdefault("browser", tokens.new_token())
    SignInAttempt.create(
        user=confirming,
        state_hash=tokens.at_rest(trip.state),
        browser_hash=tokens.at_rest(visit["browser"]),
        nonce=trip.nonce,
        code_verifier=trip.code_verifier,
        next_page=local(next_page),
    )
    return way


def come_back(answer: Mapping[str, str]) -> Return:
    """Who has come back with *answer*; raises Trouble unless this browser began that trip, just now, and ends it for the first time."""
    attempt = _attempt_of(answer.get("state", ""))
    try:
        _use_up(attempt)
        if "error" in answer:
            raise _error_of(answer["error"])
        code = answer.get("code", "")
        if not code or len(code) > LONGEST_CODE:
            raise Trouble(Kind.UNTRUSTWORTHY, "came back without a code")
        trip = Trip(state=answer["state"], nonce=attempt.nonce, code_verifier=attempt.code_verifier)
        return Return(attempt, provider().identify(answer, trip))
    except Trouble as trouble:
        trouble.next_page, trouble.confirming = attempt.next_page, attempt.user_id is not None
        raise


def _attempt_of(state: str) -> SignInAttempt:
    """The attempt that *state* names, if this browser began it; which of the two is wrong, nobody is told."""
    attempt = SignInAttempt.get_or_none(SignInAttempt.state_hash == tokens.at_rest(state))
    if attempt is None or not tokens.same(attempt.browser_hash, tokens.at_rest(visit.get("browser", ""))):
        raise Trouble(Kind.FOREIGN)
    return attempt


def _use_up(attempt: SignInAttempt) -> None:
    """Let the attempt count once, and never late."""
    if not attempt.use():
        raise Trouble(Kind.LATE if attempt.used_at is None else Kind.USED)


def _error_of(error: str) -> Trouble:
    """The trouble that Z.ai's error code stands for."""
    if error == "access_denied":
        return Trouble(Kind.CANCELLED)
    known = error if re.fullmatch(r"[a-z_]{1,40}", error) else "unreadable"
    return Trouble(Kind.DOWN if error == "temporarily_unavailable" else Kind.REFUSED, f"sent back with the error {known}")


def let_in(back: Return, *, confirmed: bool = False) -> str:
    """Sign the person in, in place of whoever was signed in in this browser; returns the new session's token."""
    issuer = current_app.config["SETTINGS"].zai_issuer
    with database.atomic():
        user = take_over(issuer, back.identity)
        end_here("somebody signed in anew in this browser")
        SignInAttempt.update(user=user).where(SignInAttempt.id == back.attempt.id).execute()  # from now on it is known whose it was
        session, token = Session.begin(user, browser=browsers.name_of(request.user_agent.string), address=request.remote_addr or "", confirmed=confirmed)
        audit.write("signed in", actor=f"user:{user.id}", person=user.id, subject=f"session:{session.id}")
    begin_new_visit()
    arrive(user)
    note_proof(user, back.identity)
    return token


def note_proof(user: User, identity: Identity) -> None:
    """Tell the rooms if Z.ai vouches that the account's address is the person's."""
    if identity.email_proved and identity.email is not None and identity.email == user.email:
        proved(user)
