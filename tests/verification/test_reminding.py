"""Who left half-way is reminded once; after a week nothing is left of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import jobs
from privacy_center.datamap import registry
from privacy_center.verification import proving
from privacy_center.verification.jobs import forget_old_proofs, remind_who_left_half_way
from privacy_center.verification.models import Code, Proof
from tests.verification.conftest import ask, mailed

PAGE = "https://centre.example/trials/1"


@pytest.fixture(autouse=True)
def way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way back to what these addresses are proved for."""
    monkeypatch.setitem(proving._ways_back, "trial", lambda _subject: PAGE)
    monkeypatch.setitem(proving._ways_back, "over", lambda _subject: None)


def reminders(outbox: list[Any]) -> list[str]:
    remind_who_left_half_way()
    jobs.run_due()
    return [mail.body for mail in outbox if "waits for you" in mail.subject]


def test_who_left_half_way_is_reminded_once_a_day_later(later: Callable[..., None], outbox: list[Any]) -> None:
    ask()
    later(hours=23)
    assert reminders(outbox) == []
    later(hours=1)
    assert len(reminders(outbox)) == 1
    later(hours=2)

    found = reminders(outbox)

    assert len(found) == 1 and PAGE in found[0] and "nadia" not in found[0]


def test_who_confirmed_is_not_reminded(later: Callable[..., None], outbox: list[Any]) -> None:
    proof = ask()
    proving.check(proof, mailed(outbox))
    later(days=1)

    assert reminders(outbox) == []


def test_nobody_is_reminded_of_what_is_over(later: Callable[..., None], outbox: list[Any]) -> None:
    ask(about="over")
    ask("olga@example.org", about="unheard of")
    later(days=1)

    assert reminders(outbox) == []


def test_a_mailbox_is_reminded_once_however_often_its_address_was_typed(later: Callable[..., None], outbox: list[Any]) -> None:
    for number in range(4):
        ask(subject=number)
    later(days=1)

    assert len(reminders(outbox)) == 1


def test_a_week_later_nothing_is_left(later: Callable[..., None], outbox: list[Any]) -> None:
    ask()
    later(days=7, seconds=1)

    assert forget_old_proofs() == 1
    assert (Proof.select().count(), Code.select().count()) == (0, 0)


def test_the_owner_of_an_address_sees_that_it_was_given_and_not_what_for(mei: User, mallory: User) -> None:
    ask("MEI@example.com")

    assert registry.rows_of(Proof, mei).count() == registry.rows_of(Code, mei).count() == 1
    assert registry.rows_of(Proof, mallory).count() == 0
    assert registry.note(Proof, Proof.about).kind != "personal"
