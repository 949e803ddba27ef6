"""The database: moments and values come back as they were, and what is deleted leaves the file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from privacy_center.accounts.models import User
from privacy_center.core import clock, db
from privacy_center.core.db import JSONText, Moment
from tests import cast


@given(st.datetimes(min_value=datetime(1800, 1, 1), max_value=datetime(2300, 1, 1), timezones=st.just(UTC)))
def test_a_moment_comes_back_to_the_microsecond(when: datetime) -> None:
    assert Moment().python_value(Moment().db_value(when)) == when


def test_the_same_moment_of_two_offsets_is_stored_alike() -> None:
    here = datetime(2026, 11, 1, 20, 0, tzinfo=timezone(timedelta(hours=8)))

    assert db.microseconds(here) == db.microseconds(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(TypeError):
        Moment().db_value(datetime(2026, 11, 1, 12, 0))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.dictionaries(st.text(), inner, max_size=3), max_leaves=5
    )
)
def test_a_json_value_comes_back_as_it_was(value: object) -> None:
    if value is not None and not isinstance(value, str):
        assert JSONText().python_value(JSONText().db_value(value)) == value


def test_moments_sort_and_compare_in_the_database(app: Flask) -> None:
    early, late = cast.mei(), cast.mallory()
    User.update(signed_in_at=clock.ago(days=2)).where(User.id == early.id).execute()
    User.update(signed_in_at=clock.now()).where(User.id == late.id).execute()

    assert [user.id for user in User.select().order_by(User.signed_in_at)] == [early.id, late.id]
    assert User.select().where(User.signed_in_at < clock.ago(days=1)).count() == 1


def test_a_fresh_database_has_nothing_pending(app: Flask) -> None:
    assert db.pending_migrations() == []


def test_connecting_twice_keeps_the_connection(app: Flask) -> None:
    before = db.database.connection()
    db.connect()

    assert db.database.connection() is before


def test_a_transaction_that_broke_off_is_not_left_open(app: Flask) -> None:
    db.database.atomic().__enter__()
    User.open(cast.ISSUER, "zai-nobody")

    db.end_request()
    db.connect()

    assert User.known(cast.ISSUER, "zai-nobody") is None


@pytest.mark.engine("sqlite")
def test_sqlite_is_told_to_be_careful_on_every_connection(app: Flask) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    answers = [db.database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in asked]

    assert answers == ["wal", 2, 1, 1]
