"""The room's work in the background: asking Stripe about people, looking at its news, seeing to decisions, the nightly round."""

from __future__ import annotations

from datetime import timedelta

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.db import database
from privacy_center.core.jobs import JobFailed, Work, job, sweep
from privacy_center.subscription import asking, events, fetching, renewal, synchronising
from privacy_center.subscription.asking import Gone, KeyRefused, StripeTrouble
from privacy_center.subscription.models import TROUBLES, StripeCustomer, StripeEvent

EVENTS_KEPT = timedelta(days=30)
LONG = timedelta(seconds=120)  # for what may take as long as our patience, and the storing of what comes


def _failed(trouble: StripeTrouble) -> JobFailed:
    """The end of a try, in a sentence that a person may read."""
    return JobFailed(f"{TROUBLES[trouble.word]}.")


@job(synchronising.SYNCHRONISE, attempts=5)
def synchronise(work: Work) -> None:
    """Ask Stripe about one person; with a key that it does not take there is no use in asking again."""
    user = User.get_or_none(User.id == work.subject)
    if user is None or not synchronising.can_ask_about(user):
        return
    work.heartbeat(LONG)
    try:
        synchronising.synchronise(user)
    except KeyRefused:
        return
    except StripeTrouble as trouble:
        raise _failed(trouble) from None


@job(events.LOOK, attempts=12)
def look(work: Work) -> None:
    """Ask Stripe how things are with the customer that an event is about; that answers every event about it that is here already."""
    event = StripeEvent.get_or_none((StripeEvent.id == work.subject) & StripeEvent.done_at.is_null())
    if event is None or not asking.is_used():
        return
    if event.customer is None:
        events.note_seen([event.id], None)
        return
    waiting = events.unseen(event.customer)  # before we ask: what comes later may tell of what we did not see
    work.heartbeat(LONG)
    try:
        user = _look_at(event.customer)
    except StripeTrouble as trouble:
        raise _failed(trouble) from None
    with work.chunk():
        events.note_seen(waiting, user)


def _look_at(customer: str) -> User | None:
    """Bring up to date what is known of whoever is this customer: who was, as far as we know, else whom its metadata name."""
    known = StripeCustomer.get_or_none(StripeCustomer.external_id == customer)
    if known and customer not in synchronising.synchronise(known.user, also=customer).strangers:
        return known.user  # type: ignore[no-any-return]
    try:
        user = synchronising.named_by(fetching.retrieve(asking.client(), customer))
    except Gone:
        return None
    if user:
        synchronising.synchronise(user, also=customer)
    return user


@job(renewal.CARRY_OUT, attempts=16, gave_up=lambda subject, _reason: renewal.give_up(subject))
def carry_out(work: Work) -> None:
    """Go on with a decision about a renewal until Stripe confirms it."""
    work.heartbeat(LONG)
    if not renewal.carry_out(work.subject, asking.WORK):
        raise JobFailed("Stripe has not confirmed it yet.")


@job(synchronising.ROUND, attempts=8)
def go_round(work: Work) -> None:
    """Let the next people be asked about, and the next part of the round follow: how far it has come is the job's own subject."""
    people = synchronising.next_of_round(work.subject)
    if not people:
        return
    with work.step("these people"):
        for number in people:
            if not jobs.unfinished(synchronising.SYNCHRONISE, number):
                jobs.start(synchronising.SYNCHRONISE, number)
        jobs.start(synchronising.ROUND, people[-1], after=synchronising.BETWEEN)


@sweep("subscriptions at Stripe", every=timedelta(days=1))
def begin_round() -> int:
    """Begin the nightly round, unless one is still under way; returns how many rounds began."""
    under_way = jobs.Job.select().where((jobs.Job.kind == synchronising.ROUND) & jobs.Job.state.in_([jobs.WAITING, jobs.RUNNING]))
    if not asking.is_used() or under_way.exists():
        return 0
    with database.atomic():
        jobs.start(synchronising.ROUND, 0)
    return 1


@sweep("decisions about renewals that nobody carries", every=timedelta(minutes=10))
def go_on() -> int:
    """Go on with decisions whose job is lost; returns how many."""
    waiting = renewal.uncarried()
    for number in waiting:
        with database.atomic():
            jobs.start(renewal.CARRY_OUT, number)
    return len(waiting)


@sweep("news from Stripe of long ago", every=timedelta(days=1))
def forget_events() -> int:
    """Remove events after a month; Stripe repeats none for longer than some days."""
    return int(StripeEvent.delete().where(StripeEvent.received_at < clock.now() - EVENTS_KEPT).execute())
