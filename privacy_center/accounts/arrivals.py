"""What other rooms do at the moment somebody signs in, in the request in which they come in."""

from __future__ import annotations

from collections.abc import Callable

from privacy_center.accounts.models import User

Arrival = Callable[[User], None]
_arrivals: list[Arrival] = []


def on_arrival(does: Arrival) -> Arrival:
    """Let *does* be called with whoever signs in; each room adds its own when it opens."""
    _arrivals.append(does)
    return does


def arrive(user: User) -> None:
    """Let every room do what it does when *user* signs in."""
    for does in _arrivals:
        does(user)
