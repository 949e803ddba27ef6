"""The audit log can be added to and read, and shows every other change."""

from __future__ import annotations

import pytest
from flask import Flask
from peewee import DatabaseError

from privacy_center.core import audit, db
from privacy_center.core.audit import AuditEntry
from tests.together import at_once


@pytest.fixture
def three(app: Flask) -> list[AuditEntry]:
    """Three entries, the second about person 7."""
    return [
        audit.write("session.began", actor="user:7"),
        audit.write("record.seen", actor="staff:2", person=7, subject="conversation:12", reason="asked by the person"),
        audit.write("records.taken", actor="feed"),
    ]


def tamper(statement: str) -> None:
    """Change the table as somebody with the database's password could, triggers switched off."""
    off, on = TRIGGERS[db.is_sqlite()]
    for each in (*off, statement, *on):
        db.database.execute_sql(each)


# On SQLite every test has a file of its own; PostgreSQL's table is the same for the next.
TRIGGERS: dict[bool, tuple[tuple[str, ...], tuple[str, ...]]] = {
    True: (("DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"), ()),
    False: (("ALTER TABLE audit_entry DISABLE TRIGGER USER",), ("ALTER TABLE audit_entry ENABLE TRIGGER USER",)),
}


def test_an_untouched_log_holds(three: list[AuditEntry]) -> None:
    assert audit.verify() == (3, None)


def test_an_empty_log_holds(app: Flask) -> None:
    assert audit.verify() == (0, None)


def test_an_entry_says_who_did_what_to_whom_and_why(three: list[AuditEntry]) -> None:
    [entry] = audit.about(7)

    assert (entry.actor, entry.action, entry.subject, entry.reason) == ("staff:2", "record.seen", "conversation:12", "asked by the person")


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_the_log(three: list[AuditEntry], statement: str) -> None:
    with pytest.raises(DatabaseError), db.database.atomic():
        db.database.execute_sql(statement)

    assert audit.verify() == (3, None)


@pytest.mark.parametrize("column", ["at = at + 1", "actor = 'user:8'", "action = 'x'", "person = 8", "subject = 'x'", "reason = 'x'"])
def test_a_changed_entry_is_found(three: list[AuditEntry], column: str) -> None:
    tamper(f"UPDATE audit_entry SET {column} WHERE id = {three[1].id}")

    count, broken = audit.verify()

    assert count == 1
    assert broken == f"Entry {three[1].id} was changed after it was written."


def test_a_removed_entry_is_found(three: list[AuditEntry]) -> None:
    tamper(f"DELETE FROM audit_entry WHERE id = {three[1].id}")

    count, broken = audit.verify()

    assert count == 1
    assert broken == f"Entry {three[2].id} does not follow the one before it: an entry was removed or put in."


def test_an_entry_goes_with_the_transaction_that_it_describes(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), db.database.atomic():
        audit.write("record.seen", actor="staff:2", person=7)
        _ = 1 / 0

    assert AuditEntry.select().count() == 0


def test_entries_written_at_once_make_one_chain(app: Flask) -> None:
    at_once(*[lambda: [audit.write("record.seen", actor="staff:2") for _ in range(5)]] * 6)

    assert audit.verify() == (30, None)
