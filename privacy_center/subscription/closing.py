"""What closing an account means for a subscription, where no payment service is configured: there is nothing to cancel here."""

from __future__ import annotations

from dataclasses import dataclass

from privacy_center.accounts.models import User


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
