"""One-time codes by mail, for when Z.ai can't prove a fresh sign-in: asked for, made and sent by a job, tried five times at most."""

from __future__ import annotations

import enum
import unicodedata
from datetime import datetime, timedelta
from typing import Any

from privacy_center.accounts.models import CODE_LASTS, CODE_TRIES, ConfirmationCode, Session
from privacy_center.core import clock, jobs, tokens
from privacy_center.core.db import database

SEND = "send confirmation code"
AT_MOST, WITHIN = 5, timedelta(hours=1)
PAUSE = timedelta(seconds=30)


class State(enum.StrEnum):
    """How it stands with a code."""

    NONE = "none"
    UNDER_WAY = "under way"
    SENT = "sent"
    NOT_SENT = "not sent"
    USED_UP = "used up"
    RUN_OUT = "run out"


class Result(enum.StrEnum):
    """What came of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    CLOSED = "closed"  # no code is open: run out, used up, used, or never sent


class TooMany(Exception):
    """Enough codes were sent for now; *until* is when there may be another."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many codes")
        self.until = until


def newest(session: Session) -> ConfirmationCode | None:
    """The code that counts in this session: the newest; with a newer one, those before it are worth nothing."""
    mine = ConfirmationCode.select().where(ConfirmationCode.session == session)
    return mine.order_by(ConfirmationCode.id.desc()).first()


def ask_for(session: Session) -> ConfirmationCode:
    """Have a new code sent to the session's person; raises TooMany when that was done too often."""
    with database.atomic():
        _check_how_often(session)
        code = ConfirmationCode.create(user=session.user, session=session)
        jobs.start(SEND, code.id)
    return code


def _check_how_often(session: Session) -> None:
    """Nobody's mailbox is to be flooded: five codes an hour, half a minute apart."""
    recent = ConfirmationCode.select().where((ConfirmationCode.user == session.user_id) & (ConfirmationCode.asked_at > clock.now() - WITHIN))
    moments = sorted(code.asked_at for code in recent)
    if len(moments) >= AT_MOST:
        raise TooMany(moments[-AT_MOST] + WITHIN)
    if moments and clock.now() - moments[-1] < PAUSE:
        raise TooMany(moments[-1] + PAUSE)


def runs_out_at(code: Any) -> datetime:
    """Until when a code of any kind opens anything."""
    lasting: datetime = (code.sent_at or code.asked_at) + CODE_LASTS
    return lasting


def state_of(code: Any, sends: str = SEND) -> State:
    """How it stands with a code of any kind, which the job *sends* mails."""
    if code is None or code.used_at:
        return State.NONE
    if code.tries >= CODE_TRIES:
        return State.USED_UP
    if clock.now() >= runs_out_at(code):
        return State.RUN_OUT
    if code.sent_at is None:
        if jobs.unfinished(sends, code.id):
            return State.UNDER_WAY
        # The job may have come to its end since the code was read; what it noted is there by now.
        kind = type(code)
        return State.SENT if kind.select().where((kind.id == code.id) & kind.sent_at.is_null(False)).exists() else State.NOT_SENT
    return State.SENT


def tries_left(code: Any) -> int:
    """How many wrong tries are left for a code of any kind."""
    return max(0, CODE_TRIES - code.tries)


def make(code: ConfirmationCode) -> str:
    """Make the digits, keep their keyed digest only, and return them for the mail."""
    digits = tokens.new_code()
    ConfirmationCode.update(code_hash=_digest(code, digits)).where(ConfirmationCode.id == code.id).execute()
    return digits


def fits(code: ConfirmationCode, typed: str) -> bool:
    """Whether *typed* is the code."""
    return try_out(code, _digest(code, digits_of(typed)), state_of(code)) is Result.RIGHT


def is_open(code: Any, state: State) -> bool:
    """Whether a code of any kind, in that *state*, can still be right."""
    return state in (State.SENT, State.UNDER_WAY) and code.code_hash is not None


def try_out(code: Any, digest: str, state: State) -> Result:
    """Try *digest* on a code of any kind that is in that *state*, and use the code up if it is right.

    Every try counts before it is looked at, so that many at once don't get more than five.
    """
    kind: Any = type(code)
    unused = (kind.id == code.id) & kind.used_at.is_null()
    if not is_open(code, state):
        return Result.CLOSED
    with database.atomic():
        if not kind.update(tries=kind.tries + 1).where(unused & (kind.tries < CODE_TRIES)).execute():
            return Result.CLOSED
        if not tokens.same(code.code_hash, digest):
            return Result.WRONG
        used = kind.update(tries=kind.tries - 1, used_at=clock.now()).where(unused).execute()
    return Result.RIGHT if used else Result.CLOSED


def digits_of(typed: str) -> str:
    """The digits in what was typed: spaces, hyphens and full-width figures are as good as what we sent."""
    return "".join(each for each in unicodedata.normalize("NFKC", typed) if each.isdecimal() and each.isascii())


def _digest(code: ConfirmationCode, digits: str) -> str:
    """The digest under which a code is kept; without our key nobody can find the digits to it.

    It holds the address, so that a code proves who has the address that the account has now, and not one that it had.
    """
    return tokens.keyed_digest("confirmation code", str(code.id), code.user.email or "", digits)
