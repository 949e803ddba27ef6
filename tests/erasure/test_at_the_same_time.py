"""Deletions, and the feed, at the same moment: what the person was told is gone goes, and nothing else does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import jobs
from privacy_center.erasure import asking
from privacy_center.erasure.meant import Rule
from privacy_center.erasure.models import Deletion, Receipt
from privacy_center.history.models import Conversation, Message
from privacy_center.history.veils import Veil, Veiled
from tests import makers
from tests.erasure.doing import ask, confirm, feed, finish, removed, talk
from tests.together import at_once


def confirming(deletion: Deletion) -> Callable[[], bool]:
    """Press the button, having seen these numbers; as each request does, with a row of its own."""
    seen = deletion.numbers
    return lambda: asking.confirm(Deletion.get_by_id(deletion.id), seen)


def test_one_deletion_confirmed_by_four_at_once_is_done_once(mei: User, history: Any) -> None:
    deletion = asking.ask(mei, "everything", rule=Rule())
    assert deletion
    assert at_once(*[confirming(deletion)] * 4) == [True] * 4
    assert jobs.Job.select().where(jobs.Job.kind == asking.PURGE).count() == 1
    finish()
    assert removed(deletion) == {"conversation": 5, "message": 7}
    assert Receipt.select().count() == 1


def test_of_two_overlapping_deletions_confirmed_at_once_each_removes_its_own(mei: User, history: Any) -> None:
    for attempt in range(4):
        feed(*(line for name in "abcdef" for line in talk(f"{name}{attempt}", "one", "two")))
        ids = [row.id for row in Conversation.select().where(Conversation.external_id.endswith(str(attempt))).order_by(Conversation.id)]
        some, others = (asking.ask(mei, "ticked", listed=each) for each in (ids[:4], ids[2:]))
        assert some and others
        answers = at_once(confirming(some), confirming(others))
        assert sorted(answers) == [False, True]  # the numbers of whoever came second were old: they are asked again
        second = others if answers[0] else some
        assert asking.confirm(Deletion.get_by_id(second.id), None)
        at_once(jobs.run_due, jobs.run_due)
        finish()
        assert sorted(removed(each)["conversation"] for each in (some, others)) == [2, 4]
        assert sum(removed(each)["message"] for each in (some, others)) == 12
    assert Conversation.select().count() == 5
    assert Veil.select().count() == Veiled.select().count() == 0


def test_what_the_feed_brings_while_everything_is_confirmed_is_seen_or_stays(mei: User, history: Any) -> None:
    for attempt in range(6):
        feed(*talk(f"seen{attempt}", "first"))
        deletion = asking.ask(mei, "everything", rule=Rule())
        assert deletion
        late = [*talk(f"new{attempt}", "Just begun"), makers.message(f"seen{attempt}", "A late message", id=f"late{attempt}")]
        hidden, outcome = at_once(confirming(deletion), lambda late=late: feed(*late))
        here = {row.external_id for row in Conversation.owned_by(mei)}
        refused = {each.id for each in outcome.refused}
        # Either it came first, and what was seen was old: nothing is hidden. Or the button did, and what came for the hidden was refused.
        assert f"new{attempt}" in here
        assert hidden == (f"seen{attempt}" not in here) == (f"late{attempt}" in refused)
        finish()
        assert f"new{attempt}" in {row.external_id for row in Conversation.select()}
        assert Message.select().where(Message.external_id == f"late{attempt}").exists() == (not hidden)


def test_what_comes_while_the_purge_runs_neither_survives_half_nor_goes_unseen(mei: User, history: Any) -> None:
    names = [f"c{number}" for number in range(60)]
    feed(*(line for name in names for line in talk(name, "one", "two", "three")))
    deletion = asking.ask(mei, "everything", rule=Rule())
    assert deletion and confirming(deletion)()

    def bring() -> list[Any]:
        return [feed(makers.message(name, "A late message", id=f"{name}-late"), *talk(f"new-{name}", "Just begun")) for name in names]

    _done, outcomes = at_once(jobs.run_due, bring)
    finish()
    assert {each.id for outcome in outcomes for each in outcome.refused} == {f"{name}-late" for name in names}
    assert {row.external_id for row in Conversation.select()} == {f"new-{name}" for name in names}
    assert Message.select().count() == 60
    assert removed(deletion) == {"conversation": 65, "message": 187}


def test_a_message_that_moves_elsewhere_does_not_bring_back_what_is_hidden(as_mei: Any, history: Any) -> None:
    confirm(as_mei, ask(as_mei, scope="matching", archived="no"))
    outcome = feed(makers.message("old", "It has moved", id="bread-1"), *talk("fresh"))
    assert [each.reason for each in outcome.refused] == ["deleted by its user"]
    assert "About bread" not in as_mei.get("/history").text
    finish()
    assert {row.external_id for row in Conversation.select()} == {"old", "fresh"}
    assert Message.select().count() == 0


def test_a_file_that_moves_elsewhere_goes_with_what_was_hidden(as_mei: Any, history: Any) -> None:
    feed(makers.line("file", id="notes", conversation="bread"))
    confirm(as_mei, ask(as_mei, conversation=history["bread"]))
    outcome = feed(makers.line("file", id="notes", conversation="boats"), makers.line("file", id="notes"))
    assert {each.reason for each in outcome.refused} == {"deleted by its user"}
    finish()
    again = feed(makers.line("file", id="notes", conversation="boats"))
    assert [each.reason for each in again.refused] == ["deleted by its user"]


def test_a_deletion_counted_while_the_feed_writes_all_the_time_still_comes_to_an_end(mei: User, history: Any) -> None:
    deletion = asking.ask(mei, "auto", rule=Rule())
    assert deletion
    stop = threading.Event()

    def write() -> int:
        count = 0
        while not stop.is_set():
            count += 1
            feed(*talk(f"busy{count}", "word"))
        return count

    def decide() -> bool:
        try:
            return asking.confirm(Deletion.get_by_id(deletion.id), None)
        finally:
            stop.set()

    wrote, decided = at_once(write, decide)
    assert decided is True
    finish()
    shown = Deletion.get_by_id(deletion.id)
    assert removed(deletion)["conversation"] == shown.total == 5 + wrote - Conversation.select().count()
