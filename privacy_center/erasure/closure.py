"""Closing an account: the subscription first, then seven days in which all else stops, or at once; and keeping it after all.

The subscription is cancelled before anything is decided, because a payment service can be away: an account that can't be charged
any more can be closed, one that can must not be. Nothing of this is inside a transaction but the decision itself.
"""

from __future__ import annotations

from typing import Any

from privacy_center.accounts.models import Session, User
from privacy_center.core import audit, clock, jobs, outbox
from privacy_center.core.db import database
from privacy_center.erasure import person
from privacy_center.erasure.erased import TIME_TO_RECONSIDER, Closure, Erasure
from privacy_center.subscription.closing import CannotCancel, cancel_for_closure

TELL, CLOSE = "erasure.tell_of_closing", "erasure.close"
CLOSING = "closing"  # the matter of the orders, and the purpose that they name


class SubscriptionStands(Exception):
    """The subscription could not be cancelled, so nothing was closed; the text is a sentence for its person."""


def asked_to_type(user: User) -> str:
    """What the person types to show that they mean it: the e-mail address, or the Z.ai user id where there is none."""
    return str(user.email or user.subject)


def begin(user: User, kept: Session) -> Closure:
    """Begin to close the account: for seven days nothing but a copy, keeping it, or closing it at once is possible. Raises SubscriptionStands.

    All sessions but *kept* end. Begun twice, the first counts.
    """
    cancel_subscription(user)
    with database.atomic():
        owner = User.locked(user.id)
        if under_way := Closure.open_for(owner):
            return under_way
        closure = Closure.create(user=owner, ends_at=clock.now() + TIME_TO_RECONSIDER)
        User.update(closing_at=closure.ends_at).where(User.id == owner.id).execute()
        Session.delete().where(Session.held_for(owner) & (Session.id != kept.id)).execute()
        _tell_product(owner, allowed=False)
        audit.write("closing begun", actor=f"user:{owner.id}", person=owner.id, subject=f"closure:{closure.id}")
        if owner.email:
            jobs.start(TELL, closure.id)
        jobs.start(CLOSE, closure.id, after=TIME_TO_RECONSIDER)
    return closure


def keep(user: User) -> bool:
    """Keep the account after all; False when nothing was being closed, or it is too late."""
    with database.atomic():
        owner = User.locked(user.id)
        closure = Closure.open_for(owner)
        if closure is None or not _end(closure, "cancelled"):
            return False
        User.update(closing_at=None).where(User.id == owner.id).execute()
        _tell_product(owner, allowed=True)
        audit.write("closing stopped", actor=f"user:{owner.id}", person=owner.id, subject=f"closure:{closure.id}")
    return True


def close_now(user: User) -> Erasure:
    """Close the account for good, whether closing had begun or not. Raises SubscriptionStands."""
    cancel_subscription(user)
    with database.atomic():
        owner = User.locked(user.id)
        closure = Closure.open_for(owner)
        return _close(owner, closure, by=f"user:{owner.id}")


def close_when_due(closure: Closure) -> Erasure | None:
    """Close for good what has had its seven days, in a transaction of the caller's; None when its person has kept it, or it isn't time."""
    owner = User.locked(closure.user_id)
    fresh = Closure.open_for(owner)
    if fresh is None or fresh.id != closure.id or fresh.ends_at > clock.now():
        return None
    return _close(owner, fresh, by="system")


def _close(owner: User, closure: Closure | None, *, by: str) -> Erasure:
    """The decision; in a transaction that holds the user."""
    if closure:
        _end(closure, "done")
    audit.write("account closed", actor=by, person=owner.id, subject=f"closure:{closure.id if closure else 0}")
    return person.begin(owner, cause="closure", cause_number=closure.id if closure else None, by=by)


def _end(closure: Closure, outcome: str) -> bool:
    """Note how it ended, once; False when it has ended already."""
    still: Any = (Closure.id == closure.id) & Closure.ended_at.is_null()
    return bool(Closure.update(ended_at=clock.now(), outcome=outcome).where(still).execute())


def _tell_product(owner: User, *, allowed: bool) -> None:
    """Write the order that stops all processing but storage, or lets it go on."""
    scope = {"purpose": CLOSING, "allowed": allowed, "decided_at": clock.now().isoformat(timespec="microseconds")}
    outbox.write(outbox.RESTRICTION, person=owner.id, identity=owner.subject, scope=scope, about=CLOSING)


def cancel_subscription(user: User) -> None:
    """See to it that nothing is charged any more; goes out, so never inside a transaction. Raises SubscriptionStands."""
    match cancel_for_closure(user):
        case CannotCancel(reason=reason):
            raise SubscriptionStands(reason)
