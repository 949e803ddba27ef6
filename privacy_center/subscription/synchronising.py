"""Keeps what is known of people's payments up to date with Stripe: at sign-in when it is old, when a person asks, when Stripe has news, every night."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app

from privacy_center.accounts.arrivals import on_arrival
from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.db import database
from privacy_center.core.peers import Patience
from privacy_center.subscription import asking, fetching, storing
from privacy_center.subscription.asking import StripeTrouble
from privacy_center.subscription.models import Order, StripeCustomer, Synchronisation

SYNCHRONISE = "subscription.synchronise"  # the job that asks Stripe about one person; its subject is the user's number
ROUND = "subscription.round"  # the nightly round; its subject is the last user's number that it has come to
OLD = timedelta(minutes=15)
AT_A_TIME = 50
BETWEEN = timedelta(seconds=30)  # Stripe takes some hundred questions a second from us, for everything


def synchronise(user: User, *, also: str | None = None, thorough: bool = False, patience: Patience = asking.WORK) -> fetching.Said:
    """Ask Stripe about *user* now, and keep what it says. Raises StripeTrouble, after noting it."""
    ticket, seen_at = storing.draw(user), clock.now()
    try:
        said = fetching.fetch(asking.client(patience), user, also=also, thorough=thorough)
    except StripeTrouble as trouble:
        storing.note_trouble(user, trouble.word)
        raise
    storing.store(user, ticket, seen_at, said)
    return said


def can_ask_about(user: User) -> bool:
    """Whether Stripe can be asked about *user*: there is a key, and the account is of the Z.ai that customers are named by."""
    return asking.is_used() and user.issuer == current_app.config["SETTINGS"].zai_issuer


def named_by(customer: dict[str, Any] | None) -> User | None:
    """The user whose account a customer's metadata name, if we know one; nobody becomes known to us by being a customer."""
    subject = ((customer or {}).get("metadata") or {}).get(asking.account_field())
    return User.known(current_app.config["SETTINGS"].zai_issuer, str(subject)) if subject else None


def want(user: User, *, older_than: timedelta = timedelta(0)) -> bool:
    """Let a job ask Stripe about *user*, if what is known is *older_than* that and no job will anyway; returns whether one will."""
    if not can_ask_about(user):
        return False
    known = Synchronisation.get_or_none(Synchronisation.user == user)
    if known and known.seen_at and not known.trouble and clock.now() - known.seen_at < older_than:
        return False
    with database.atomic():
        if storing.is_erased(user):
            return False
        if not jobs.unfinished(SYNCHRONISE, user.id):
            Synchronisation.insert(user=user).on_conflict_ignore().execute()
            Synchronisation.update(wanted_at=clock.now()).where(Synchronisation.user == user).execute()
            jobs.start(SYNCHRONISE, user.id)
    return True


@on_arrival
def want_at_sign_in(user: User) -> None:
    """Ask Stripe when somebody signs in and what is known is old."""
    want(user, older_than=OLD)


def next_of_round(after: int) -> list[int]:
    """The numbers of the next people who have to do with Stripe, by number: they are customers, or have ordered through it."""
    found: set[int] = set()
    for model, through_stripe in ((StripeCustomer, StripeCustomer.deleted_at.is_null()), (Order, Order.provider == "stripe")):
        query = model.select(model.user).where(through_stripe & (model.user > after)).distinct().order_by(model.user).limit(AT_A_TIME)  # type: ignore[attr-defined]
        found |= {each.user_id for each in query}
    return sorted(found)[:AT_A_TIME]
