"""The room's work in the background: codes by mail, one reminder to who left half-way, and letting go of it all after a week."""

from __future__ import annotations

from datetime import timedelta

from privacy_center.core import clock, jobs, mail
from privacy_center.core.db import database
from privacy_center.core.jobs import Work, job, sweep
from privacy_center.verification import proving
from privacy_center.verification.addresses import mailbox_of
from privacy_center.verification.models import KEPT, Code, Proof

REMIND_AFTER, REMIND_UNTIL = timedelta(days=1), timedelta(days=3)


@job(proving.SEND, attempts=4)
def send_code(work: Work) -> None:
    """Make a code and mail it, unless nobody waits for it any more."""
    code = Code.get_or_none(Code.id == work.subject)
    if code is None or proving.state_of(code.proof) is not proving.State.UNDER_WAY or proving.newest(code.proof) != code:
        return
    digits = proving.make(code)
    mail.send(code.proof.address, "address_code", language=code.proof.language, digits=digits)
    Code.update(sent_at=clock.now()).where(Code.id == code.id).execute()


@job(proving.REMIND, attempts=4)
def remind(work: Work) -> None:
    """Tell who left half-way how to go on, unless they have, or can't any more."""
    proof = Proof.get_or_none(Proof.id == work.subject)
    if proof is None or proof.proved_at is not None or (page := proving.way_back(proof)) is None:
        return
    mail.send(proof.address, "address_reminder", language=proof.language, page=page)
    Proof.update(reminded_at=clock.now()).where(Proof.id == proof.id).execute()


@sweep("addresses left unproved", every=timedelta(hours=1))
def remind_who_left_half_way() -> int:
    """Have a mail sent for what was begun a day ago and not ended: once, and one for each mailbox however often its address was typed."""
    now = clock.now()
    waiting = Proof.proved_at.is_null() & Proof.reminded_at.is_null() & Proof.asked_at.between(now - REMIND_UNTIL, now - REMIND_AFTER)
    count = 0
    for proof in list(Proof.select().where(waiting).order_by(Proof.id.desc())):
        with database.atomic():
            if Proof.update(reminded_at=now).where((Proof.id == proof.id) & Proof.reminded_at.is_null()).execute() and not _reminded_already(proof):
                jobs.start(proving.REMIND, proof.id)
                count += 1
    return count


def _reminded_already(proof: Proof) -> bool:
    """Whether its mailbox was told of late about something else that was left half-way."""
    there = Code.select(Code.proof).where(Code.mailbox == mailbox_of(proof.address))
    recently = Proof.reminded_at > clock.now() - REMIND_UNTIL
    return bool(Proof.select().where((Proof.id != proof.id) & recently & Proof.id.in_(there)).exists())


@sweep("addresses to be proved", every=timedelta(hours=6))
def forget_old_proofs() -> int:
    """Remove addresses and their codes a week after they were given; what was proved is noted where it was needed."""
    return int(Proof.delete().where(Proof.asked_at < clock.now() - KEPT).execute())
