"""Narrowing the history: by days, model, workspace, place, and whether it is archived."""

from __future__ import annotations

import pytest

from tests.conftest import Visitor
from tests.history.conftest import Feed, talk, titles, words_of
from tests.makers import message

DAY = 24 * 60


@pytest.fixture
def as_mei(as_mei: Visitor, feed: Feed) -> Visitor:
    """Mei's browser; she has four conversations, one a day, from 1 to 4 November."""
    feed(
        talk("One", model="GLM-4.6", source="web"),
        talk("Two", minutes=DAY, model="GLM-4.7", source="cli", workspace="billing"),
        talk("Three", minutes=2 * DAY, model="GLM-4.7", source="desktop", workspace="shop & till"),
        talk("Four", minutes=3 * DAY, archived=True),
    )
    return as_mei


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2026-11-02", ["Four", "Three", "Two"]),
        ("to=2026-11-02", ["Two", "One"]),
        ("from=2026-11-02&to=2026-11-03", ["Three", "Two"]),
        ("model=GLM-4.7", ["Three", "Two"]),
        ("source=web", ["One"]),
        ("workspace=shop+%26+till", ["Three"]),
        ("archived=yes", ["Four"]),
        ("archived=no", ["Three", "Two", "One"]),
        ("model=GLM-4.7&source=cli&from=2026-11-01", ["Two"]),
        ("model=&source=&archived=perhaps", ["Four", "Three", "Two", "One"]),
    ],
)
def test_filters_let_through_what_fits_all_of_them(as_mei: Visitor, query: str, found: list[str]) -> None:
    assert titles(as_mei.get(f"/history?{query}").text) == found


def test_a_day_lasts_from_its_first_moment_to_its_last(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Midnight", minutes=12 * 60 + 9 * DAY), talk("Before", minutes=12 * 60 + 9 * DAY - 1))

    assert titles(as_mei.get("/history?from=2026-11-11&to=2026-11-11").text) == ["Midnight"]
    assert titles(as_mei.get("/history?from=2026-11-10&to=2026-11-10").text) == ["Before"]


def test_each_filter_can_be_taken_off(as_mei: Visitor) -> None:
    page = as_mei.get("/history?q=x&from=2026-11-01&model=GLM-4.7&archived=no").text

    assert "Remove: since 1 November 2026" in words_of(page)
    assert 'href="/history?q=x&amp;model=GLM-4.7&amp;archived=no"' in page
    assert 'href="/history?q=x&amp;from=2026-11-01&amp;archived=no"' in page
    assert "Remove: not archived" in words_of(page)


def test_only_models_and_workspaces_that_one_has_are_offered(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Hers", user="zai-mallory", model="Mallory's model"))

    page = as_mei.get("/history?model=GLM-4.6").text

    assert "<option selected>GLM-4.6</option>" in page
    assert "<option>GLM-4.7</option>" in page
    assert "<option>shop &amp; till</option>" in page
    assert "Mallory" not in page


def test_a_filter_that_nothing_fits_says_so(as_mei: Visitor) -> None:
    page = as_mei.get("/history?model=unheard-of").text

    assert "No conversation is like that" in page
    assert "<option selected>unheard-of</option>" in page


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "2026-02-30", "9999-12-31", "１", "-", "0000-00-00", "2026-11-01T00:00"])
def test_a_day_that_is_none_is_said_and_kept_and_left_out(as_mei: Visitor, typed: str) -> None:
    answer = as_mei.get("/history", query_string={"from": typed, "model": "GLM-4.7"})

    assert answer.status_code == 422
    assert "Give the day as year-month-day" in answer.text
    assert f'value="{typed}"' in answer.text
    assert titles(answer.text) == ["Three", "Two"]


def test_an_end_before_the_beginning_is_said_and_left_out(as_mei: Visitor) -> None:
    answer = as_mei.get("/history?from=2026-11-03&to=2026-11-01")

    assert answer.status_code == 422
    assert "not before the beginning" in answer.text
    assert titles(answer.text) == ["Four", "Three"]


def test_filters_stay_on_the_way_to_older_pages(as_mei: Visitor, feed: Feed) -> None:
    feed(*(message(f"Talk {number}", "pear", minutes=number) for number in range(40)))

    page = as_mei.get("/history?archived=no&from=2026-11-01").text

    assert 'rel="next" href="/history?from=2026-11-01&amp;archived=no&amp;after=' in page
