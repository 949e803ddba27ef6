"""What the person does with a request: making one, proving its address, writing, answering, moving house, withdrawing.

All of it may be called twice or too late: what can't be done any more answers False and changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from peewee import IntegrityError

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock
from privacy_center.core.db import database
from privacy_center.core.proof import CODE_ALPHABET
from privacy_center.rights import at_once, deadlines, letters, links
from privacy_center.rights.homes import Home
from privacy_center.rights.laws import of_home
from privacy_center.rights.models import Request, Step
from privacy_center.rights.states import move, touch
from privacy_center.rights.telling import tell
from privacy_center.rights.words import (
    FROM_PERSON,
    IN_PROGRESS,
    NEEDS_VERIFICATION,
    OPEN,
    WAITING_FOR_YOU,
    WITHDRAWN,
)

WRITABLE_AFTER_END = ("fulfilled", "denied")  # a person may object to a decision by writing; the desk sees it


def ask(
    right: str,
    *,
    home: Home,
    language: str,
    user: User | None = None,
    email: str | None = None,
    words: str = "",
    wants: dict[str, Any] | None = None,
    files: Iterable[dict[str, Any]] = (),
    follows: Request | None = None,
    confirmed: bool = False,
) -> Request:
    """Make a request: of *user*, or of whoever will prove to have *email*; what a machine can do for a user is begun at once.

    *wants* says exactly what, per right: deletion `{"kinds": [table…]}` or None for everything; objection, restriction, withdrawal
    `{"purposes": [key…]}`; correction `{"fields": {name: wished}}`; access, portability `{"categories": […]}` or None. *words* become
    the first letter, with *files* that `letters.seal` has kept. *confirmed*: the person saw what a deletion would do and confirmed to be
    themselves; else it goes to the desk. In one transaction, the caller's if there is one.
    """
    received = clock.now()
    deadline = deadlines.strictest(home, right, received)
    said = {
        "right": right,
        "user": user,
        "email": None if user else email,
        "wants": wants,
        "language": language,
        "country": home.country,
        "region": home.region,
        "zone": deadline.zone,
        "law": of_home(home.country, home.region).key,
        "due_law": deadline.law.key,
        "received_at": received,
        "acknowledge_by": deadline.acknowledge_by,
        "due_at": deadline.due,
        "verified_at": received if user else None,
        "state": OPEN if user else NEEDS_VERIFICATION,
        "acknowledged_at": received if user and not user.email else None,  # the page says so, and nothing else can
        "follows": follows.id if follows else None,
    }
    with database.atomic():
        if user:
            User.locked(user.id)  # before the audit log, as everybody does who decides about records of theirs
        request = _create(said, linked=user is None)
        if words.strip() or files:
            letters.write(request, FROM_PERSON, words.strip(), files=files)
        Step.create(request=request, at=received, what="received", who="person")
        if user:
            audit.write("request made", actor=f"user:{user.id}", person=user.id, subject=f"request:{request.id}", reason=right)
            tell(request, "received")
            at_once.begin(request, by=f"user:{user.id}", confirmed=confirmed)
    return request


def _create(said: dict[str, Any], *, linked: bool) -> Request:
    """The row, under a reference that nobody else has."""
    while True:
        reference = new_reference()
        try:
            with database.atomic():
                return Request.create(reference=reference, link_hash=links.new_link(reference) if linked else None, **said)
        except IntegrityError:
            if not Request.select().where(Request.reference == reference).exists():
                raise


def new_reference() -> str:
    """A reference that a person can read out: RQ-7K4M-92QX. It opens nothing by itself."""
    drawn = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
    return f"RQ-{drawn[:4]}-{drawn[4:]}"


def tie(request: Request, proof: int) -> None:
    """Note which proof of an address will verify the request, in the transaction that asked for it."""
    Request.update(proof=proof).where(Request.id == request.id).execute()
    request.proof = proof


def verified(request: Request) -> bool:
    """The address was proved: the request is open from now on, its dates still counted from its receipt; False when it is over."""
    with database.atomic():
        if not move(request, OPEN, by="visitor", because="verified", verified_at=clock.now()):
            return False
        tell(request, "received")
    return True


def may_adopt(request: Request, user: Any) -> bool:
    """Whether a request may be brought to the account of whoever is here: its verified address is the account's."""
    theirs, ours = str(request.email or ""), str(getattr(user, "email", None) or "")
    return request.user_id is None and request.verified_at is not None and theirs != "" and theirs.lower() == ours.lower()


def adopt(request: Request, user: User) -> bool:
    """Bring a request to the account of who holds its link and is signed in, if its verified address is the account's; else False."""
    if not may_adopt(request, user):
        return False
    with database.atomic():
        if not touch(request, by=f"user:{user.id}", because=None, user=user, email=None):
            return False
        request.user = user
        audit.write("request brought to the account", actor=f"user:{user.id}", person=user.id, subject=f"request:{request.id}")
    return True


def may_write(request: Request) -> bool:
    """Whether the person may write about it: as long as it goes on, and against a decision."""
    return request.state != NEEDS_VERIFICATION and (not request.is_final or request.state in WRITABLE_AFTER_END)


def write(request: Request, words: str, *, by: str, files: Iterable[dict[str, Any]] = ()) -> bool:
    """Write to us about a request; if we had asked for something, this is the answer, and it is our turn again."""
    now = clock.now()
    with database.atomic():
        if request.state == WAITING_FOR_YOU:
            changed = move(request, IN_PROGRESS, by=by, because="answered_us", person_wrote_at=now, answer_by=None)
        elif not may_write(request):
            return False
        else:
            changed = touch(request, by=by, because="person_wrote", person_wrote_at=now)
        if changed:
            letters.write(request, FROM_PERSON, words.strip(), files=files)
            _log(request, "message about a request", by)
    return changed


def withdraw(request: Request, *, by: str) -> bool:
    """Withdraw a request that nobody has carried out yet; False when it is too late."""
    with database.atomic():
        if not move(request, WITHDRAWN, by=by, because="withdrawn"):
            return False
        _log(request, "request withdrawn", by)
    return True


def move_home(request: Request, home: Home, *, by: str) -> bool:
    """Note that the person lives elsewhere: law, dates and regulator follow, but nothing that was promised moves to a later date."""
    if request.is_final:
        return False
    deadline = deadlines.strictest(home, request.right, request.received_at)
    longest = deadlines.latest_extension(home, request.right, request.received_at)
    changes: dict[str, Any] = {"country": home.country, "region": home.region, "law": of_home(home.country, home.region).key}
    if deadline.due < request.due_at:
        changes |= {"due_at": deadline.due, "due_law": deadline.law.key, "zone": deadline.zone}
    if deadline.acknowledge_by and (request.acknowledge_by is None or deadline.acknowledge_by < request.acknowledge_by):
        changes["acknowledge_by"] = deadline.acknowledge_by
    if request.extended_until:
        changes["extended_until"] = min(request.extended_until, longest or deadline.due)
    with database.atomic():
        if not touch(request, by=by, because="home_changed", **changes):
            return False
        _log(request, "home of a request changed", by)
    return True


def _log(request: Request, action: str, by: str) -> None:
    """Note an act of the person's in the audit log."""
    audit.write(action, actor=by, person=request.user_id, subject=f"request:{request.id}")
