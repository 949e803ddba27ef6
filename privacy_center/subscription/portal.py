"""The person's own page at Stripe, for cards, addresses and tax numbers: a link made on the click, good for minutes."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from flask import current_app

from privacy_center.accounts.models import User
from privacy_center.core import audit
from privacy_center.settings import Settings
from privacy_center.subscription import asking, fetching, synchronising
from privacy_center.subscription.asking import Gone, Strange, heard
from privacy_center.subscription.models import StripeCustomer, Subscription

HOST = "https://billing.stripe.com"


def open_portal(user: User, return_url: str, language: str, *, customer: StripeCustomer | None = None) -> str:
    """The address of *user*'s page at Stripe, as *customer* where they are several; it leads back to *return_url*.

    Raises Gone when they have none, or another StripeTrouble. The customer is looked at again first: whoever it does not name must not see its page.
    """
    customer = customer or _customer_of(user)
    client = asking.client(asking.CLICK)
    found = fetching.retrieve(client, customer.external_id)
    if found is None or not fetching.names(found, user):
        synchronising.want(user)
        raise Gone("no customer")
    with heard():
        session = client.v1.billing_portal.sessions.create({"customer": customer.external_id, "return_url": return_url, "locale": _locale(language)})
        url = str(session.url)
    if not _leads_there(url):
        raise Strange("address")
    audit.write("payment page opened", actor=f"user:{user.id}", person=user.id, subject=f"stripe customer:{customer.id}")
    return url


def origins(settings: Settings) -> list[str]:
    """Where these pages are: forms that lead there must be allowed to. None where Stripe isn't used."""
    if not settings.stripe_api_key:
        return []
    parts = urlsplit(settings.stripe_api_base or HOST)
    return [f"{parts.scheme}://{parts.netloc}"]


def _customer_of(user: User) -> StripeCustomer:
    """The customer whose page to open: the one with a living subscription, else the newest."""
    living = list(StripeCustomer.living(user))
    if not living:
        raise Gone("no customer")
    paying = {each.customer for each in Subscription.owned_by(user) if not each.is_over}
    return next((each for each in living if each.external_id in paying), living[0])


def _locale(language: str) -> Literal["zh", "en", "auto"]:
    """The language as Stripe calls it; one that we don't speak it finds out for itself."""
    return "zh" if language.startswith("zh") else "en" if language.startswith("en") else "auto"


def _leads_there(url: str) -> bool:
    """Whether an address is one that our forms may lead to."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" in origins(current_app.config["SETTINGS"])
