"""What of deletions stands under “Needs you”, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.erasure.models import AutoDelete, Deletion
from tests.erasure.doing import ask, confirm

NOTHING = "We have no question for you, and nothing is late."


@pytest.fixture
def deletion(mei: User) -> Deletion:
    """A deletion of Mei's that is under way."""
    return Deletion.create(user=mei, scope="ticked", total=1214, hidden_at=clock.now())


def test_a_deletion_under_way_is_told_with_its_number_and_leads_to_its_page(as_mei: Any, deletion: Deletion) -> None:
    page = as_mei.get("/").text
    assert f'<a href="/history/deletions/{deletion.id}">Deletion of 1,214 conversations</a>' in page
    assert "Hidden already; the bytes go by themselves" in page


def test_a_deletion_that_is_done_needs_nobody(as_mei: Any, history: Any) -> None:
    confirm(as_mei, ask(as_mei, scope="everything"))
    assert "Deletion of 5 conversations" in as_mei.get("/").text
    jobs.run_due()
    assert NOTHING in as_mei.get("/").text


def test_a_deletion_that_stopped_stands_above_all(as_mei: Any, deletion: Deletion) -> None:
    Deletion.update(trouble="It was tried too often.").execute()
    page = as_mei.get("/").text
    assert '<h2 id="pressing">Deletion of 1,214 conversations</h2>' in page
    assert "It has stopped, and a person of ours has to look" in page


def test_a_deletion_that_was_never_confirmed_needs_nobody(as_mei: Any, history: Any) -> None:
    ask(as_mei, scope="everything")
    assert NOTHING in as_mei.get("/").text


def test_auto_delete_is_told_until_it_begins(as_mei: Any, mei: User) -> None:
    AutoDelete.create(user=mei, months=12, first_run_at=clock.now() + timedelta(days=7))
    assert "Auto-delete begins soon" in as_mei.get("/").text
    AutoDelete.update(first_run_at=clock.ago(days=1)).execute()
    assert NOTHING in as_mei.get("/").text


def test_nobody_is_told_of_somebody_elses(as_mallory: Any, mei: User, deletion: Deletion) -> None:
    AutoDelete.create(user=mei, months=12, first_run_at=clock.now() + timedelta(days=7))
    assert NOTHING in as_mallory.get("/").text


def test_one_that_stopped_stands_above_one_that_goes_on(as_mei: Any, mei: User, deletion: Deletion) -> None:
    Deletion.create(user=mei, scope="before", total=88, hidden_at=clock.ago(days=2), trouble="It was tried too often.")
    page = as_mei.get("/").text
    assert page.index("Deletion of 88 conversations") < page.index("Deletion of 1,214 conversations")
