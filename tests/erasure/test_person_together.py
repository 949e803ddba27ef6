"""Erasing and closing while others decide, bring, delete and write; and with a connected system that never answers."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, outbox, storage
from privacy_center.core.audit import AuditEntry
from privacy_center.core.outbox import FAILED, Delivery
from privacy_center.core.outbox import Order as OutboxOrder
from privacy_center.datamap import registry
from privacy_center.datamap.words import Erase
from privacy_center.erasure import asking, closing_jobs, person
from privacy_center.erasure import closure as closing
from privacy_center.erasure.erased import Closure, Erasure
from privacy_center.erasure.meant import Rule
from privacy_center.erasure.proof import Receipt
from privacy_center.exports import asking as taking
from privacy_center.exports.contents import Choice
from privacy_center.exports.models import Export
from privacy_center.settings import ConnectedSystem
from privacy_center.telemetry.models import UsageEvent
from tests import makers
from tests.erasure.doing import feed, finish, talk
from tests.erasure.test_person import everything_of
from tests.together import at_once

SYSTEMS = [ConnectedSystem(name, "http://127.0.0.1:9/", f"key-{name}") for name in ("Service", "Training")]  # nobody listens there


def gone(user: User) -> bool:
    """Whether nothing that an erasure removes is left."""
    return not any(model.select().where(model.held_for(user)).exists() for model, said in registry.holdings() if said.on_erasure is Erase.DELETE)


def test_four_who_erase_the_same_account_at_once_erase_it_once(mei: User) -> None:
    feed(*everything_of(mei))
    begun = at_once(*[lambda: person.begin(mei, cause="closure", by=f"user:{mei.id}").id] * 4)
    assert len(set(begun)) == 1
    finish()
    assert (Erasure.select().count(), Receipt.select().where(Receipt.code.startswith("ER")).count()) == (1, 1)
    assert gone(mei)


def test_what_the_feed_brings_meanwhile_is_refused_or_erased(mei: User) -> None:
    for attempt in range(4):
        user = User.open(mei.issuer, f"zai-{attempt}")
        feed(*everything_of(user))
        late = [makers.line("usage_event", user=user.subject), *talk(f"late{attempt}", "a word", user=user.subject)]
        at_once(lambda user=user: person.begin(user, cause="closure", by="system"), lambda late=late: feed(*late))
        finish()
        assert gone(user), attempt
        assert not User.select().where(User.subject == user.subject).exists()


def test_an_account_that_is_kept_in_the_moment_it_would_close_is_either_kept_or_closed(mei: User) -> None:
    for attempt in range(5):
        user = User.open(mei.issuer, f"zai-{attempt}")
        session = closing.Session.begin(user, browser="", address="")[0]
        closure = closing.begin(user, session)
        with clock.at(closure.ends_at + timedelta(seconds=1)):
            kept, _closed = at_once(lambda user=user: closing.keep(user), lambda closure=closure: jobs.perform(of_closing(closure).id))
        assert kept != (Erasure.of_account(user) is not None)
        assert User.get_by_id(user.id).is_closing == (not kept)


def of_closing(closure: Closure) -> Any:
    """The job that closes an account when its time has come."""
    return jobs.Job.get((jobs.Job.kind == closing.CLOSE) & (jobs.Job.subject == closure.id))


def test_closing_begun_twice_at_once_is_begun_once(mei: User) -> None:
    session = closing.Session.begin(mei, browser="", address="")[0]
    numbers = at_once(*[lambda: closing.begin(mei, session).id] * 3)
    assert len(set(numbers)) == 1
    assert AuditEntry.select().where(AuditEntry.action == "closing begun").count() == OutboxOrder.select().count() == 1


def test_an_account_with_a_deletion_under_way_is_erased_whole_and_counted_once(mei: User) -> None:
    feed(*(line for n in range(50) for line in talk(f"c{n}", "one", "two")))
    deletion = asking.ask(mei, "everything", rule=Rule())
    assert deletion and asking.confirm(deletion, None)
    feed(*talk("new", "one"), makers.line("usage_event"))
    person.begin(mei, cause="closure", by=f"user:{mei.id}")
    at_once(jobs.run_due, jobs.run_due)
    finish()
    assert gone(mei)
    body: Any = Receipt.get(Receipt.code == Erasure.get().code).body
    removed = {line["table"]: line["removed"] for line in body["what"]}
    assert (removed["conversation"], removed["message"], removed["usage_event"]) == (1, 1, 1)


def test_a_closing_whose_job_is_lost_ends_all_the_same(mei: User) -> None:
    closing.begin(mei, closing.Session.begin(mei, browser="", address="")[0])
    jobs.Job.delete().execute()
    with clock.at(clock.now() + timedelta(days=8)):
        assert closing_jobs.close_due() == 1
        finish()
    assert Erasure.get().state == "purged"


def test_a_system_that_never_answers_holds_nothing_up_and_is_still_to_be_told(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_systems", SYSTEMS)
    feed(*everything_of(mei))
    begun = person.begin(mei, cause="closure", by=f"user:{mei.id}")
    for days in range(6):
        with clock.at(clock.now() + timedelta(days=days)):
            jobs.run_due()
    assert Erasure.get_by_id(begun.id).state == "purged" and gone(mei)
    order = OutboxOrder.get(OutboxOrder.about == begun.matter)
    assert (order.identity, order.settled_at) == ("zai-mei", None)  # or nobody could tell the system whom to erase
    assert {each.state for each in Delivery.select()} == {FAILED}


def test_what_a_system_is_told_names_the_account_or_the_kinds_up_to_the_moment(mei: User, mallory: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_systems", SYSTEMS)
    feed(*everything_of(mei), *everything_of(mallory))
    whole = person.begin(mei, cause="closure", by=f"user:{mei.id}")
    some = person.begin(mallory, kinds=["usage_event", "conversation"], cause="request", by=f"user:{mallory.id}")
    at = some.decided_at.isoformat(timespec="microseconds")
    assert OutboxOrder.get(OutboxOrder.about == whole.matter).scope == {"account": {"through": whole.decided_at.isoformat(timespec="microseconds")}}
    assert OutboxOrder.get(OutboxOrder.about == some.matter).scope == {"kinds": {"conversation": at, "usage_event": at}}
    assert OutboxOrder.select().count() == 2


@pytest.mark.engine("sqlite")
def test_no_transaction_is_long_while_thousands_of_rows_go(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(6):
        feed(*(makers.line("usage_event") for _ in range(500)), *(makers.line("log_entry") for _ in range(500)))
    person.begin(mei, cause="closure", by=f"user:{mei.id}")
    spent: list[float] = []
    plain = jobs.Work.chunk

    @contextlib.contextmanager
    def measured(work: jobs.Work) -> Iterator[None]:
        begun = time.thread_time()  # of this thread alone: how busy the machine is says nothing
        with plain(work):
            yield
        spent.append(time.thread_time() - begun)

    monkeypatch.setattr(jobs.Work, "chunk", measured)
    jobs.run_due()
    assert not UsageEvent.select().exists()
    assert len(spent) > 20 and max(spent) < 0.05, sorted(spent)[-5:]


def test_a_copy_that_is_being_made_or_ready_goes_with_the_account(mei: User) -> None:
    feed(*everything_of(mei))
    taking.ask(mei, Choice(), "en")
    jobs.run_due()
    taking.ask(mei, Choice(), "en")
    assert sorted(each.state for each in Export.select()) == ["ready", "waiting"]
    person.begin(mei, cause="guardian", by="staff:1")
    finish()
    assert gone(mei) and not Export.select().exists()
    assert [key for page in storage.listed("") for key in page] == []
