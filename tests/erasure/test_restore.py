"""An old backup is put back: what was erased since is erased again, and receipts stay valid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from privacy_center.accounts.models import NAMELESS, Session, User
from privacy_center.core import clock, db, ledger
from privacy_center.core.db import database, execute_many, fetch, is_sqlite
from privacy_center.core.storage import Unreachable
from privacy_center.erasure import person
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.models import Deletion
from privacy_center.erasure.proof import Receipt
from privacy_center.history.models import Conversation, File, Message
from privacy_center.subscription.models import Order
from privacy_center.telemetry.models import Device, Feedback, LogEntry, UsageEvent
from tests import makers
from tests.erasure.doing import ask, confirm, feed, finish, talk
from tests.erasure.test_person import everything_of

Restore = Callable[[], None]


def backup() -> Restore:
    """Take a copy of the database as it is now; what is returned puts it back."""
    if is_sqlite():
        path = Path(database.obj.database)
        copy = path.with_suffix(".copy")
        copy.unlink(missing_ok=True)
        database.execute_sql(f"VACUUM INTO '{copy}'")

        def put_back() -> None:
            database.close()
            for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                old.unlink(missing_ok=True)
            copy.rename(path)
            db.connect()

        return put_back
    tables = {table: fetch(f'SELECT * FROM "{table}"') for table in database.get_tables() if table != "schema_migration"}
    return lambda: _fill(tables)


def _fill(tables: dict[str, list[Any]]) -> None:
    """Let each table hold these rows and no others."""
    with database.atomic():
        database.execute_sql("SET session_replication_role = replica")
        database.execute_sql(f"TRUNCATE {', '.join(tables)} CASCADE")
        for table, rows in tables.items():
            if rows:
                execute_many(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
        database.execute_sql("SET session_replication_role = DEFAULT")


def replay(app: Any) -> str:
    """Run the command; returns what it says."""
    answer = app.test_cli_runner().invoke(args=["erasures", "replay"])
    assert answer.exit_code == 0, answer.output
    finish()
    return str(answer.output)


def test_an_erased_account_does_not_come_back_with_the_backup(app: Any, mei: User, mallory: User, as_mallory: Any) -> None:
    feed(*everything_of(mei), *everything_of(mallory))
    put_back = backup()
    person.begin(mei, cause="closure", by=f"user:{mei.id}")
    finish()
    put_back()
    assert User.get_by_id(mei.id).email == "mei@example.com"
    assert "accounts to erase again: 1" in replay(app)
    for model in (Conversation, Message, File, Device, UsageEvent, LogEntry, Feedback):
        assert not model.select().where(model.held_for(mei)).exists(), model
        assert model.select().where(model.held_for(mallory)).exists(), model
    assert User.get_by_id(mei.id).issuer == NAMELESS
    assert Order.select().where(Order.user == mei.id).count() == 1
    assert {refusal.reason for refusal in feed(*everything_of(mei)).refused} == {"names a user whose account was erased"}


def test_nobody_is_let_in_by_a_cookie_of_then(app: Any, as_mallory: Any) -> None:
    put_back = backup()
    put_back()
    assert "sessions ended: 1" in replay(app)
    assert not Session.select().exists()


def test_chosen_kinds_are_erased_again_up_to_the_moment_of_then_and_no_further(app: Any, mei: User) -> None:
    feed(*everything_of(mei))
    put_back = backup()
    person.begin(mei, kinds=["usage_event", "feedback"], cause="request", by=f"user:{mei.id}")
    finish()
    put_back()
    later = makers.iso(clock.now() + timedelta(seconds=1))
    feed(makers.line("usage_event", id="later", occurred_at=later), makers.line("feedback", id="later", account_digest=mei.feedback_digest, submitted_at=later))
    replay(app)
    assert [each.external_id for each in UsageEvent.select()] == ["later"]
    assert [each.external_id for each in Feedback.select()] == ["later"]
    assert Device.select().count() == Conversation.select().count() == 1


def test_deleted_conversations_are_deleted_again(app: Any, as_mei: Any, mei: User) -> None:
    feed(*talk("bread", "How long?"), *talk("boats", "Which knots?"), makers.line("file", id="loose"))
    put_back = backup()
    confirm(as_mei, ask(as_mei, conversation=str(Conversation.get(Conversation.external_id == "bread").id)))
    finish()
    put_back()
    assert "conversations to erase again: 1" in replay(app)
    assert [each.external_id for each in Conversation.select()] == ["boats"]
    assert (File.select().count(), Message.select().count()) == (1, 1)


def test_files_that_belong_to_no_conversation_go_again(app: Any, mei: User) -> None:
    feed(*everything_of(mei))
    put_back = backup()
    person.begin(mei, kinds=["conversation"], cause="request", by=f"user:{mei.id}")
    finish()
    put_back()
    replay(app)
    assert not any(model.select().exists() for model in (Conversation, Message, File))


def test_a_receipt_that_was_issued_since_stays_valid(app: Any, mei: User, visitor: Any) -> None:
    put_back = backup()
    code = person.begin(mei, cause="closure", by=f"user:{mei.id}").code
    finish()
    put_back()
    assert visitor.get(f"/receipts/{code}").status_code == 404
    assert "receipts brought back: 1" in replay(app)
    assert "This receipt is genuine" in visitor.get(f"/receipts/{code}").text


def test_repeating_twice_is_as_good_as_once(app: Any, mei: User) -> None:
    feed(*everything_of(mei))
    put_back = backup()
    person.begin(mei, kinds=["usage_event", "conversation"], cause="request", by=f"user:{mei.id}")
    finish()
    put_back()
    replay(app)
    counts = [model.select().count() for model in (Erasure, Deletion, Receipt)]
    output = replay(app)
    assert "kinds to erase again: 0" in output and "conversations to erase again: 0" in output
    assert [model.select().count() for model in (Erasure, Deletion, Receipt)] == counts


def test_the_ledger_names_nobody(app: Any, mei: User) -> None:
    feed(*everything_of(mei))
    person.begin(mei, cause="closure", by=f"user:{mei.id}")
    finish()
    said = str(list(ledger.entries()))
    assert "tombstone" in said
    assert not any(word in said for word in ("mei", "Mei", "bread", mei.feedback_digest))


def test_no_receipt_is_issued_while_the_ledger_cannot_be_written(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_said: Any) -> None:
        raise Unreachable("ledger")

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "add", away)
        begun = person.begin(mei, cause="closure", by=f"user:{mei.id}")
        for hours in range(3):
            with clock.at(clock.now() + timedelta(hours=hours)):
                from privacy_center.core import jobs

                jobs.run_due()
        assert not Receipt.select().exists()
    finish()
    assert Erasure.get_by_id(begun.id).state == "purged" and Receipt.select().count() == 1
