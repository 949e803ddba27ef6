"""How often codes are sent: nobody's mailbox is flooded, nobody is kept out by others, and nothing tells who has an account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy_center.accounts.models import User
from privacy_center.verification import proving
from privacy_center.verification.models import Code
from tests.verification.conftest import again, ask

NADIA = "nadia@example.org"


def sent() -> int:
    return int(Code.select().count())


def test_another_code_is_sent_half_a_minute_later_at_the_earliest(later: Callable[..., None]) -> None:
    proof = ask()
    later(seconds=29)
    with pytest.raises(proving.TooMany):
        again(proof)
    later(seconds=1)
    again(proof)

    assert sent() == 2


def test_five_codes_an_hour_go_from_one_place_to_one_mailbox(later: Callable[..., None]) -> None:
    for _ in range(5):
        ask()
        later(minutes=1)
    with pytest.raises(proving.TooMany) as too_many:
        ask("Nadia+more@Example.org")
    assert sent() == 5

    later(minutes=55)
    ask()
    assert (too_many.value.until.hour, sent()) == (13, 6)


def test_who_uses_up_somebodys_codes_uses_up_their_own_only(later: Callable[..., None]) -> None:
    for _ in range(5):
        ask(from_="203.0.113.9")
        later(minutes=1)
    with pytest.raises(proving.TooMany):
        ask(from_="203.0.113.9")

    ask(from_="192.0.2.1")
    assert sent() == 6


def test_the_addresses_of_one_home_count_as_one(later: Callable[..., None]) -> None:
    for number in range(5):
        ask(from_=f"2001:db8:0:1::{number}")
        later(minutes=1)
    with pytest.raises(proving.TooMany):
        ask(from_="2001:db8:0:1:ffff::1")

    ask(from_="2001:db8:0:2::1")
    assert sent() == 6


def test_one_place_writes_to_sixty_mailboxes_an_hour_at_most(later: Callable[..., None]) -> None:
    for number in range(60):
        ask(f"person-{number}@example.org")
    with pytest.raises(proving.TooMany):
        ask("person-60@example.org")

    assert sent() == 60


def test_a_mailbox_gets_thirty_mails_an_hour_at_most_from_wherever_they_are_asked_for(later: Callable[..., None]) -> None:
    for number in range(30):
        ask(from_=f"192.0.2.{number}")
    with pytest.raises(proving.TooMany):
        ask(from_="192.0.2.99")

    ask("olga@example.org", from_="192.0.2.99")
    assert sent() == 31


def test_nothing_is_left_of_what_was_refused(later: Callable[..., None]) -> None:
    proof = ask()
    with pytest.raises(proving.TooMany):
        again(proof)

    assert sent() == 1


def test_an_address_with_an_account_is_treated_like_any_other(mei: User) -> None:
    proofs = [ask(str(mei.email)), ask(NADIA)]

    assert len({proving.state_of(each) for each in proofs}) == 1
