"""Stores what Stripe says of a person: all of it at once, and never over something newer.

Every round of questions draws a ticket before the first of them. What a round found is stored only while no round with a
later ticket has stored: so it is all the same in which order answers, news and workers arrive.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from privacy_center.accounts.models import Tombstone, User
from privacy_center.core import clock
from privacy_center.core.db import database
from privacy_center.subscription.fetching import Said
from privacy_center.subscription.models import Invoice, StripeCustomer, Subscription, Synchronisation


def draw(user: User) -> int:
    """A ticket for what is about to be asked, later than all before; 0, by which nothing is stored, where the account is erased."""
    with database.atomic():
        if is_erased(user):
            return 0
        Synchronisation.insert(user=user).on_conflict_ignore().execute()
        Synchronisation.update(begun=Synchronisation.begun + 1, tried_at=clock.now()).where(Synchronisation.user == user).execute()
        return int(Synchronisation.get(Synchronisation.user == user).begun)


def store(user: User, ticket: int, seen_at: datetime, said: Said) -> bool:
    """Store what was said at *seen_at*, unless something newer is stored already; returns whether it was."""
    with database.atomic():
        if not _is_newest(user, ticket):
            return False
        _put(StripeCustomer, user, seen_at, {number: {**fields, "deleted_at": None} for number, fields in said.customers.items()})
        _put(Subscription, user, seen_at, {number: {**fields, "missing_at": None} for number, fields in _kept(Subscription, said.subscriptions)})
        _put(Invoice, user, seen_at, dict(_kept(Invoice, said.invoices)))
        _note_absent(user, said)
        Synchronisation.update(stored=ticket, seen_at=seen_at, trouble=None).where(Synchronisation.user == user).execute()
    return True


def note(user: User, ticket: int, subscription: Subscription, fields: dict[str, Any]) -> bool:
    """Store what Stripe said of one subscription, unless something newer is stored; older rounds under way count no more."""
    with database.atomic():
        if not _is_newest(user, ticket):
            return False
        Subscription.update(**fields).where(Subscription.id == subscription.id).execute()
        Synchronisation.update(stored=ticket).where(Synchronisation.user == user).execute()
    return True


def note_trouble(user: User, word: str) -> None:
    """Note what kept us from hearing from Stripe; what is known stays."""
    Synchronisation.update(trouble=word).where(Synchronisation.user == user).execute()


def _is_newest(user: User, ticket: int) -> bool:
    """Whether nothing later is stored; until the transaction ends nothing will be."""
    return not is_erased(user) and bool(Synchronisation.select().where((Synchronisation.user == user) & (Synchronisation.stored < ticket)).exists())


def is_erased(user: User) -> bool:
    """Whether it is decided that the account goes, so that nothing may be stored of it any more; until the transaction ends it stays so."""
    User.locked(user.id)
    return Tombstone.stands_for("account", user.issuer, user.subject)


def _kept(model: Any, said: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is not older than we keep such things: Stripe keeps more, and would bring back what has gone here."""
    retention = model.holds.retention
    oldest = retention.oldest_allowed()
    for number, fields in said.items():
        begun = fields[retention.since]
        if not begun or not oldest or begun >= oldest:
            yield number, fields


def _put(model: Any, user: User, seen_at: datetime, said: dict[str, dict[str, Any]]) -> None:
    """Store rows by their ids at Stripe; those that say what is known already are only dated, so that others need not wait to write."""
    theirs = (model.user == user) & model.external_id.in_(list(said))
    known = {row.external_id: row for row in model.select().where(theirs)}
    for number, fields in said.items():
        row = known.get(number)
        if row is None:
            model.create(user=user, external_id=number, synchronised_at=seen_at, **fields)
        elif any(getattr(row, name) != value for name, value in fields.items()):
            model.update(**fields).where(model.id == row.id).execute()
    model.update(synchronised_at=seen_at).where(theirs).execute()


def _note_absent(user: User, said: Said) -> None:
    """Note what Stripe does not have any more, and let go of what turned out to be somebody else's."""
    now = clock.now()
    StripeCustomer.update(deleted_at=now).where(
        (StripeCustomer.user == user) & StripeCustomer.external_id.in_(list(said.deleted)) & StripeCustomer.deleted_at.is_null()
    ).execute()
    unlisted = Subscription.customer.in_(list(said.customers)) & Subscription.external_id.not_in(list(said.subscriptions))
    gone = (unlisted | Subscription.external_id.in_(list(said.missing))) & Subscription.missing_at.is_null()
    Subscription.update(missing_at=now).where((Subscription.user == user) & gone).execute()
    for model, column in ((Subscription, Subscription.customer), (Invoice, Invoice.customer), (StripeCustomer, StripeCustomer.external_id)):
        model.delete().where((model.user == user) & column.in_(list(said.strangers))).execute()  # type: ignore[attr-defined]
