"""Mailing everybody about one text, in slices, and nobody twice.

A row is written before a mail leaves. A worker that is killed in between leaves a row that says so, and that person is not mailed
again: they read it on every page anyway, and a second mail would be worse than none.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any

from flask import current_app
from peewee import IntegrityError, fn

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, mail
from privacy_center.core.jobs import JobFailed, Work
from privacy_center.policy.models import Acknowledgement, Announcement, Edition, Mailing, Notification

MAIL = "policy.mail"
AT_ONCE = 100  # people; then other work has its turn
LEAVING, SENT, REFUSED = "leaving", "sent", "refused"
NO_SERVER = "The mail server does not answer."
BROKEN_OFF = "The mail server takes no mail just now."


_also: list[Callable[[Mailing], None]] = []


def also(tells: Callable[[Mailing], None]) -> Callable[[Mailing], None]:
    """Let *tells* hear of every mailing in the transaction in which it begins, so that a room may tell others who have no account."""
    _also.append(tells)
    return tells


class Pause(Exception):
    """The mail server took not one mail; trying on at once would make it worse. The text says so."""


def begin(*, edition: Edition | None = None, announcement: Announcement | None = None) -> Mailing:
    """Begin to mail everybody about an edition or an announcement, in a transaction of the caller's."""
    total = User.select(fn.COUNT(User.id)).where(_can_be_mailed()).scalar()
    made = Mailing.create(edition=edition, announcement=announcement, total=total)
    jobs.start(MAIL, made.id)
    for tells in _also:
        tells(made)
    return made


def _can_be_mailed() -> Any:
    """The condition under which there is an address, and its person is not closing the account."""
    return User.email.is_null(False) & User.closing_at.is_null()


def is_called_off(mailing: Mailing) -> bool:
    """Whether what it tells of was taken back."""
    return mailing.announcement is not None and mailing.announcement.ended_at is not None


def mail_slice(work: Work, mailing: Mailing) -> bool:
    """Mail the next people, in the order of their numbers; False when nobody is left. Raises Pause when the server wants none now."""
    if is_called_off(mailing) or not (people := _next(mailing)):
        with work.chunk():
            Mailing.update(ended_at=clock.now(), trouble=None).where(Mailing.id == mailing.id).execute()
        return False
    with _connection() as connection:
        for number, user in enumerate(people):
            if not _tell(work, mailing, user, connection):
                if number == 0:
                    raise Pause(BROKEN_OFF)
                break  # servers end a connection after so many mails; the next slice has a new one
    return True


def _next(mailing: Mailing) -> list[User]:
    """Those who come next: who has an address and has not answered about the edition already."""
    waiting: Any = User.select().where((User.id > mailing.reached) & _can_be_mailed())
    if mailing.edition_id:
        waiting = waiting.where(User.id.not_in(Acknowledgement.select(Acknowledgement.user).where(Acknowledgement.edition == mailing.edition_id)))
    return list(waiting.order_by(User.id).limit(AT_ONCE))


class _connection:  # noqa: N801 - read as `with _connection()`
    """One connection to the mail server for a slice; when there is none, nobody has been told anything."""

    def __enter__(self) -> Any:
        self.made = mail.mailer.get_connection()
        try:
            self.made.open()
        except (OSError, smtplib.SMTPException):
            raise JobFailed(NO_SERVER) from None
        return self.made

    def __exit__(self, *_error: object) -> None:
        self.made.close()


def _tell(work: Work, mailing: Mailing, user: User, connection: Any) -> bool:
    """Mail one person, once; False when the connection is of no use any more."""
    try:
        with work.chunk():
            # Counted as unsure until it is known: a worker that dies now leaves the right figure.
            Mailing.update(reached=user.id, unsure=Mailing.unsure + 1).where(Mailing.id == mailing.id).execute()
            row = Notification.create(user=user, mailing=mailing, about=about(mailing), state=LEAVING)
    except IntegrityError:  # told before, or gone in this moment
        return True
    try:
        _send(mailing, user, connection)
    except smtplib.SMTPRecipientsRefused:
        _note(work, mailing, row, REFUSED)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError):  # it said no, so nothing left: this person's turn comes again
        _undo(work, mailing, row)
        return False
    except (OSError, smtplib.SMTPException):
        return False
    else:
        _note(work, mailing, row, SENT)
    return True


def _note(work: Work, mailing: Mailing, row: Notification, state: str) -> None:
    """Note what became of a mail."""
    column = Mailing.sent if state == SENT else Mailing.refused
    with work.chunk():
        Notification.update(state=state).where(Notification.id == row.id).execute()
        Mailing.update({Mailing.unsure: Mailing.unsure - 1, column: column + 1, Mailing.trouble: None}).where(Mailing.id == mailing.id).execute()


def _undo(work: Work, mailing: Mailing, row: Notification) -> None:
    """Forget a mail that certainly did not leave."""
    with work.chunk():
        Notification.delete().where(Notification.id == row.id).execute()
        Mailing.update(unsure=Mailing.unsure - 1, reached=row.user_id - 1).where(Mailing.id == mailing.id).execute()


def _send(mailing: Mailing, user: User, connection: Any) -> None:
    """The mail: what it is about, and the page to read it on."""
    base = current_app.config["SETTINGS"].base_url
    host = base.partition("://")[2].partition(":")[0]
    headers = {"List-Id": f"ZCode privacy notices <privacy-notices.{host}>", "List-Help": f"<{base}/policy>", "Precedence": "bulk"}
    assert user.email, "only people with an address come here"
    if mailing.edition:
        page = f"{base}/policy/{mailing.edition.effective_on}"
        mail.send(user.email, "policy", language=user.language, headers=headers, connection=connection, edition=mailing.edition, page=page)
    else:
        page = f"{base}/announcements/{mailing.announcement_id}"
        mail.send(user.email, "announcement", language=user.language, headers=headers, connection=connection, announcement=mailing.announcement, page=page)


def about(mailing: Mailing) -> str:
    """What a mailing tells of, in short."""
    return f"edition:{mailing.edition.effective_on}" if mailing.edition else f"announcement:{mailing.announcement_id}"
