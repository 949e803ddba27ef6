"""What the product may do with one person's data now, per purpose."""

from __future__ import annotations

from typing import Any

from privacy_center.accounts.models import Tombstone, User
from privacy_center.consent.basis import Basis
from privacy_center.consent.purposes import PURPOSES, states_of
from privacy_center.core import clock

STORAGE, SERVICE, RESTRICTION = "storage", "service", "restriction"  # the service itself rests on the contract and needs no answer
ASKED = tuple(key for key in PURPOSES if key != RESTRICTION)


def answer(issuer: str, subject: str) -> dict[str, Any]:
    """What may be done now with the data of the user of that Z.ai user id.

    Of somebody who is not known here the answer is that of somebody who has said nothing. Of an erased person nothing may be processed.
    """
    erased = Tombstone.stands_for("account", issuer, subject)
    user = None if erased else User.known(issuer, subject)
    goes_on = {key: state.goes_on for key, state in states_of(user).items()} if user else {key: not _needs_consent(key) for key in PURPOSES}
    restricted = not goes_on[RESTRICTION] or bool(user and user.is_closing)
    free = not (erased or restricted)
    purposes = {STORAGE: not erased, SERVICE: free, **{key: free and goes_on[key] for key in ASKED}}
    return {"user": subject, "purposes": purposes, "restricted": restricted, "erased": erased, "at": clock.now().isoformat(timespec="seconds")}


def _needs_consent(key: str) -> bool:
    """Whether silence about a purpose is a no."""
    return PURPOSES[key].basis is Basis.CONSENT
