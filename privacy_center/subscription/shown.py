"""What a page shows of somebody's payments: what is known, since when, and whether more is on its way. It never waits on Stripe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import jobs
from privacy_center.subscription.models import TROUBLES, Invoice, RenewalDecision, StripeCustomer, Subscription, Synchronisation
from privacy_center.subscription.synchronising import SYNCHRONISE, can_ask_about

INVOICES_SHOWN = 24


@dataclass(frozen=True)
class Shown:
    """What is known of somebody's payments through Stripe."""

    connected: bool  # Stripe is asked; else what is known comes by the feed alone
    customers: list[StripeCustomer]  # those that Stripe still has, the newest first
    was_deleted: bool  # Stripe had a customer for this person, and has none any more
    subscriptions: list[Subscription]  # those that are not over first, each group the newest first
    invoices: list[Invoice]  # the newest first
    more_invoices: int  # how many older ones are not among these
    decisions: dict[int, RenewalDecision]  # the latest about each subscription, by the number of its row
    known_since: datetime | None  # as Stripe said then; None when it never answered
    tried_at: datetime | None
    trouble: str | None  # what kept it from answering last time: a key of TROUBLES
    under_way: bool  # it is being asked, or will be in a moment

    @property
    def live(self) -> list[Subscription]:
        """The subscriptions that may still cost money."""
        return [each for each in self.subscriptions if not each.is_over]

    @property
    def over(self) -> list[Subscription]:
        """The subscriptions that have ended."""
        return [each for each in self.subscriptions if each.is_over]

    @property
    def trouble_words(self) -> Any:
        """What went wrong, as a sentence without its full stop; None when nothing did."""
        return TROUBLES.get(self.trouble) if self.trouble else None

    @property
    def has_portal(self) -> bool:
        """Whether there is a customer whose page at Stripe can be opened."""
        return self.connected and bool(self.customers)


def state_of(user: User, *, invoices: int = INVOICES_SHOWN) -> Shown:
    """All that is known of *user*'s payments through Stripe, without asking it anything."""
    known = Synchronisation.get_or_none(Synchronisation.user == user)
    customers = list(StripeCustomer.select().where(StripeCustomer.user == user).order_by(StripeCustomer.created_at.desc(), StripeCustomer.id.desc()))
    living = [each for each in customers if each.deleted_at is None]
    bills = Invoice.owned_by(user)
    connected = can_ask_about(user)
    return Shown(
        connected=connected,
        customers=living,
        was_deleted=bool(customers) and not living,
        subscriptions=sorted(Subscription.owned_by(user), key=lambda each: each.is_over),
        invoices=list(bills.limit(invoices)),
        more_invoices=max(bills.count() - invoices, 0),
        decisions={each.subscription_id: each for each in RenewalDecision.select().where(RenewalDecision.user == user).order_by(RenewalDecision.id)},
        known_since=known.seen_at if known else None,
        tried_at=known.tried_at if known else None,
        trouble=known.trouble if known else None,
        under_way=connected and jobs.unfinished(SYNCHRONISE, user.id),
    )
