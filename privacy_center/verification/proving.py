"""Proving an address: a code is asked for, mailed by a job, typed within ten minutes and five tries; left half-way, one mail reminds.

The room that asks says what it is about by two words, a kind and a number, and how a person gets back to it (`leads`). Whether there is
an account with the address is never looked up here, so nothing can tell.
"""

from __future__ import annotations

from collections.abc import Callable

from privacy_center.accounts import codes
from privacy_center.accounts.codes import Result, State, TooMany, digits_of, runs_out_at
from privacy_center.core import clock, jobs, tokens
from privacy_center.core.db import database
from privacy_center.verification import often
from privacy_center.verification.addresses import mailbox_of, origin_here
from privacy_center.verification.models import Code, Proof

__all__ = ["Result", "State", "TooMany", "ask", "check", "leads", "runs_out_at", "send_again", "state_of"]

SEND, REMIND = "send code to address", "remind of address"

_ways_back: dict[str, Callable[[int], str | None]] = {}


def leads(about: str) -> Callable[[Callable[[int], str | None]], Callable[[int], str | None]]:
    """Register how a person gets back to what an address is proved for.

    The function is given the number of the thing and returns the whole address of its page, or None when a reminder would be
    pointless. It is asked by the job that mails, once, a day after somebody left half-way.
    """

    def register(way: Callable[[int], str | None]) -> Callable[[int], str | None]:
        _ways_back[about] = way
        return way

    return register


def way_back(proof: Proof) -> str | None:
    """The page where the person can go on; None when there is none any more."""
    way = _ways_back.get(proof.about)
    return way(proof.subject) if way else None


def ask(address: str, *, about: str, subject: int, language: str) -> Proof:
    """Have a code sent to *address*; writes the row and the job, in the caller's transaction if there is one. Raises TooMany."""
    with database.atomic():
        often.check(mailbox_of(address), origin_here())
        proof = Proof.create(address=address, about=about, subject=subject, language=language)
        _send(proof)
    return proof


def send_again(proof: Proof) -> None:
    """Have another code sent, which makes those before it worthless; raises TooMany. Nothing is sent to an address that is proved."""
    if proof.proved_at is not None:
        return
    with database.atomic():
        often.check(mailbox_of(proof.address), origin_here(), proof)
        _send(proof)


def _send(proof: Proof) -> None:
    code = Code.create(proof=proof, mailbox=mailbox_of(proof.address), origin=origin_here())
    jobs.start(SEND, code.id)


def under_way(about: str, subject: int) -> Proof | None:
    """The newest proof that was asked for about something and that is still to be given."""
    of_it = (Proof.about == about) & (Proof.subject == subject) & Proof.proved_at.is_null()
    found: Proof | None = Proof.select().where(of_it).order_by(Proof.id.desc()).first()
    return found


def newest(proof: Proof) -> Code | None:
    """The code that counts: the newest."""
    found: Code | None = Code.select().where(Code.proof == proof.id).order_by(Code.id.desc()).first()
    return found


def state_of(proof: Proof) -> State:
    """How it stands with the newest code of *proof*."""
    return codes.state_of(newest(proof), SEND)


def tries_left(proof: Proof) -> int:
    """How many wrong tries are left for the newest code."""
    code = newest(proof)
    return codes.tries_left(code) if code else 0


def make(code: Code) -> str:
    """Make the digits, keep their keyed digest only, and return them for the mail."""
    digits = tokens.new_code()
    Code.update(code_hash=_digest(code, digits)).where(Code.id == code.id).execute()
    return digits


def check(proof: Proof, typed: str) -> Result:
    """Whether *typed* is the code; if so, the address is proved, once. What is no eight digits costs no try."""
    code, digits = newest(proof), digits_of(typed)
    if code is None:
        return Result.CLOSED
    state = codes.state_of(code, SEND)
    if len(digits) != 8:
        return Result.WRONG if codes.is_open(code, state) else Result.CLOSED
    now = clock.now()
    with database.atomic():
        result = codes.try_out(code, _digest(code, digits), state)
        if result is not Result.RIGHT:
            return result
        proved = Proof.update(proved_at=now).where((Proof.id == proof.id) & Proof.proved_at.is_null()).execute()
    if not proved:
        return Result.CLOSED
    proof.proved_at = now
    return Result.RIGHT


def _digest(code: Code, digits: str) -> str:
    """The digest under which a code is kept; without our key nobody can find the digits to it."""
    return tokens.keyed_digest("code to an address", str(code.id), digits)
