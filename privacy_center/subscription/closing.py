"""Cancels what a person pays for when their account is closed: at Stripe, at once, and not said before Stripe has confirmed it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import stripe
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from privacy_center.accounts.models import User
from privacy_center.core import audit
from privacy_center.core.peers import Patience
from privacy_center.subscription import asking, plans, synchronising
from privacy_center.subscription.asking import Gone, StripeTrouble, heard
from privacy_center.subscription.fetching import Said, customers_of, subscriptions_of
from privacy_center.subscription.models import SERVICES, TROUBLES, Order, StripeCustomer

log = logging.getLogger(__name__)

PATIENCE = Patience(connect=4.0, read=10.0, whole=40.0)
UNKNOWN_STATE = "state"  # Stripe answered well, and still has it
LIVES_ON = _l("Stripe did not end the subscription")
ENDED = ("ended", "expired", "cancelled", "canceled", "inactive", "closed", "none")  # as the product says it of orders


@dataclass(frozen=True)
class Cancelled:
    """All that was live is cancelled, and Stripe has confirmed it."""

    subscriptions: tuple[str, ...]  # their numbers at Stripe


@dataclass(frozen=True)
class NothingToCancel:
    """There is nothing at Stripe that could cost money; what is paid elsewhere is not ours to end."""


@dataclass(frozen=True)
class CannotCancel:
    """It could not be made sure: the account must not be closed now."""

    reason: str  # a sentence for its person
    word: str = ""  # the same for code: a key of models.TROUBLES, or `state`

    @classmethod
    def because(cls, word: str) -> CannotCancel:
        """The no that a word stands for."""
        return cls(gettext("%(trouble)s.", trouble=TROUBLES.get(word, LIVES_ON)), word)


def cancel_for_closure(user: User) -> Cancelled | NothingToCancel | CannotCancel:
    """Cancel at once every living subscription of *user* at Stripe, and read back that none lives.

    Twice is as good as once: what is cancelled already is nothing to cancel. Waits on Stripe for up to 40 seconds, outside
    of any transaction.
    """
    if not synchronising.can_ask_about(user):
        return NothingToCancel()
    stop = _Stop(asking.client(PATIENCE))
    try:
        live = _living(stop.client, user)
        for each in live:
            stop.cancel(each)
        left = {str(each["id"]) for each in _living(stop.client, user)} if live else set()
    except StripeTrouble as trouble:
        log.warning("whether all is cancelled for a closure could not be made sure: %s", trouble.word)
        return CannotCancel.because(trouble.word)
    gone = [number for number in (str(each["id"]) for each in live) if number not in left]
    _write_down(user, gone)
    if left:
        log.warning("%s subscriptions live on although they were to be cancelled for a closure", len(left))
        return CannotCancel.because(stop.trouble.word if stop.trouble else UNKNOWN_STATE)
    return Cancelled(tuple(gone)) if gone else NothingToCancel()


def paid_elsewhere(user: User) -> tuple[str, ...]:
    """The payment services where a plan of *user*'s seems to go on that we can't end, by the latest order through each.

    Stripe is among them when no customer there names the person, though their orders say that they pay through it.
    """
    is_customer = StripeCustomer.select().where(StripeCustomer.user == user).exists()
    latest: dict[str, Order] = {}
    for order in Order.select().where((Order.user == user) & Order.provider.is_null(False)).order_by(Order.payment_created_at):
        latest[str(order.provider)] = order
    ours = {"stripe"} if is_customer else set()
    going_on = [each for name, each in latest.items() if name not in ours and (each.subscription_status or ENDED[0]).lower() not in ENDED]
    return tuple(SERVICES.get(str(each.provider), str(each.provider)) for each in going_on)


def _living(client: stripe.StripeClient, user: User) -> list[dict[str, Any]]:
    """All subscriptions at Stripe that may cost *user* money, now or when a schedule begins, looked for everywhere."""
    found: list[dict[str, Any]] = []
    for number in customers_of(client, user, Said(), thorough=True):
        with heard():
            found += [each for each in subscriptions_of(client, number) if plans.is_live(each)]
            found += [each for each in _schedules(client, number) if each["status"] == "not_started"]
    return found


def _schedules(client: stripe.StripeClient, customer: str) -> list[dict[str, Any]]:
    """What is planned for a customer: a schedule may begin a subscription one day."""
    try:
        with heard():
            pages = client.v1.subscription_schedules.list({"customer": customer, "limit": 100})
            return [each.to_dict() for each in pages.auto_paging_iter()]
    except Gone:
        return []


class _Stop:
    """Cancels one after the other, and remembers what went wrong on the way; what has come of it is read back afterwards."""

    def __init__(self, client: stripe.StripeClient) -> None:
        self.client = client
        self.trouble: StripeTrouble | None = None

    def cancel(self, said: dict[str, Any]) -> None:
        """Ask Stripe to cancel a subscription, or a schedule, at once and without another invoice."""
        number = str(said["id"])
        try:
            with heard():
                if said.get("object") == "subscription_schedule":
                    self.client.v1.subscription_schedules.cancel(number)
                else:
                    self.client.v1.subscriptions.cancel(number)
        except Gone:
            pass  # somebody else was faster
        except StripeTrouble as trouble:
            self.trouble = trouble


def _write_down(user: User, numbers: list[str]) -> None:
    """Note in the audit log what was cancelled, and have what pages show brought up to date."""
    for number in numbers:
        audit.write("subscription cancelled", actor=f"user:{user.id}", person=user.id, subject=f"stripe:{number}", reason="the account was to be closed")
    if numbers:
        synchronising.want(user)
