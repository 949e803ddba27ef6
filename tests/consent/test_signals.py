"""Global Privacy Control and Do Not Track: honoured at once, shown, never nagging, and beaten by an answer of one's own."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import Visitor

GPC = {"Sec-GPC": "1"}
BANNER = 'class="cookie-banner"'


@pytest.mark.parametrize("headers", [GPC, {"DNT": "1"}, {"Sec-GPC": "0, 1"}])
def test_whoever_says_no_by_the_browser_is_not_asked(visitor: Visitor, headers: dict[str, str]) -> None:
    assert BANNER not in visitor.get("/", headers=headers).text


@pytest.mark.parametrize("value", ["", "0", "true", "01", "1.0", "yes", "11"])
def test_only_exactly_one_counts(visitor: Visitor, value: str) -> None:
    assert BANNER in visitor.get("/", headers={"Sec-GPC": value}).text


def test_it_is_shown_as_honoured(as_mei: Visitor) -> None:
    for address in ("/cookies", "/choices"):
        page = as_mei.get(address, headers=GPC).text
        assert "Your browser sends Global Privacy Control" in page and "We honour it" in page
        assert "Your browser sends Do Not Track" in as_mei.get(address, headers={"DNT": "1"}).text


def test_an_answer_of_ones_own_beats_it(visitor: Visitor) -> None:
    visitor.submit("/cookies", {"choice": "accept"}, headers=GPC)

    page = visitor.get("/cookies", headers=GPC).text

    assert "you answered about cookies yourself" in page
    assert "Stop optional cookies" in page


def test_no_answer_is_made_up_for_whoever_sends_it(visitor: Visitor) -> None:
    visitor.get("/", headers=GPC)

    assert BANNER in visitor.get("/").text


def test_a_cache_is_told_that_the_page_depends_on_it(visitor: Visitor) -> None:
    varies = visitor.get("/").headers["Vary"]

    assert {"Sec-GPC", "DNT", "Cookie", "HX-Request-Type"} <= set(varies.split(", "))


def test_machines_read_that_it_is_honoured(visitor: Visitor) -> None:
    answer = visitor.get("/.well-known/gpc.json")

    assert answer.content_type == "application/json"
    assert answer.json["gpc"] is True
    assert date.fromisoformat(answer.json["lastUpdate"])
