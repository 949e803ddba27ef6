"""Erasing what is held of one person: what would go, be made nameless and stay; and beginning it, in the transaction of the decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from privacy_center.accounts.models import ConfirmationCode, Session, Tombstone, User
from privacy_center.core import audit, clock, jobs, outbox
from privacy_center.core.db import database, microseconds, moment
from privacy_center.datamap import registry
from privacy_center.datamap.words import Erase, Holding, Source
from privacy_center.erasure import asking, eraser
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.kinds import CONVERSATION, HIDDEN_BY_VEILS, Held, UnknownKind, choosable, gone_through, named, parents, table_of, with_parts

ERASE, FAREWELL = "erasure.person", "erasure.farewell"
RESTORE = "restore"
SOON = timedelta(hours=1)  # what is decided as soon as this after it was asked for means all that is there: clocks differ
TELLS_ITS_PERSON = ("closure", "request")  # the causes after which a mail says where the receipt is


@dataclass(frozen=True)
class Line:
    """One kind of data: how many rows are removed, made nameless, kept; of those kept, why and until when the last of them stays."""

    table: str
    title: Any
    removed: int = 0
    anonymised: int = 0
    kept: int = 0
    kept_because: Any = None
    kept_until: datetime | None = None


def preview(user: User, kinds: Iterable[str] | None = None) -> list[Line]:
    """What an erasure would do now, per kind of data that there is anything of.

    *kinds* are tables of kinds (`kinds.choosable()`); None means everything, the account included. Raises UnknownKind.
    """
    held = registry.holdings() if kinds is None else with_parts(named(kinds))
    lines = [line_of(model, said, user) for model, said in held]
    return [line for line in lines if line.removed or line.anonymised or line.kept]


def line_of(model: Any, said: Holding, user: User) -> Line:
    """What an erasure would do now to one kind."""
    theirs = model.held_for(user)
    number, named = model.select().where(theirs).count(), {"table": table_of(model), "title": said.title}
    if said.on_erasure is Erase.DELETE:
        return Line(**named, removed=number)
    if said.on_erasure is Erase.ANONYMISE:
        return Line(**named, anonymised=number)
    return Line(**named, kept=number, kept_because=said.kept_because, kept_until=stays_until(model, said, theirs) if number else None)


def stays_until(model: Any, said: Holding, theirs: Any) -> datetime | None:
    """When the last of these rows goes; None where nothing but what it belongs to says so."""
    if not said.retention.since:
        return None
    newest = newest_of(model, said.retention.since, theirs)
    return said.retention.ends(newest) if newest else None


def newest_of(model: Any, name: str, theirs: Any) -> datetime | None:
    """The latest moment in the field *name* of these rows."""
    found = model.select(fn.MAX(model._meta.fields[name])).where(theirs).scalar()
    return moment(found) if isinstance(found, int) else found


def begin(user: User, *, kinds: Iterable[str] | None = None, cause: str, cause_number: int | None = None, by: str, until: datetime | None = None) -> Erasure:
    """Decide it: hide what is meant, write the order to connected systems, the audit entry and the job; in the caller's transaction, or one of its own.

    *kinds* are tables of `kinds.choosable()`; None means everything, the account included, which is decided once: asked again, the
    first erasure is returned. *by* is the actor of the audit entry (`user:1`, `staff:2`, `system`). Of chosen kinds, rows newer than
    this moment are not meant, nor, where the decision comes long after the request, rows newer than *until*. Raises UnknownKind.
    """
    chosen = None if kinds is None else _named(kinds)
    exactly = until is not None and chosen is not None and (cause == RESTORE or until < clock.now() - SOON)
    with database.atomic():
        person = User.locked(user.id)
        if before := Erasure.of_account(person):
            return before
        erasure = Erasure.create(user=person, whole=chosen is None, kinds=[], cause=cause, cause_number=cause_number, decided_by=by)
        if exactly:
            erasure.decided_at = until
        for model in registry.copies():
            eraser.doom(-erasure.id, model.withdraw(person))
        if chosen is None:
            _end_account(erasure, person, by)
        else:
            _end_kinds(erasure, person, chosen, by, exactly=exactly)
        erasure.save()
        hide(person.id)
        jobs.start(ERASE, erasure.id)
        audit.write("data erased" if chosen is not None else "account erased", actor=by, person=person.id, subject=erasure.matter, reason=cause)
    return erasure


def hide(number: int) -> None:
    """Let everything that is being erased of a person be out of sight, and nothing else; in a transaction of the caller's.

    Conversations, with what belongs to them, are hidden by the veil of their deletion.
    """
    until: dict[str, int] = {}
    for each in Erasure.select().where((Erasure.user == number) & Erasure.removed_at.is_null()):
        for table, reach in each.reach.items():
            until[table] = max(reach, until.get(table, 0))
    for model, _said in with_parts(choosable()):
        for above in (table_of(each) for each in parents(model)):
            if above in until:
                until.setdefault(table_of(model), until[above])
    User.update(erasing={table: moment for table, moment in until.items() if table not in HIDDEN_BY_VEILS} or None).where(User.id == number).execute()


def _named(tables: Iterable[str]) -> list[Held]:
    """The chosen kinds; there must be one."""
    found = named(tables)
    if not found:
        raise UnknownKind("none was chosen")
    return found


def _end_account(erasure: Erasure, person: User, by: str) -> None:
    """Let nobody in any more, take no record of theirs any more, and hide everything."""
    Tombstone.raise_for_account(person.issuer, person.subject)
    erasure.removed = {table_of(model): model.delete().where(model.held_for(person)).execute() for model in (ConfirmationCode, Session)}
    deletion = asking.hide_everything(person, by=by)
    erasure.deletion = deletion.id if deletion else None
    scope = {"account": {"through": _written(erasure.decided_at)}}
    outbox.write(outbox.ERASURE, person=person.id, identity=person.subject, scope=scope, about=erasure.matter)
    if person.email and erasure.cause in TELLS_ITS_PERSON:
        jobs.start(FAREWELL, erasure.id)


def _end_kinds(erasure: Erasure, person: User, chosen: list[Held], by: str, *, exactly: bool) -> None:
    """Note what of each kind is meant, and keep it from coming back; conversations are hidden at once."""
    at = erasure.decided_at
    erasure.kinds = [table_of(model) for model, _said in chosen]
    erasure.reach = {table_of(model): microseconds(at) if exactly else _reach(model, said, person, at) for model, said, _loose in gone_through(chosen)}
    if CONVERSATION in erasure.kinds and (deletion := asking.hide_everything(person, by=by, until=at if exactly else None)):
        erasure.deletion = deletion.id
    for kind in erasure.kinds:
        if kind != CONVERSATION:  # of which each is kept from coming back by itself
            identity = (person.feedback_digest,) if kind == "feedback" else (person.issuer, person.subject)
            Tombstone.raise_for_kind(kind, *identity, at=at)
    if told := [table_of(model) for model, said in chosen if Source.PRODUCT in said.source]:
        scope = {"kinds": dict.fromkeys(told, _written(at))}
        outbox.write(outbox.ERASURE, person=person.id, identity=person.subject, scope=scope, about=erasure.matter)


def _reach(model: Any, said: Holding, person: User, decided_at: datetime) -> int:
    """The moment, in microseconds, up to which rows are meant: that of the decision; a clock that was ahead may have dated some later."""
    newest = newest_of(model, said.dated_by, model.held_for(person))
    return microseconds(max(decided_at, newest) if newest else decided_at)


def _written(at: datetime) -> str:
    """A moment as connected systems read it."""
    return at.isoformat(timespec="microseconds")
