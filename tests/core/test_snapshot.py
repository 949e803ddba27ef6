"""One consistent state: what others write meanwhile is not seen, and they don't wait for who reads."""

from __future__ import annotations

from typing import Any

import pytest
from peewee import PeeweeException

from privacy_center.accounts.models import User
from privacy_center.core import clock, db
from tests.together import at_once


def opened(*names: str) -> None:
    """Open accounts on a connection of their own."""
    at_once(lambda: [User.create(issuer="i", subject=name, feedback_digest=name, opened_at=clock.now()) for name in names])


def known() -> list[str]:
    """Whose accounts are seen here."""
    return [user.subject for user in User.select().order_by(User.id)]


def test_what_is_written_meanwhile_is_not_seen_until_it_ends(app: Any) -> None:
    opened("before")
    with db.snapshot():
        opened("meanwhile")
        assert known() == ["before"]
        at_once(lambda: User.delete().execute())
        assert known() == ["before"]
    assert known() == []


def test_it_is_the_state_of_its_beginning_not_of_its_first_look(app: Any) -> None:
    with db.snapshot():
        opened("meanwhile")
        assert known() == []


def test_it_ends_also_when_something_goes_wrong_in_it(app: Any) -> None:
    with pytest.raises(KeyError), db.snapshot():
        raise KeyError
    opened("after")
    assert known() == ["after"]
    with db.database.atomic():
        User.update(name="It can be written again").execute()


@pytest.mark.engine("postgresql")
def test_nothing_can_be_written_in_it(app: Any) -> None:
    with pytest.raises(PeeweeException), db.snapshot():
        User.update(name="x").execute()
