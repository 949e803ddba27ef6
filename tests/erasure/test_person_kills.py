"""Killed between any two steps: an erasure is decided or not, never half; and it comes to its end, with exact numbers."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from privacy_center.accounts.models import NAMELESS, Tombstone, User
from privacy_center.core import clock, jobs, storage
from privacy_center.core.audit import AuditEntry
from privacy_center.core.outbox import Order as OutboxOrder
from privacy_center.datamap import registry
from privacy_center.datamap.words import Erase
from privacy_center.erasure import person
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.models import DoomedFile
from privacy_center.erasure.proof import Receipt
from privacy_center.history.models import Conversation, File, Message
from privacy_center.history.veils import Veil
from privacy_center.telemetry.models import UsageEvent
from tests import makers
from tests.erasure.doing import feed, finish, talk
from tests.erasure.test_kills import HELLO, KILLED, LIVED, live  # noqa: F401  (a fixture)
from tests.erasure.test_person import everything_of


def bring(user: User) -> dict[str, int]:
    """Something of every kind, and much of some; returns how many rows of each kind are to be removed."""
    much = [line for n in range(60) for line in talk(f"c{n}", "a question", "an answer")]
    files = [makers.line("file", conversation=f"c{n}", **HELLO) for n in range(20)]
    feed(*everything_of(user), *much, *files, *(makers.line("usage_event") for _ in range(150)))
    return {line.table: line.removed for line in person.preview(user) if line.removed}


def assert_gone(user: User, was: dict[str, int]) -> None:
    """No row of theirs, no file; one receipt, with exact numbers; nothing left to do."""
    for model, said in registry.holdings():
        if said.on_erasure is Erase.DELETE:
            assert not model.select().where(model.held_for(user)).exists(), model
    assert not any(model.select().exists() for model in (Conversation, Message, File, Veil, DoomedFile))
    assert [key for page in storage.listed("") for key in page] == []
    erasure = Erasure.get()
    body: Any = Receipt.get(Receipt.code == erasure.code).body
    removed = {line["table"]: line["removed"] for line in body["what"]}
    assert {table: removed.get(table) for table in was} == was
    assert (erasure.state, User.get_by_id(user.id).issuer) == ("purged", NAMELESS)
    assert AuditEntry.select().where(AuditEntry.action == "erasure done").count() == 1


def test_a_worker_killed_at_any_statement_erases_everything_and_counts_nothing_twice(mei: User, live: Callable[..., int]) -> None:  # noqa: F811
    was, chance = bring(mei), random.Random(7)
    person.begin(mei, cause="guardian", by="staff:1")
    ended = [live("work", step=step) for step in [*range(1, 12), *(chance.randint(3, 90) for _ in range(20))]]
    assert ended.count(KILLED) > 20
    assert live("work") == LIVED
    finish()
    assert_gone(mei, was)


def test_chosen_kinds_are_erased_as_exactly(mei: User, live: Callable[..., int]) -> None:  # noqa: F811
    bring(mei)
    begun, chance = person.begin(mei, kinds=["usage_event", "conversation"], cause="request", by="staff:1"), random.Random(9)
    ended = [live("work", step=chance.randint(1, 60)) for _ in range(20)]
    assert KILLED in ended and live("work") == LIVED
    finish()
    body: Any = Receipt.get(Receipt.code == begun.code).body
    assert {line["table"]: line["removed"] for line in body["what"]} == {"conversation": 61, "message": 122, "file": 22, "usage_event": 151}
    assert not UsageEvent.select().exists() and not File.select().exists()


def test_a_site_killed_while_it_decides_has_decided_all_or_nothing(mei: User, live: Callable[..., int]) -> None:  # noqa: F811
    bring(mei)
    for step in range(200):
        if live("end", user=mei.id, step=step) == LIVED:
            break
        decided = Erasure.select().exists()
        assert decided == Tombstone.stands_for("account", mei.issuer, mei.subject) == OutboxOrder.select().exists()
        assert decided == (not Conversation.owned_by(mei).exists())
        assert decided == bool(jobs.Job.select().where(jobs.Job.kind == person.ERASE).exists())
    assert step > 10


def test_a_job_that_is_lost_is_begun_anew(mei: User) -> None:
    was = bring(mei)
    person.begin(mei, cause="guardian", by="staff:1")
    jobs.Job.delete().execute()
    with clock.at(clock.now() + timedelta(hours=1)):
        jobs.run_sweeps(only_due=False)
    finish()
    assert_gone(mei, was)
