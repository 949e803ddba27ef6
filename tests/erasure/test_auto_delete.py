"""Auto-delete: it is announced, waits a week, takes exactly what is older, and stops when its person says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.audit import AuditEntry
from privacy_center.core.jobs import Job
from privacy_center.erasure.models import AutoDelete, Deletion
from privacy_center.history.models import Conversation
from tests.erasure.doing import feed, talk

DAY = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
PAGE = "/history/auto-delete"


@pytest.fixture
def history(mei: User) -> None:
    """Mei's conversations: one of this month, those of just under and just over a year ago, one of three years ago."""
    with clock.at(DAY):
        for name, moment in {"new": "2026-11-02", "under": "2025-11-21", "over": "2025-11-19", "ancient": "2023-06-01"}.items():
            feed(*talk(name, created_at=f"{moment}T12:00:00Z", updated_at=f"{moment}T12:00:00Z"))


@pytest.fixture
def days_later(outbox: list[Any]) -> Iterator[Callable[[float], None]]:
    """Lets the worker do all it has to do so many days after the day on which everything is set."""

    def work(days: float) -> None:
        with clock.at(DAY + timedelta(days=days)):
            jobs.run_due()
            jobs.run_sweeps()
            jobs.run_due()

    return work


def choose(browser: Any, months: Any, days: float = 0) -> Any:
    """Choose so many months on the page, so many days after that day, signed in anew."""
    with clock.at(DAY + timedelta(days=days)):
        return browser.sign_in(User.get(User.subject == "zai-mei")).submit(PAGE, {"months": str(months)}, follow_redirects=True)


def left() -> set[str]:
    """The names of the conversations that are left."""
    return {row.external_id for row in Conversation.select()}


def test_the_page_says_what_each_choice_would_delete_now(as_mei: Any, history: Any) -> None:
    with clock.at(DAY):
        page = as_mei.get(PAGE).text
    assert page.count("3 conversations would go now") == 1  # after 3 months
    assert page.count("2 conversations would go now") == 1  # after 12: under is not yet a year old
    assert page.count("1 conversation would go now") == 2
    assert "Last used before 20 November 2025" in page
    assert left() == {"new", "under", "over", "ancient"}


def test_turning_it_on_is_announced_by_mail_that_says_when_and_where_to_stop_it(as_mei: Any, history: Any, outbox: Any, days_later: Any) -> None:
    page = choose(as_mei, 12).text
    days_later(0)
    [mail] = outbox
    assert "Nothing goes before 27 November 2026, 12:00 UTC" in page
    assert mail.to == ["mei@example.com"]
    assert "Nothing is deleted before 27 November 2026, 12:00 UTC" in mail.body
    assert "http://127.0.0.1:8000/history/auto-delete\n" in mail.body
    assert not any(word in mail.body for word in ("Mei", "About", "12 months"))


def test_who_reads_chinese_is_written_to_in_chinese(as_mei: Any, history: Any, outbox: Any, days_later: Any) -> None:
    User.update(language="zh-Hans").execute()
    choose(as_mei, 12)
    days_later(0)
    assert "2026年11月27日" in outbox[0].body.replace(" ", "")
    assert "自动删除" in outbox[0].body
    assert "Nothing" not in outbox[0].body


def test_nothing_goes_in_the_first_week(as_mei: Any, history: Any, days_later: Any) -> None:
    choose(as_mei, 3)
    days_later(6.99)
    assert left() == {"new", "under", "over", "ancient"}
    assert Deletion.select().count() == 0


def test_after_the_week_exactly_what_is_older_goes(as_mei: Any, history: Any, days_later: Any) -> None:
    choose(as_mei, 12)
    days_later(7.01)
    assert left() == {"new"}  # by then under has been without activity for a year as well
    [deletion] = Deletion.select()
    assert (deletion.scope, deletion.state, deletion.total) == ("auto", "purged", 3)
    assert AuditEntry.select().where((AuditEntry.actor == "system") & (AuditEntry.action == "conversations deleted")).count() == 1


def test_what_was_used_again_stays(as_mei: Any, history: Any, days_later: Any) -> None:
    choose(as_mei, 12)
    with clock.at(DAY + timedelta(days=3)):
        feed(*talk("over", created_at="2025-11-19T12:00:00Z", updated_at="2026-11-23T12:00:00Z"))
    days_later(7.01)
    assert left() == {"new", "over"}


def test_it_goes_on_when_more_grows_old(as_mei: Any, history: Any, days_later: Any) -> None:
    choose(as_mei, 36)
    days_later(8)
    assert left() == {"new", "under", "over"}
    days_later(750)
    assert left() == {"new"}
    assert {each.total for each in Deletion.select()} == {1, 2}


def test_it_begins_nothing_when_nothing_is_old(as_mei: Any, days_later: Any) -> None:
    choose(as_mei, 3)
    days_later(10)
    assert Deletion.select().count() == 0


def test_what_it_did_is_listed_on_its_page_and_among_the_deletions(as_mei: Any, history: Any, days_later: Any) -> None:
    choose(as_mei, 12)
    days_later(7.01)
    as_mei.sign_in(User.get(User.subject == "zai-mei"))
    number = Deletion.get().id
    for page, words in ((PAGE, "3 conversations"), ("/history/deletions", "3 conversations, by auto-delete")):
        assert f'<a href="/history/deletions/{number}">{words}</a>' in as_mei.get(page).text
    assert "Old conversations, by auto-delete" in as_mei.get(f"/history/deletions/{number}").text


@pytest.mark.parametrize("months", [0, 36])
def test_stopping_or_changing_it_stops_what_is_queued_already(as_mei: Any, history: Any, days_later: Any, months: int) -> None:
    choose(as_mei, 3)
    with clock.at(DAY + timedelta(days=8)):
        jobs.run_sweeps()
        assert Job.select().where(Job.kind == "erasure.auto_delete").count() == 1
    page = choose(as_mei, months, days=8).text
    days_later(8.1)
    assert ("Auto-delete is off" if months == 0 else "Auto-delete is on") in page
    assert left() == {"new", "under", "over", "ancient"}
    assert Deletion.select().count() == 0


def test_changing_it_begins_the_week_anew(as_mei: Any, history: Any, days_later: Any) -> None:
    choose(as_mei, 12)
    choose(as_mei, 36, days=6)
    days_later(12.9)
    assert left() == {"new", "under", "over", "ancient"}
    days_later(14)
    assert left() == {"new", "under", "over"}


def test_setting_it_twice_is_one_wish_and_one_mail(as_mei: Any, history: Any, outbox: Any, days_later: Any) -> None:
    choose(as_mei, 12)
    choose(as_mei, 12, days=3)
    days_later(3)
    assert [(each.months, each.first_run_at) for each in AutoDelete.select()] == [(12, DAY + timedelta(days=7))]
    assert len(outbox) == 1


def test_who_has_no_email_is_not_mailed_and_the_page_says_it(as_mei: Any, history: Any, outbox: Any, days_later: Any) -> None:
    User.update(email=None).execute()
    page = choose(as_mei, 12)
    days_later(7.01)
    assert "Nothing goes before 27 November 2026" in page.text
    assert "We can’t write to you, because your account has no e-mail address." in page.text
    assert outbox == []
    assert left() == {"new"}


@pytest.mark.parametrize("months", ["", "1", "13", "-12", "12.0", "１２", "1e1", "twelve", "9" * 400])
def test_months_that_are_not_offered_are_refused(as_mei: Any, history: Any, months: str) -> None:
    page = choose(as_mei, months)
    assert page.status_code == 422
    assert "Choose one of these" in page.text
    assert AutoDelete.select().count() == 0


def test_one_persons_wish_leaves_everybody_elses_conversations(as_mei: Any, mallory: User, history: Any, days_later: Any) -> None:
    with clock.at(DAY):
        feed(*talk("hers", user="zai-mallory", created_at="2020-01-01T00:00:00Z", updated_at="2020-01-01T00:00:00Z"))
    choose(as_mei, 3)
    days_later(8)
    assert left() == {"new", "hers"}
