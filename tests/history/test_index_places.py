"""Places in the search index: a person's words are one range, newest last, and no two conversations share a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core.db import execute_many, fetch, is_sqlite, microseconds
from privacy_center.history import index
from privacy_center.history.index import MINUTE_SHIFT, MINUTES, MOST_USERS, Bases, NoRoom, base_of, range_of, user_of
from privacy_center.history.models import Conversation, Message

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def at(minutes: int = 0) -> int:
    """So many minutes after noon, in microseconds."""
    return microseconds(NOON + timedelta(minutes=minutes))


def taken(user: User, *bases: int) -> None:
    """Let conversations stand at these bases."""
    for base in bases:
        Conversation.create(user=user, external_id=str(base), created_at=NOON, updated_at=NOON, active_at=NOON, search_base=base)


def test_places_are_sorted_by_user_then_by_minute() -> None:
    places = [base_of(user, at(minute)) + place for user in (1, 2) for minute in (0, 1) for place in (0, 1, index.PLACES)]

    assert places == sorted(places)
    assert [user_of(place) for place in places] == [1] * 6 + [2] * 6


def test_all_places_of_a_user_lie_in_their_range_and_no_other() -> None:
    for moment in (0, at(), microseconds(datetime(2099, 12, 31, tzinfo=UTC))):
        low, high = range_of(7)
        assert low <= base_of(7, moment) <= base_of(7, moment) + index.PLACES <= high
    assert range_of(7)[1] + 1 == range_of(8)[0]


def test_what_began_before_or_after_the_index_knows_time_stands_at_its_ends() -> None:
    assert base_of(1, 0) == range_of(1)[0]
    assert base_of(1, microseconds(datetime(2099, 1, 1, tzinfo=UTC))) >> MINUTE_SHIFT & (MINUTES - 1) == MINUTES - 1


def test_every_place_fits_into_a_number_of_the_database() -> None:
    assert range_of(MOST_USERS - 1)[1] == 2**63 - 1


@pytest.mark.parametrize("user_id", [0, -1, MOST_USERS])
def test_a_user_without_numbers_is_refused_clearly(user_id: int) -> None:
    with pytest.raises(NoRoom, match=f"there is none for user {user_id}"):
        base_of(user_id, at())


def test_a_free_minute_is_given_as_it_is(mei: User) -> None:
    assert Bases().give(mei.id, at()) == base_of(mei.id, at())


def test_a_taken_minute_gives_way_to_the_next_free_one(mei: User) -> None:
    taken(mei, *(base_of(mei.id, at(minute)) for minute in (*range(40), 41)))
    bases = Bases()

    assert bases.give(mei.id, at()) == base_of(mei.id, at(40))
    taken(mei, base_of(mei.id, at(40)))
    assert bases.give(mei.id, at()) == base_of(mei.id, at(42))


def test_a_minute_where_messages_of_another_conversation_stand_is_not_free(mei: User) -> None:
    taken(mei, base_of(mei.id, at(-60)))
    there = {"external_id": "m", "role": "user", "created_at": NOON, "parts": [], "digest": ""}
    Message.create(user=mei, conversation=Conversation.get(), search_id=base_of(mei.id, at()) + index.PLACES, **there)

    assert Bases().give(mei.id, at()) == base_of(mei.id, at(1))


def test_a_further_minute_is_given_once_before_anything_stands_there(mei: User) -> None:
    bases = Bases()

    given = [bases.give_further(mei.id, at()) for _ in range(3)]
    assert given == [base_of(mei.id, at(minute)) for minute in range(3)]
    assert bases.give(mei.id, at()) == base_of(mei.id, at(3))


def test_when_time_has_come_to_its_end_minutes_are_given_from_the_beginning(mei: User, mallory: User) -> None:
    end = microseconds(datetime(2090, 1, 1, tzinfo=UTC))
    taken(mei, base_of(mei.id, end))

    assert Bases().give(mei.id, end) == range_of(mei.id)[0]


def test_when_every_minute_is_taken_it_is_said_clearly(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bases, "_next_free", lambda *_: None)

    with pytest.raises(NoRoom, match="more conversations than the search index has numbers for"):
        Bases().give(mei.id, at())


def entries() -> list[Any]:
    """The places where something stands."""
    column = "rowid" if is_sqlite() else "search_id"
    return [place for (place,) in fetch(f"SELECT {column} FROM word_index ORDER BY {column}")]


def test_words_are_written_forgotten_and_written_again(app: Flask) -> None:
    one, two = base_of(1, at()), base_of(1, at(1))
    index.write([(one, index.prepared("hello")), (two, index.prepared("你好"))])
    assert entries() == [one, two]

    index.forget([one, one + 1])
    assert entries() == [two]

    index.write([(one, index.prepared("again"))])
    assert entries() == [one, two]


def test_writing_and_forgetting_nothing_is_no_mistake(app: Flask) -> None:
    index.write([])
    index.forget([])
    execute_many("UPDATE users SET name = ? WHERE id = ?", [])

    assert entries() == []
