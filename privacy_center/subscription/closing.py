"""What closing an account means for a subscription, where no payment service is configured: there is nothing to cancel here."""

from __future__ import annotations

from dataclasses import dataclass

from privacy_center.accounts.models import User
from privacy_center.subscription.models import SERVICES, Order

ENDED = ("ended", "expired", "cancelled", "canceled", "inactive", "closed", "none")  # as the product says it of orders


@dataclass(frozen=True)
class Cancelled:
    """The subscription was cancelled, and nothing will be charged any more."""


@dataclass(frozen=True)
class NothingToCancel:
    """There is no subscription that could be charged."""


@dataclass(frozen=True)
class CannotCancel:
    """It could not be cancelled; *reason* is a sentence for its person. The account must not be closed."""

    reason: str


def cancel_for_closure(user: User) -> Cancelled | NothingToCancel | CannotCancel:
    """Cancel *user*'s subscription before the account is closed; goes out to the payment service, so never inside a transaction."""
    return NothingToCancel()


def paid_elsewhere(user: User) -> tuple[str, ...]:
    """The payment services where a plan of *user*'s seems to go on that we can't end, by the latest order through each."""
    latest: dict[str, Order] = {}
    for order in Order.select().where((Order.user == user) & Order.provider.is_null(False)).order_by(Order.payment_created_at):
        latest[str(order.provider)] = order
    going_on = [each for each in latest.values() if (each.subscription_status or ENDED[0]).lower() not in ENDED]
    return tuple(SERVICES.get(str(each.provider), str(each.provider)) for each in going_on)
