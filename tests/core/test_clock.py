"""The clock can be set, and always knows its offset."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from privacy_center.core import clock

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def test_the_time_carries_its_offset() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_the_clock_stands_where_a_test_sets_it_and_goes_on_afterwards() -> None:
    with clock.at(NEW_YEAR):
        assert clock.now() == NEW_YEAR
        assert clock.ago(days=1) == datetime(2026, 12, 31, tzinfo=UTC)

    assert clock.now() != NEW_YEAR


def test_a_clock_set_twice_goes_back_one_step_at_a_time() -> None:
    with clock.at(NEW_YEAR):
        with clock.at(NEW_YEAR + timedelta(days=1)):
            pass

        assert clock.now() == NEW_YEAR
