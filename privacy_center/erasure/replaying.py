"""After a backup was put back: erases again, by the ledger, what had been erased since it was taken. Again is as good as once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import chunked

from privacy_center.accounts.models import NAMELESS, Session, Tombstone, User
from privacy_center.core import clock, jobs, ledger
from privacy_center.core.db import database, execute_many, microseconds
from privacy_center.core.jobs import Job
from privacy_center.erasure import asking, eraser, kinds, person
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.models import Deletion
from privacy_center.erasure.proof import Receipt
from privacy_center.history.models import Conversation, File
from privacy_center.telemetry.models import Feedback

AT_ONCE = 1_000
NO_DELETION = 0  # removes files for no deletion of a person's
RAISE = (
    "INSERT INTO tombstone (kind, digest, raised_at, noted_at) VALUES (?, ?, ?, ?) ON CONFLICT (kind, digest) "
    "DO UPDATE SET raised_at = excluded.raised_at, noted_at = excluded.noted_at WHERE tombstone.raised_at < excluded.raised_at"
)


@dataclass
class Replayed:
    """How much there was to repeat."""

    tombstones: int = 0
    receipts: int = 0
    sessions: int = 0
    accounts: int = 0
    kinds: int = 0
    conversations: int = 0
    files: int = 0
    feedback: int = 0


def replay() -> Replayed:
    """Bring the ledger back, end all sessions, and decide anew what it says; the work itself is left to jobs (`finish`)."""
    done = Replayed()
    before = Tombstone.select().count()
    for some in chunked(ledger.entries(), AT_ONCE):
        _bring_back(some, done)
    done.tombstones = Tombstone.select().count() - before
    done.sessions = Session.delete().execute()  # whoever was signed out since must not be let in by an old cookie
    for users in _users():
        done.accounts += _accounts(users)
        done.kinds += _kinds(users)
    done.conversations = _conversations()
    done.files = _loose_files()
    done.feedback = _feedback()
    return done


def finish() -> int:
    """Do what was decided, here and now, and nothing else: mails that the database of then had not sent yet may be years old."""
    count = 0
    while each := Job.due().where(Job.kind.startswith("erasure.")).first():
        jobs.perform(each.id)
        count += 1
    return count


def _bring_back(entries: Iterable[Any], done: Replayed) -> None:
    """Tombstones and receipts that the database of then doesn't have."""
    now, tombstones = microseconds(clock.now()), []
    with database.atomic():
        for each in entries:
            if "tombstone" in each:
                tombstones.append((*each["tombstone"], now))
            elif not Receipt.select().where(Receipt.code == each["receipt"]["code"]).exists():
                Receipt.create(user=None, noted_at=now, **each["receipt"])
                done.receipts += 1
        execute_many(RAISE, tombstones)


def _users() -> Iterator[list[User]]:
    """All accounts that are not nameless, some at once."""
    last = 0
    while some := list(User.select().where((User.id > last) & (User.issuer != NAMELESS)).order_by(User.id).limit(AT_ONCE)):
        yield some
        last = some[-1].id


def _accounts(users: list[User]) -> int:
    """Erase the accounts among them that were erased."""
    erased = Tombstone.standing("account", [(user.issuer, user.subject) for user in users])
    again = [user for user in users if (user.issuer, user.subject) in erased and not Erasure.of_account(user)]
    for user in again:
        person.begin(user, cause="restore", by="system")
    return len(again)


def _kinds(users: list[User]) -> int:
    """Erase of each of them the kinds of data that were erased, up to the moment of then."""
    count, offered = 0, {kinds.table_of(model): (model, said) for model, said in kinds.choosable()}
    for table, (model, said) in offered.items():
        until = Tombstone.ended(table, [(user.issuer, user.subject) for user in users])
        for user in users:
            moment = until.get((user.issuer, user.subject))
            if moment is None or Erasure.of_account(user) or _is_under_way(user, table):
                continue
            if model.select().where(model.held_for(user) & (model._meta.fields[said.dated_by] <= moment)).exists():
                person.begin(user, kinds=[table], cause="restore", by="system", until=moment)
                count += 1
    return count


def _is_under_way(user: User, table: str) -> bool:
    """Whether an erasure of that kind is at work already."""
    open_ones = Erasure.select().where((Erasure.user == user) & Erasure.removed_at.is_null())
    return any(table in each.kinds for each in open_ones)


def _conversations() -> int:
    """Delete the conversations that were deleted, by one deletion for each person; sub-agents had gone with them."""
    found: dict[int, list[int]] = defaultdict(list)
    for some in _rows_of(Conversation):
        standing = Tombstone.standing("conversation", [(each.user.issuer, each.user.subject, each.external_id) for each in some])
        for each in some:
            if (each.user.issuer, each.user.subject, each.external_id) in standing:
                found[each.user_id].append(each.id)
    count = 0
    for number, ids in found.items():
        user = User.get_by_id(number)
        deletion = None if Erasure.of_account(user) else asking.ask(user, "restore", listed=ids)
        if deletion and asking.confirm(deletion, None):
            count += Deletion.get_by_id(deletion.id).total
    return count


def _loose_files() -> int:
    """Remove the files that were erased and belong to no conversation."""
    count = 0
    for some in _rows_of(File, File.conversation.is_null()):
        standing = Tombstone.standing("file", [(each.user.issuer, each.user.subject, each.external_id) for each in some])
        count += _remove(File, [each.id for each in some if (each.user.issuer, each.user.subject, each.external_id) in standing])
    return count


def _feedback() -> int:
    """Remove feedback that was erased: with its account, or up to a moment. It names no user, so there need not be one."""
    count = 0
    named: Any = Feedback.select(Feedback.account_digest).distinct().tuples()
    for digests in chunked([digest for (digest,) in named], AT_ONCE):
        identities = [(digest,) for digest in digests]
        gone = [digest for (digest,) in Tombstone.standing("feedback-account", identities)]
        meant = Feedback.account_digest.in_(gone)
        for (digest,), until in Tombstone.ended("feedback", identities).items():
            meant |= (Feedback.account_digest == digest) & (Feedback.submitted_at <= until)
        count += _remove(Feedback, [each.id for each in Feedback.select(Feedback.id).where(meant)])
    return count


def _rows_of(model: Any, condition: Any = None) -> Iterator[list[Any]]:
    """The rows of a model with their users, some at once."""
    last = 0
    while True:
        beyond = model.id > last if condition is None else (model.id > last) & condition
        query = model.select(model.id, model.user, model.external_id, User.id, User.issuer, User.subject).join(User)
        some = list(query.where(beyond).order_by(model.id).limit(AT_ONCE))
        if not some:
            return
        yield some
        last = some[-1].id


def _remove(model: Any, ids: list[int]) -> int:
    """Remove rows and what hangs on them, some at once; nobody needs a tombstone that is there already."""
    removed = 0
    for some in chunked(ids, AT_ONCE):
        all_found = False
        while not all_found:
            with database.atomic():
                parts, all_found = eraser.look_for(model, list(some), owner=None, most=AT_ONCE)
                removed += eraser.erase(parts, NO_DELETION)[kinds.table_of(model)]
            eraser.remove_doomed(NO_DELETION, lambda: None)
    return removed
