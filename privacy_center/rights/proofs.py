"""Who may read a request that was made without signing in: whoever holds its link and has proved its address in this browser of late.

The link alone, which may be forwarded, shows how far the request is. Its messages, its files and its buttons take a code from the
mailbox; the browser remembers for an hour that it was typed.
"""

from __future__ import annotations

from datetime import timedelta

from flask import session
from flask_babel import ngettext

from privacy_center.core import clock
from privacy_center.core.db import microseconds, moment
from privacy_center.rights import asking, links
from privacy_center.rights.models import Request
from privacy_center.rights.words import NEEDS_VERIFICATION
from privacy_center.verification import proving
from privacy_center.verification.addresses import veiled
from privacy_center.verification.models import Proof
from privacy_center.verification.proving import Result

ABOUT = "request"
VISIT = "proved"
REMEMBERED = timedelta(hours=1)
MOST_REMEMBERED = 5  # they stand in the visit's cookie


def ask(request: Request) -> Proof:
    """Have a code sent to the request's address, in the transaction that makes it, or again later; raises TooMany."""
    assert request.email
    proof = proving.ask(request.email, about=ABOUT, subject=request.id, language=request.language)
    if request.state == NEEDS_VERIFICATION:
        asking.tie(request, proof.id)
    return proof


def under_way(request: Request) -> Proof | None:
    """The proof that is still to be given."""
    return proving.under_way(ABOUT, request.id)


def send_again(request: Request) -> None:
    """Have another code sent; raises TooMany."""
    proof = under_way(request)
    if proof is None:
        ask(request)
    else:
        proving.send_again(proof)


def check(request: Request, typed: str) -> Result:
    """Whether *typed* is the code; if so, this browser may read the request, and what waited for it is open from now on."""
    proof = under_way(request)
    result = proving.check(proof, typed) if proof else Result.CLOSED
    if result is Result.RIGHT:
        if request.state == NEEDS_VERIFICATION:
            asking.verified(request)
        _remember(request)
    return result


def wrong_code(request: Request) -> str:
    """What to say to whoever typed another code; nothing when there is no try left, which the page says by itself."""
    proof = under_way(request)
    left = proving.tries_left(proof) if proof else 0
    return ngettext("That is not the code. %(num)d try is left.", "That is not the code. %(num)d tries are left.", left) if left else ""


def shown_address(request: Request) -> str:
    """The address as whoever has the link may see it: as it was typed until it is proved, and hardly at all afterwards."""
    address = request.email or ""
    return address if request.state == NEEDS_VERIFICATION else veiled(address)


def _remember(request: Request) -> None:
    known = dict(sorted(session.get(VISIT, {}).items(), key=lambda each: each[1])[1 - MOST_REMEMBERED :])
    session[VISIT] = {**known, str(request.id): microseconds(clock.now())}


def may_read(request: Request, within: timedelta = REMEMBERED) -> bool:
    """Whether this browser has proved the request's address of late."""
    at = session.get(VISIT, {}).get(str(request.id))
    return isinstance(at, int) and clock.now() - moment(at) < within


def forget(request: Request) -> None:
    """Let this browser prove the address anew before it reads the request again."""
    session[VISIT] = {number: at for number, at in session.get(VISIT, {}).items() if number != str(request.id)}


@proving.leads(ABOUT)
def way_back(number: int) -> str | None:
    """The page of a request whose address is still to be proved."""
    request = Request.get_or_none((Request.id == number) & (Request.state == NEEDS_VERIFICATION))
    return links.page_of(request) if request else None
