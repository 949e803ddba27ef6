"""Asking for a deletion: noting what is meant, then, if the person has seen the numbers, hiding it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs
from privacy_center.core.db import MICROSECOND, database, give_way
from privacy_center.datamap import registry
from privacy_center.erasure import eraser, meant, passing_on
from privacy_center.erasure.meant import Rule
from privacy_center.erasure.models import Deletion
from privacy_center.history.models import Conversation
from privacy_center.history.veils import Veil

PURGE = "erasure.purge"
BY_ITSELF = ("auto", "restore")  # deletions that no person has just asked for
COUNTED_AGAIN = 3  # times without keeping others from writing, before the numbers are taken while nobody can change them
MOST_UNCONFIRMED = 20  # a person; each may hold a long list


def ask(user: User, scope: str, *, rule: Rule | None = None, listed: Iterable[int] = ()) -> Deletion | None:
    """Note what is meant, sub-agent conversations included; None when that is nothing. Nothing is hidden yet."""
    revision = _revision(user)
    veil = Veil.create(user=user, through=meant.newest() if rule else None, **(vars(rule) if rule else {}))
    veil.list_also(listed)
    if rule != Rule():
        meant.list_sub_agents(user, veil)
    numbers = meant.count(user, veil)
    if not numbers["conversation"]:
        dismiss(veil)
        return None
    before = rule.before if rule else None
    asked = Deletion.create(user=user, scope=scope, before=before, total=numbers["conversation"], shown=numbers, revision=revision, veil=veil.id)
    unconfirmed = Deletion.select().where(Deletion.unconfirmed() & (Deletion.user == user)).order_by(Deletion.id.desc())
    for old in list(unconfirmed.offset(MOST_UNCONFIRMED)):
        forget(old)
    return asked


def _revision(user: User) -> int:
    """The state that the person's history is in."""
    return int(User.select(User.history_revision).where(User.id == user.id).scalar())


def confirm(deletion: Deletion, seen: str | None, *, wanted: Callable[[], bool] = lambda: True) -> bool:
    """Hide what is meant and let the purge begin, all in one transaction; confirming twice is as good as once.

    *seen* are the numbers that the person was shown; None if nobody has to see any. False, and nothing is hidden, when the
    numbers are others by now: the new ones stand in *deletion*. So too when it isn't *wanted* any more, or was forgotten.
    """
    for patience in range(COUNTED_AGAIN, -1, -1):
        with database.atomic():
            user = User.locked(deletion.user_id)
            fresh = Deletion.get_or_none(Deletion.id == deletion.id)
            if fresh is None or not wanted():
                return False
            if not patience:
                count_again(user, fresh)
            deletion.__data__.update(fresh.__data__)
            if deletion.hidden_at:
                return True
            if seen not in (None, deletion.numbers) or not deletion.total:
                return False
            if deletion.revision == user.history_revision:
                return _hide(deletion, user)
        count_again(user, deletion)
    return False


def count_again(user: User, deletion: Deletion) -> None:
    """Note what the deletion means now: the numbers, and the state of the history that they are of."""
    revision, veil = _revision(user), Veil.get_or_none((Veil.id == deletion.veil) & Veil.drawn_at.is_null())
    if veil is None:
        return
    if veil.through is not None:
        veil.through = meant.newest()
        Veil.update(through=veil.through).where((Veil.id == veil.id) & Veil.drawn_at.is_null()).execute()
    meant.list_sub_agents(user, veil)
    numbers = meant.count(user, veil)
    noted = Deletion.update(shown=numbers, total=numbers["conversation"], revision=revision)
    noted.where((Deletion.id == deletion.id) & Deletion.hidden_at.is_null()).execute()
    deletion.shown, deletion.total, deletion.revision = numbers, numbers["conversation"], revision


def hide_everything(user: User, *, by: str, until: datetime | None = None) -> Deletion | None:
    """Hide the whole history and let its purge begin, in a transaction of the caller's that holds the user and tells connected systems.

    Conversations with activity after *until* stay as they are. None when there is nothing to hide.
    """
    before = until + MICROSECOND if until else None
    theirs = Conversation.held_for(user)
    number = Conversation.select().where(theirs if before is None else theirs & (Conversation.active_at < before)).count()
    if not number:
        return None
    veil = Veil.create(user=user, through=meant.newest(), before=before)
    said = {"total": number, "shown": {"conversation": number}, "revision": user.history_revision}
    deletion = Deletion.create(user=user, scope="before" if before else "everything", before=before, veil=veil.id, **said)
    _hide(deletion, user, actor=by, told=True)
    return deletion


def _hide(deletion: Deletion, user: User, *, actor: str = "", told: bool = False) -> bool:
    """Draw the veil and start the purge; in a transaction that holds the user. Connected systems are told, unless they are *told* otherwise."""
    now, this_one = clock.now(), Deletion.id == deletion.id
    veil = Veil.get_or_none((Veil.id == deletion.veil) & (Veil.user == user))
    if veil is None or not Deletion.update(hidden_at=now).where(this_one & Deletion.hidden_at.is_null()).execute():
        return False  # it was forgotten in this moment
    veil.draw(now, user.history_revision)
    User.update(history_revision=User.history_revision + 1).where(User.id == user.id).execute()
    for model in registry.copies():
        eraser.doom(deletion.id, model.withdraw(user))
    if not told:
        passing_on.announce(deletion, user)
    jobs.start(PURGE, deletion.id)
    actor = actor or ("system" if deletion.scope in BY_ITSELF else f"user:{user.id}")
    audit.write("conversations deleted", actor=actor, person=user.id, subject=f"deletion:{deletion.id}")
    deletion.hidden_at = now
    return True


def forget(deletion: Deletion) -> bool:
    """Forget a deletion that nobody has confirmed; False if somebody has."""
    if not Deletion.delete().where((Deletion.id == deletion.id) & Deletion.unconfirmed()).execute():
        return False
    if veil := Veil.get_or_none(Veil.id == deletion.veil):
        dismiss(veil)
    return True


def dismiss(veil: Veil) -> None:
    """Remove a veil that nobody can draw any more, its list bit by bit."""
    while veil.unlist_some():
        give_way()
    veil.lift()
