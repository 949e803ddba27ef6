"""The overview: pictures of what is held, each with its words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.history.models import Conversation
from privacy_center.know.months import by_month
from privacy_center.telemetry.models import UsageEvent
from tests import cast
from tests.conftest import Visitor
from tests.know.rows import HOLDINGS, address, filled, said_of, shown

NOW = datetime(2026, 11, 18, 9, 41, tzinfo=UTC)


def conversation(user: User, number: int, begun: datetime) -> Conversation:
    """A conversation begun at that moment."""
    return filled(Conversation, user, number, created_at=begun, active_at=begun)  # type: ignore[no-any-return]


def test_every_kind_that_is_held_has_its_row_and_its_page(as_mei: Visitor, mei: User) -> None:
    for number, model in enumerate(HOLDINGS):
        filled(model, mei, number)

    page = shown(as_mei.get("/"))

    for model in HOLDINGS:
        assert f'<a href="{address(model)}">{said_of(model).title}</a>' in page


def test_a_row_says_in_words_what_its_bar_draws(as_mei: Visitor, mei: User) -> None:
    filled(UsageEvent, mei, occurred_at=datetime(2026, 3, 5, tzinfo=UTC))

    page = shown(as_mei.get("/"))

    assert "since 5 March 2026" in page
    assert "13 months each" in page and "all of it gone by 5 April 2027" in page


def test_pictures_are_hidden_from_screen_readers_and_carry_no_style(as_mei: Visitor, mei: User) -> None:
    conversation(mei, 1, clock.now())

    page = as_mei.get("/").text
    seen = re.sub(r'<(li|svg)\b[^>]* aria-hidden="true">.*?</\1>', "", page[page.index("<main") :], flags=re.DOTALL)

    assert "<text" not in seen and "<rect" not in seen and "today at" in seen
    assert " style=" not in page


def test_the_months_are_told_in_words_and_in_figures(as_mei: Visitor, mei: User) -> None:
    with clock.at(NOW):
        for number, day in enumerate((1, 2, 3)):
            conversation(mei, number, datetime(2026, 10, day, tzinfo=UTC))
        conversation(mei, 9, datetime(2026, 2, 1, tzinfo=UTC))
        as_mei.sign_in(mei)

        page = shown(as_mei.get("/"))

    assert "4 conversations were begun in the last 24 months; the busiest was October 2026, with 3." in page
    assert '<th scope="row">October 2026</th><td class="amount">3</td>' in page


def test_months_count_from_their_first_moment_to_their_last(app: Flask, mei: User, mallory: User) -> None:
    conversation(mei, 1, datetime(2026, 11, 1, tzinfo=UTC))
    conversation(mei, 2, datetime(2026, 10, 31, 23, 59, 59, 999_999, tzinfo=UTC))
    conversation(mei, 3, datetime(2024, 12, 1, tzinfo=UTC))
    conversation(mei, 4, datetime(2024, 11, 30, tzinfo=UTC))
    conversation(mallory, 5, datetime(2026, 11, 1, tzinfo=UTC))

    months = by_month(Conversation, mei, NOW)

    assert len(months) == 24 and months[0] == (datetime(2024, 12, 1, tzinfo=UTC), 1)
    assert [number for _month, number in months[-2:]] == [1, 1] and sum(number for _month, number in months) == 3


def test_the_latest_conversations_lead_to_the_history(as_mei: Visitor, mei: User) -> None:
    rows = [conversation(mei, number, NOW - timedelta(days=number)) for number in range(5)]

    page = shown(as_mei.get("/"))

    assert [f'href="/history/{row.id}"' in page for row in rows] == [True, True, True, False, False]


def test_a_person_of_whom_nothing_is_held_reads_so(app: Flask) -> None:
    page = shown(app.test_client().sign_in(cast.olga()).get("/"))  # type: ignore[attr-defined]

    assert "We hold no conversation of yours." in page
    assert "Nothing is held of:" in page and "Usage events" in page
    assert "None was begun in the last 24 months." in page


def test_nothing_of_another_person_is_in_the_picture(as_mallory: Visitor, mei: User) -> None:
    conversation(mei, 1, clock.now())

    page = shown(as_mallory.get("/"))

    assert "title-1" not in page and "We hold no conversation of yours." in page
