"""Asking for a deletion: what the page says before anything goes, and when it asks again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from privacy_center.core import clock, jobs
from privacy_center.erasure.models import Deletion
from privacy_center.history.models import Conversation
from tests import makers
from tests.erasure.doing import ask, confirm, feed, talk


def test_the_confirmation_says_how_many_and_what_goes_along(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, conversation=[history["boats"], history["bread"]])
    assert "Delete 3 conversations?" in page.text
    assert "with 5 messages" in page.text
    assert "of them is a conversation of a sub-agent" in page.text
    assert "~/.zcode/cli/db/db.sqlite" in page.text
    assert Conversation.select().count() == 5


def test_a_date_in_the_future_is_refused_in_words(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, scope="before", before="2099-01-01")
    assert page.status_code == 422
    assert "Say a date that is not in the future" in page.text


def test_nothing_ticked_says_so(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, scope="ticked")
    assert "You ticked no conversation" in page.text
    assert Deletion.select().count() == 0


def test_somebody_elses_numbers_are_as_if_they_were_not_there(as_mallory: Any, history: Any) -> None:
    feed(*talk("mine", "Mallory's own", user="zai-mallory"))
    mine = Conversation.get(Conversation.external_id == "mine").id
    page = ask(as_mallory, conversation=[history["bread"], mine])
    assert "Delete 1 conversation?" in page.text
    confirm(as_mallory, page)
    jobs.run_due()
    assert Conversation.select().count() == 5


def test_somebody_elses_deletion_is_not_there(as_mei: Any, as_mallory: Any, history: Any) -> None:
    page = ask(as_mei, conversation=history["bread"])
    assert as_mallory.get(page.request.path).status_code == 404
    assert as_mallory.submit(f"{page.request.path}/confirmation", page="/history/deletions").status_code == 404
    jobs.run_due()
    assert Conversation.select().count() == 5


def test_a_stale_confirmation_says_the_new_numbers_and_asks_again(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, conversation=history["bread"])
    feed(makers.message("bread", "And how long in the fridge?", id="bread-late"))
    again = confirm(as_mei, page)
    assert again.status_code == 409
    assert "The numbers have changed" in again.text
    assert "with 3 messages" in again.text
    assert Conversation.select().count() == 5


def test_a_conversation_that_comes_while_everything_is_asked_for_makes_the_page_ask_again(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, scope="everything")
    feed(*talk("new", "Just begun"))
    assert "Just" not in page.text
    confirm(as_mei, page)
    jobs.run_due()
    assert "new" in {row.external_id for row in Conversation.select()}


def test_an_unconfirmed_deletion_is_forgotten_after_a_day(as_mei: Any, history: Any) -> None:
    ask(as_mei, conversation=history["bread"])
    with clock.at(datetime(2099, 1, 1, tzinfo=UTC)):
        jobs.run_sweeps(only_due=False)
    assert Deletion.select().count() == 0
    assert Conversation.select().count() == 5


def test_deleting_twice_is_as_good_as_once(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, conversation=history["bread"])
    confirm(as_mei, page)
    confirm(as_mei, page)
    jobs.run_due()
    assert Deletion.select().count() == 1
    assert Deletion.get().state == "purged"


def test_everything_of_an_empty_history_is_nothing_and_said_so(as_mei: Any) -> None:
    page = ask(as_mei, scope="everything")
    assert page.status_code == 422
    assert "Your history is empty" in page.text


def test_a_day_before_which_there_is_nothing_is_said_so(as_mei: Any, history: Any) -> None:
    assert "No conversation is that old" in ask(as_mei, scope="before", before="2001-01-01").text
