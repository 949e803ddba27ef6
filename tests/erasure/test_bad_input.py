"""Forms that nobody of ours made: refused in words, and nothing goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import SESSION_LASTS, Session
from privacy_center.core import jobs
from privacy_center.erasure.models import Deletion
from privacy_center.history.models import Conversation
from privacy_center.history.veils import Veil
from tests.conftest import CSRF_FIELD
from tests.erasure.doing import NUMBER, SEEN, ask, confirm, feed, talk


@pytest.fixture
def asked(as_mei: Any, history: Any) -> Any:
    """The page on which Mei is asked to confirm that bread goes."""
    return ask(as_mei, conversation=history["bread"])


def nothing_went() -> bool:
    """Whether all of Mei's conversations are there, and stay."""
    jobs.run_due()
    hidden = Veil.select().where(Veil.drawn_at.is_null(False)).exists()
    return Conversation.select().count() == 5 and not hidden and not Deletion.select().where(Deletion.hidden_at.is_null(False)).exists()


def test_a_session_that_ran_out_between_page_and_button_deletes_nothing(as_mei: Any, asked: Any) -> None:
    form = {"csrf_token": CSRF_FIELD.search(asked.text)[1], "seen": SEEN.search(asked.text)[1]}
    Session.update(started_at=Session.started_at - int(SESSION_LASTS / timedelta(microseconds=1)) - 1).execute()
    answer = as_mei.post(f"{asked.request.path}/confirmation", data=form)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
    assert nothing_went()


def test_without_the_token_of_the_page_nothing_goes(as_mei: Any, asked: Any) -> None:
    for token in ["", "forged"]:
        form = {"csrf_token": token, "seen": SEEN.search(asked.text)[1]}
        answer = as_mei.post(f"{asked.request.path}/confirmation", data=form)
        assert answer.status_code == 400
        assert "Nothing was changed" in answer.text
        assert as_mei.post("/history/deletions", data={"scope": "everything"}).status_code == 400
        assert nothing_went()


def test_somebody_elses_deletion_is_not_theirs_to_confirm(as_mallory: Any, asked: Any) -> None:
    answer = as_mallory.submit(f"{asked.request.path}/confirmation", {"seen": SEEN.search(asked.text)[1]}, page="/history/deletions")
    assert answer.status_code == 404
    assert nothing_went()


def test_only_the_button_confirms(as_mei: Any, asked: Any) -> None:
    for method in ["get", "put", "patch", "delete"]:
        answer = getattr(as_mei, method)(f"{asked.request.path}/confirmation")
        assert answer.status_code == 405
        assert nothing_went()


def test_forged_numbers_are_as_good_as_old_ones(as_mei: Any, asked: Any) -> None:
    for seen in ["", "0-0-0-0-0", "1-0-0-2", "1-0-0-2-0-0", "1" * 5000, "\0", "١-0-0-2-0"]:
        answer = as_mei.submit(f"{asked.request.path}/confirmation", {"seen": seen}, page="/history/deletions")
        assert answer.status_code == 409
        assert "The numbers have changed" in answer.text
        assert nothing_went()


def test_a_scope_that_is_none_deletes_nothing_and_says_so(as_mei: Any, history: Any) -> None:
    for scope in ["all", "", "auto", "one", "\0", "everything\0", "x" * 5000]:
        page = ask(as_mei, scope=scope, conversation=history["bread"])
        assert page.status_code == 422
        assert "We don’t know what you mean to delete" in page.text
        assert Deletion.select().count() == Veil.select().count() == 0


def test_a_tick_that_is_no_number_of_theirs_ticks_nothing(as_mei: Any, history: Any) -> None:
    for number in ["bread", "1.0", "-1", "+1", "0x1", "١", "1 OR 1=1", "9" * 18, "9" * 19, "9" * 5000, "\0", ""]:
        page = ask(as_mei, **{"conversation": number, f"c{number}": "on"})
        assert page.status_code == 422
        assert "You ticked no conversation" in page.text


def test_tens_of_thousands_of_ticks_mean_those_that_are_there(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, **{f"c{number}": "" for number in range(1, 70_001)})
    assert "Delete 5 conversations?" in page.text


def test_a_body_beyond_all_measure_is_refused_in_words(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, scope="everything", padding="x" * 1_100_000)
    assert page.status_code == 413
    assert "That is too large" in page.text
    assert nothing_went()


def test_a_day_that_is_none_is_refused_and_the_form_comes_back(as_mei: Any, history: Any) -> None:
    for typed in ["", "yesterday", "2025-13-01", "0000-01-01", "9999-12-31", "2025-01-01\0", "1" * 5000]:
        page = ask(as_mei, scope="before", before=typed)
        assert page.status_code == 422
        assert 'name="before"' in page.text
        assert Deletion.select().count() == 0


def test_a_filter_that_can_not_be_read_deletes_nothing(as_mei: Any, history: Any) -> None:
    for filters in [{"from": "soon"}, {"from": "2026-01-02", "to": "2026-01-01"}, {"to": "9999-12-31"}]:
        page = ask(as_mei, scope="matching", **filters)
        assert page.request.path == "/history"
        assert Deletion.select().count() == 0


def test_what_matches_nothing_says_so(as_mei: Any, history: Any) -> None:
    for filters in [{"model": "\0no such"}, {"workspace": "' OR 1=1 --"}, {"source": "x" * 5000}, {"from": "9998-01-01"}, {"q": '"* NEAR('}]:
        page = ask(as_mei, scope="matching", **filters)
        assert page.status_code == 422
        assert "There is no such conversation" in page.text


def test_a_deletion_whose_conversations_another_took_says_that_nothing_is_left(as_mei: Any, history: Any) -> None:
    first, second = ask(as_mei, conversation=history["bread"]), ask(as_mei, conversation=history["bread"])
    confirm(as_mei, first)
    page = confirm(as_mei, second)
    assert page.status_code == 409
    assert "Nothing is left of what you meant to delete" in page.text
    assert "<button" not in page.text.split("<main", 1)[1].split("</main")[0]


def test_the_page_of_a_deletion_that_was_forgotten_says_that_it_is_over(as_mei: Any, asked: Any) -> None:
    seen = SEEN.search(asked.text)[1]
    for _ in range(20):
        ask(as_mei, scope="everything")
    answer = as_mei.submit(f"{asked.request.path}/confirmation", {"seen": seen}, page="/history/deletions")
    assert (answer.status_code, NUMBER.search(asked.request.path)[1]) == (404, "1")
    feed(*talk("later"))
    assert Conversation.select().count() == 6
