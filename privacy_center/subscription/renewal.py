"""Turning renewal off and on: a decision is kept first, then Stripe is told, then asked whether it is so.

Only what Stripe says when asked counts as done: an error may come after it has acted, and an answer may be lost. While a
decision waits, a job goes on telling Stripe; of two decisions about one subscription the later one counts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import stripe
from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs, tokens
from privacy_center.core.db import database
from privacy_center.core.peers import Patience
from privacy_center.subscription import asking, plans, reading, storing, synchronising
from privacy_center.subscription.asking import Busy, Gone, KeyRefused, StripeTrouble, Unreached, heard
from privacy_center.subscription.models import RenewalDecision, Subscription

CARRY_OUT = "subscription.renewal"  # the job that goes on with one decision
LEASE = timedelta(seconds=90)  # longer than anybody's patience
GO_ON_AFTER = timedelta(seconds=30)
WAITING, DONE, REFUSED, FAILED, SUPERSEDED = "waiting", "done", "refused", "failed", "superseded"


class NotPossible(Exception):
    """The subscription is over, or Stripe can't be asked: nothing of it can be renewed here, or not."""


def set_renewal(user: User, subscription: Subscription, on: bool) -> RenewalDecision:
    """Turn the renewal of *user*'s *subscription* on or off, and tell Stripe at once.

    The decision that comes back is `done` (Stripe confirmed it), `waiting` (it could not confirm; a job goes on, and
    `trouble` says why), or `refused`; a later look may find it `failed`, when hours of trying came to nothing. Raises
    NotPossible for a subscription that is over.
    """
    if subscription.is_over or subscription.user_id != user.id or not synchronising.can_ask_about(user):
        raise NotPossible
    decision = _decide(user, subscription, on)
    carry_out(decision.id, asking.CLICK)
    return RenewalDecision.get(RenewalDecision.id == decision.id)


def _decide(user: User, subscription: Subscription, on: bool) -> RenewalDecision:
    """Keep the decision, with the job that sees to it; the same one, pressed twice, is one."""
    with database.atomic():
        User.locked(user.id)
        about = (RenewalDecision.subscription == subscription) & (RenewalDecision.state == WAITING)
        same = RenewalDecision.select().where(about & (RenewalDecision.wanted == on)).first()
        if same:
            return same  # type: ignore[no-any-return]
        RenewalDecision.update(state=SUPERSEDED).where(about).execute()
        decision = RenewalDecision.create(user=user, subscription=subscription, wanted=on, key=tokens.new_token())
        act = "renewal turned on" if on else "renewal turned off"
        audit.write(act, actor=f"user:{user.id}", person=user.id, subject=f"subscription:{subscription.id}")
        jobs.start(CARRY_OUT, decision.id, after=GO_ON_AFTER)
    return decision


def carry_out(number: int, patience: Patience) -> bool:
    """Tell Stripe of a decision, and ask whether it is so; returns whether there is nothing left to do."""
    decision = _claim(number)
    if decision is None:
        return not RenewalDecision.select().where((RenewalDecision.id == number) & (RenewalDecision.state == WAITING)).exists()
    user, subscription = decision.user, decision.subscription
    client, ticket = asking.client(patience), storing.draw(user)
    trouble = _tell(client, decision, subscription)
    try:
        said = _read_back(client, subscription)
    except Gone as gone:  # what has ended is still there: this account does not have it, so that nothing is known of it
        _leave(decision, REFUSED, gone)
        synchronising.want(user)
        return True
    except StripeTrouble as unheard:
        _leave(decision, WAITING, trouble or unheard, heard_of_it=False)
        return False
    storing.note(user, ticket, subscription, _fields(said))
    state = _state_after(decision, said, trouble)
    _leave(decision, state, trouble if state != DONE else None)
    synchronising.want(user)
    return state != WAITING


def _claim(number: int) -> RenewalDecision | None:
    """Take the decision for a while; None if it is settled, or somebody is telling Stripe of this one or another about the subscription."""
    now = clock.now()
    with database.atomic():
        decision = RenewalDecision.get_or_none((RenewalDecision.id == number) & (RenewalDecision.state == WAITING))
        if decision is None:
            return None
        User.locked(decision.user_id)
        # Read again: until the transaction ends nobody decides otherwise.
        latest = RenewalDecision.select(fn.MAX(RenewalDecision.id)).where(RenewalDecision.subscription == decision.subscription_id).scalar()
        busy = (RenewalDecision.subscription == decision.subscription_id) & (RenewalDecision.trying_until > now)
        if latest != number or RenewalDecision.select().where(busy).exists():
            return None
        mine = (RenewalDecision.id == number) & (RenewalDecision.state == WAITING)
        taken = RenewalDecision.update(trying_until=now + LEASE, attempts=RenewalDecision.attempts + 1).where(mine).execute()
        return RenewalDecision.get(RenewalDecision.id == number) if taken else None


def _tell(client: stripe.StripeClient, decision: RenewalDecision, subscription: Subscription) -> StripeTrouble | None:
    """Tell Stripe; returns what went wrong. Each round has a key of its own: with the same, Stripe would repeat an error for a day."""
    change: Any = {"cancel_at_period_end": not decision.wanted}
    if decision.wanted and subscription.cancel_at and not subscription.cancel_at_period_end:
        change = {"cancel_at": ""}  # it was to end on a day of its own
    try:
        with heard():
            client.v1.subscriptions.update(subscription.external_id, change, {"idempotency_key": f"renewal-{decision.key}-{decision.round}"})
    except StripeTrouble as trouble:
        return trouble
    return None


def _read_back(client: stripe.StripeClient, subscription: Subscription) -> dict[str, Any]:
    """The subscription as Stripe has it now."""
    with heard():
        said: dict[str, Any] = client.v1.subscriptions.retrieve(subscription.external_id).to_dict()
        _fields(said)  # that it can be read
        return said


def _fields(said: dict[str, Any]) -> dict[str, Any]:
    """What of a subscription a decision about its renewal may have changed."""
    moments = {name: reading.moment(said.get(name)) for name in ("cancel_at", "canceled_at", "ended_at")}
    return {"status": str(said["status"])[:40], "cancel_at_period_end": bool(said.get("cancel_at_period_end")), **moments}


def _state_after(decision: RenewalDecision, said: dict[str, Any], trouble: StripeTrouble | None) -> str:
    """What has become of a decision, by what Stripe has now rather than by what it answered."""
    if plans.is_renewing(said) == decision.wanted:
        return DONE
    if not plans.is_live(said):
        return REFUSED  # it is over, and can't renew
    return WAITING if trouble is None or isinstance(trouble, Unreached | Busy | KeyRefused) else REFUSED


def _leave(decision: RenewalDecision, state: str, trouble: StripeTrouble | None, *, heard_of_it: bool = True) -> None:
    """Write down how it stands, and let others go on. Where Stripe was found not to have acted, the next round is a new one."""
    settled: dict[str, Any] = {"state": state, "confirmed_at": clock.now() if state == DONE else None}
    noted = {"trying_until": None, "trouble": trouble.word if trouble else None, "round": RenewalDecision.round + heard_of_it}
    with database.atomic():
        RenewalDecision.update(noted).where(RenewalDecision.id == decision.id).execute()
        changed = RenewalDecision.update(settled).where((RenewalDecision.id == decision.id) & (RenewalDecision.state == WAITING)).execute()
        if changed and state in (DONE, REFUSED):
            act = "renewal confirmed by Stripe" if state == DONE else "renewal refused by Stripe"
            audit.write(act, actor="system", person=decision.user_id, subject=f"subscription:{decision.subscription_id}", reason=f"decision {decision.id}")
        _let_later_one_go_on(decision)


def _let_later_one_go_on(decision: RenewalDecision) -> None:
    """Start the work on a decision that was made while Stripe was told of this one."""
    later = (RenewalDecision.subscription == decision.subscription_id) & (RenewalDecision.id > decision.id) & (RenewalDecision.state == WAITING)
    for each in RenewalDecision.select(RenewalDecision.id).where(later):
        jobs.start(CARRY_OUT, each.id)


def uncarried() -> list[int]:
    """The numbers of waiting decisions that no job sees to any more."""
    carried = jobs.Job.select(jobs.Job.subject).where((jobs.Job.kind == CARRY_OUT) & jobs.Job.state.in_([jobs.WAITING, jobs.RUNNING]))
    waiting = RenewalDecision.select(RenewalDecision.id).where((RenewalDecision.state == WAITING) & RenewalDecision.id.not_in(carried))
    return [each.id for each in waiting]


def give_up(number: int) -> None:
    """Say that Stripe could not be brought to confirm a decision, however often it was asked."""
    RenewalDecision.update(state=FAILED).where((RenewalDecision.id == number) & (RenewalDecision.state == WAITING)).execute()
