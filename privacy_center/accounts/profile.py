"""Takes over what Z.ai says about a person: opens the account, or notes what has changed."""

from __future__ import annotations

from privacy_center.accounts.identity import Identity
from privacy_center.accounts.models import Tombstone, User
from privacy_center.accounts.troubles import Kind, Trouble
from privacy_center.core import audit, clock
from privacy_center.core.db import database

TOLD = ("email", "name", "avatar_url")


def take_over(issuer: str, identity: Identity) -> User:
    """The user of that identity, as Z.ai now describes them; raises Trouble for an account that was erased.

    The e-mail address is news about a person, never a way to find one. What Z.ai does not say stays as it was.
    """
    with database.atomic():
        if Tombstone.stands_for("account", issuer, identity.subject):
            raise Trouble(Kind.ERASED)
        user = User.known(issuer, identity.subject)
        if user is None:
            user = User.open(issuer, identity.subject, **{name: getattr(identity, name) for name in TOLD})
            audit.write("account opened", actor=f"user:{user.id}", person=user.id, subject=f"user:{user.id}", reason="first sign-in")
        else:
            _note_changes(user, identity)
        user.signed_in_at = clock.now()
        user.save(only=[User.signed_in_at])
    return user


def _note_changes(user: User, identity: Identity) -> None:
    """Write down what Z.ai says differently, and in the audit log which fields those were."""
    changed = [name for name in TOLD if getattr(identity, name) not in (None, getattr(user, name))]
    if not changed:
        return
    for name in changed:
        setattr(user, name, getattr(identity, name))
    user.save(only=[getattr(User, name) for name in changed])
    names = ", ".join(name.replace("_", " ") for name in changed)
    audit.write("profile changed", actor=f"user:{user.id}", person=user.id, subject=f"user:{user.id}", reason=f"Z.ai says otherwise: {names}")
