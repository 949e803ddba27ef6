"""What other rooms do at the moment somebody signs in, or proves that an address is theirs, in the request in which it happens."""

from __future__ import annotations

from collections.abc import Callable

from privacy_center.accounts.models import User

Arrival = Callable[[User], None]
_arrivals: list[Arrival] = []
_proofs: list[Arrival] = []


def on_arrival(does: Arrival) -> Arrival:
    """Let *does* be called with whoever signs in; each room adds its own when it opens."""
    _arrivals.append(does)
    return does


def arrive(user: User) -> None:
    """Let every room do what it does when *user* signs in."""
    for does in _arrivals:
        does(user)


def on_proof(does: Arrival) -> Arrival:
    """Let *does* be called with whoever has just proved that their account's e-mail address is theirs."""
    _proofs.append(does)
    return does


def proved(user: User) -> None:
    """Let every room do what it does when it is proved that *user* has their account's address: Z.ai vouches, or a code came back."""
    for does in _proofs:
        does(user)
