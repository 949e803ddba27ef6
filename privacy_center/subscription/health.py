"""How things stand with Stripe, for the operator: whether it lets us do what we must, and whether anything has gone wrong lately."""

from __future__ import annotations

from datetime import timedelta

from peewee import PeeweeException

from privacy_center.core import clock
from privacy_center.core.peers import Patience
from privacy_center.settings import PREFIX, Settings
from privacy_center.subscription import asking
from privacy_center.subscription.asking import Down, Gone, KeyRefused, Refused, Slow, Strange, StripeTrouble, heard
from privacy_center.subscription.models import RenewalDecision, StripeEvent, Synchronisation

PATIENCE = Patience(connect=5.0, read=10.0, whole=20.0)
LATELY = timedelta(days=1)
LONG = timedelta(hours=1)
WHAT_TO_DO: dict[type[StripeTrouble], str] = {
    Down: "Stripe can't be reached, or is broken; see {base}.",
    Slow: "Stripe does not answer in time; see {base}.",
    Strange: "what answers is not Stripe; see {base}.",
    KeyRefused: "Stripe does not take our key, or not for customers and subscriptions; see {key}.",
}


class Unwell(Exception):
    """Something is wrong; the text says what, and what to do."""


def look(settings: Settings) -> str:
    """What is well, as the rest of a sentence. Raises Unwell."""
    searchable = _ask()
    if not settings.stripe_webhook_secret:
        raise Unwell(f"Stripe's news can't come in; point an endpoint there at {settings.base_url}/webhooks/stripe, and give {PREFIX}STRIPE_WEBHOOK_SECRET.")
    try:
        _look_back()
    except PeeweeException as error:
        raise Unwell("what came of it can't be read while the database is wrong.") from error
    found = "takes our key" + (", which is one for trying out" if "_test_" in settings.stripe_api_key else "")
    return found if searchable else f"{found}; customers can't be searched there, so that they are found by their e-mail address and their metadata"


def _ask() -> bool:
    """Ask for what we need every day; returns whether customers can be searched. Raises Unwell."""
    client = asking.client(PATIENCE)
    try:
        with heard():
            client.v1.customers.list({"limit": 1})
            client.v1.subscriptions.list({"limit": 1})
            client.v1.invoices.list({"limit": 1})
    except StripeTrouble as trouble:
        words = WHAT_TO_DO.get(type(trouble), "Stripe refuses what we ask; see {key}.")
        raise Unwell(words.format(base=f"{PREFIX}STRIPE_API_BASE", key=f"{PREFIX}STRIPE_API_KEY")) from trouble
    try:
        with heard():
            client.v1.customers.search({"query": f'metadata["{asking.account_field()}"]:"nobody"', "limit": 1})
    except (Gone, Refused):
        return False
    except StripeTrouble as trouble:
        raise Unwell("Stripe answers, but does not let us search customers.") from trouble
    return True


def _look_back() -> None:
    """Raise Unwell if news has waited, or decisions came to nothing."""
    now = clock.now()
    waiting = StripeEvent.select().where(StripeEvent.done_at.is_null() & (StripeEvent.received_at < now - LONG)).count()
    if waiting:
        raise Unwell(f"{waiting} news from Stripe have waited for more than an hour; is a worker running?")
    failed = RenewalDecision.select().where((RenewalDecision.state == "failed") & (RenewalDecision.decided_at > now - 3 * LATELY)).count()
    if failed:
        raise Unwell(f"{failed} decisions about renewals could not be brought to Stripe; whoever made them reads so, and can decide again.")
    in_trouble = Synchronisation.select().where(Synchronisation.trouble.is_null(False) & (Synchronisation.tried_at > now - LATELY)).count()
    if in_trouble:
        raise Unwell(f"about {in_trouble} people Stripe could not be asked since yesterday; the log says why, and they are asked again every night.")
