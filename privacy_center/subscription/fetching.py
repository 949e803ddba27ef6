"""Fetches all that Stripe says of one person: the customers that name their Z.ai account, and what belongs to these.

Nobody is found by e-mail alone: whoever gives Stripe an e-mail address need not own it. Only metadata, which ZCode's own
back ends write, say whose a customer is.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

import stripe

from privacy_center.accounts.models import User
from privacy_center.subscription import reading
from privacy_center.subscription.asking import Gone, Refused, account_field, heard
from privacy_center.subscription.details import whole
from privacy_center.subscription.models import OVER, StripeCustomer, Subscription

PAGE = 100
MOST_CUSTOMERS = 20
MOST_OF_AN_ADDRESS = 200
MOST_INVOICES = 500
CARD = "default_payment_method"


@dataclass
class Said:
    """What Stripe says of one person, as the fields that we keep, each by its id at Stripe."""

    customers: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)  # looked at, and they name somebody else, or nobody
    subscriptions: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)  # subscriptions that Stripe does not have any more
    invoices: dict[str, dict[str, Any]] = field(default_factory=dict)


def fetch(client: stripe.StripeClient, user: User, *, also: str | None = None, thorough: bool = False) -> Said:
    """All that Stripe says of *user* now; *also* names a customer to look at, *thorough* looks everywhere. Raises StripeTrouble."""
    said = Said()
    for number, customer in customers_of(client, user, said, also=also, thorough=thorough).items():
        with heard():
            said.customers[number] = reading.customer(customer)
            for each in subscriptions_of(client, number):
                said.subscriptions[str(each["id"])] = {**whole(client, each, customer), "customer": number}
            for each in _invoices_of(client, number):
                said.invoices[str(each["id"])] = {"customer": number, **reading.invoice(each)}
    _look_after_orphans(client, user, said)
    return said


def customers_of(client: stripe.StripeClient, user: User, said: Said, *, also: str | None = None, thorough: bool = False) -> dict[str, dict[str, Any]]:
    """The customers that name *user*'s account, by id. Those that are deleted, or name somebody else, are noted in *said*."""
    known = [each.external_id for each in StripeCustomer.living(user)]
    numbers = dict.fromkeys([*known, *([also] if also else []), *_searched(client, user)])
    if thorough or not numbers:
        numbers |= dict.fromkeys(_listed(client, user))
    found: dict[str, dict[str, Any]] = {}
    for number in numbers:
        try:
            customer = retrieve(client, number)
        except Gone:
            # One that was deleted says so. One that Stripe has never had tells that we ask the wrong account, not that nothing is paid.
            if number in known:
                raise
            continue
        if customer is None:
            said.deleted.add(number)
        elif names(customer, user):
            found[number] = customer
        else:
            said.strangers.add(number)
    return found


def names(customer: dict[str, Any], user: User) -> bool:
    """Whether the customer's metadata name the Z.ai account of *user*."""
    return (customer.get("metadata") or {}).get(account_field()) == user.subject


def retrieve(client: stripe.StripeClient, number: str) -> dict[str, Any] | None:
    """A customer as Stripe has it now; None if it was deleted. Raises Gone for one that it does not know."""
    with heard():
        found = client.v1.customers.retrieve(number, {"expand": [f"invoice_settings.{CARD}", "discount.source.coupon"]}).to_dict()
    return None if found.get("deleted") else found


def _searched(client: stripe.StripeClient, user: User) -> list[str]:
    """The numbers of the customers that Stripe's search finds, which may be an hour behind, and is not there in every country."""
    quoted = user.subject.replace("\\", "\\\\").replace('"', '\\"')
    try:
        with heard():
            page = client.v1.customers.search({"query": f'metadata["{account_field()}"]:"{quoted}"', "limit": PAGE}).auto_paging_iter()
            return [str(each.id) for each in itertools.islice(page, MOST_CUSTOMERS)]
    except (Gone, Refused):
        return []


def _listed(client: stripe.StripeClient, user: User) -> list[str]:
    """The numbers of the customers with *user*'s e-mail address whose metadata name them; the list knows every customer at once."""
    if not user.email:
        return []
    with heard():
        page = client.v1.customers.list({"email": user.email, "limit": PAGE}).auto_paging_iter()
        listed = [each.to_dict() for each in itertools.islice(page, MOST_OF_AN_ADDRESS)]
    return [str(each["id"]) for each in listed if names(each, user)]


def _look_after_orphans(client: stripe.StripeClient, user: User, said: Said) -> None:
    """See what became of subscriptions whose customer was deleted: Stripe ends them, and keeps them for whoever knows their number."""
    theirs = Subscription.customer.in_(list(said.deleted)) & ~Subscription.status.in_(OVER) & Subscription.missing_at.is_null()
    for each in Subscription.select().where((Subscription.user == user) & theirs):
        try:
            with heard():
                found = client.v1.subscriptions.retrieve(each.external_id, {"expand": [CARD, "discounts.source.coupon"]}).to_dict()
                said.subscriptions[each.external_id] = {**whole(client, found, {}), "customer": each.customer}
        except Gone:
            said.missing.add(each.external_id)


def subscriptions_of(client: stripe.StripeClient, customer: str) -> list[dict[str, Any]]:
    """All subscriptions of a customer, ended ones too, as Stripe has them; for use inside `heard`."""
    expand = [f"data.{CARD}", "data.discounts.source.coupon"]
    pages = client.v1.subscriptions.list({"customer": customer, "status": "all", "limit": PAGE, "expand": expand})
    return [each.to_dict() for each in pages.auto_paging_iter()]


def _invoices_of(client: stripe.StripeClient, customer: str) -> list[dict[str, Any]]:
    """The invoices of a customer, the newest first, without drafts."""
    pages = client.v1.invoices.list({"customer": customer, "limit": PAGE}).auto_paging_iter()
    return [each for each in (one.to_dict() for one in itertools.islice(pages, MOST_INVOICES)) if each.get("status") not in (None, "draft")]
