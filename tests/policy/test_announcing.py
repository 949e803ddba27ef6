"""Announcements: mailed to everybody, shown on every page until a month after their day, on a page of their own for good."""

from __future__ import annotations

from typing import Any

import pytest
from peewee import OperationalError

from privacy_center.core import jobs
from privacy_center.policy import banner
from privacy_center.policy.models import Mailing

END = "ZCode for the web ends\n\nOn 31 December 2026 we switch it off. Take a copy of your data before.\n"


def test_an_announcement_is_mailed_shown_on_every_page_and_has_one_of_its_own(
    policy: Any, outbox: list[Any], people: list[str], visitor: Any, as_mei: Any
) -> None:
    assert "Announced as number 1" in policy("announce", END, "--on", "2026-12-31", name="end.txt").output
    jobs.run_due()

    assert [each.to[0] for each in outbox] == [*people, "mei@example.com"]
    assert outbox[0].subject == "ZCode for the web ends" and "/announcements/1\n" in outbox[0].body
    assert "ZCode for the web ends" in visitor.get("/sign-in").text and "ZCode for the web ends" in as_mei.get("/account").text
    page = visitor.get("/announcements/1").text
    assert "On 31 December 2026." in page and "Take a copy of your data before." in page


def test_the_same_announcement_twice_is_made_once(policy: Any, people: list[str]) -> None:
    policy("announce", END, "--on", "2026-12-31", name="end.txt")

    assert "Nothing was done." in policy("announce", END, "--on", "2026-12-31", name="end.txt").output
    assert Mailing.select().count() == 1


def test_an_announcement_that_is_taken_back_stops_at_once(policy: Any, outbox: list[Any], people: list[str], visitor: Any) -> None:
    policy("announce", END, "--on", "2026-12-31", name="end.txt")
    assert policy("take-back", "1").exit_code == 0
    jobs.run_due()

    assert outbox == [] and Mailing.get().ended_at
    assert "ZCode for the web ends" not in visitor.get("/sign-in").text
    assert "This announcement was taken back" in visitor.get("/announcements/1").text
    assert policy("take-back", "1").exit_code == policy("take-back", "77").exit_code == 1


def test_a_month_after_its_day_an_announcement_is_no_news(policy: Any, app: Any, visitor: Any) -> None:
    policy("announce", END, "--on", "2026-10-01", name="end.txt")

    assert "ZCode for the web ends" not in visitor.get("/sign-in").text


@pytest.mark.parametrize("text", ["Only a title\n", "\n\n", "x" * 200 + "\n\nToo long a title.\n"])
def test_an_announcement_without_title_or_text_is_refused(policy: Any, text: str) -> None:
    assert policy("announce", text, "--on", "2026-12-31", name="end.txt").exit_code == 1


@pytest.mark.parametrize("number", ["2", str(2**63), "x"])
def test_an_announcement_that_never_was_is_not_found(app: Any, visitor: Any, number: str) -> None:
    assert visitor.get(f"/announcements/{number}").status_code == 404


def test_a_page_says_its_error_also_when_the_database_can_not_be_asked(app: Any, visitor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(banner, "standing", lambda: (_ for _ in ()).throw(OperationalError()))

    assert "There is nothing at this address" in visitor.get("/nothing/here").text
