"""The room's work in the background: codes by mail, and letting go of sessions, attempts and codes whose time has come."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from privacy_center.accounts import codes
from privacy_center.accounts.models import ConfirmationCode, Session, SignInAttempt
from privacy_center.core import clock, mail
from privacy_center.core.jobs import JobFailed, Work, job, sweep

# Long enough for the page to say that a session has run out; the data map says a day as well.
KEPT = timedelta(days=1)


@job(codes.SEND, attempts=4)
def send_code(work: Work) -> None:
    """Make a code and mail it, unless nobody waits for it any more."""
    code = ConfirmationCode.get_or_none(ConfirmationCode.id == work.job.subject)
    if code is None or codes.state_of(code) is not codes.State.UNDER_WAY or codes.newest(code.session) != code:
        return
    person = code.user
    if not person.email:
        raise JobFailed("There is no e-mail address to send the code to.")
    digits = codes.make(code)
    address = current_app.config["SETTINGS"].base_url
    mail.send(person.email, "confirmation_code", language=person.language, digits=digits, sessions=f"{address}/account/sessions")
    ConfirmationCode.update(sent_at=clock.now()).where(ConfirmationCode.id == code.id).execute()


@sweep("sign-ins that are over", every=timedelta(hours=1))
def forget_old_sign_ins() -> int:
    """Remove sessions, attempts and codes a day after they began."""
    before = clock.now() - KEPT
    rows = ConfirmationCode.delete().where(ConfirmationCode.asked_at < before).execute()
    rows += SignInAttempt.delete().where(SignInAttempt.started_at < before).execute()
    rows += Session.delete().where(Session.started_at < before).execute()
    return int(rows)
