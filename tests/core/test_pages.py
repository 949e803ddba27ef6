"""Pages come whole or as the one block that htmx swaps; places in lists can't be made up."""

from __future__ import annotations

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy_center.core import pages
from privacy_center.errors import WORDED
from tests.conftest import BASE_URL

PIECE = {"HX-Request": "true", "HX-Request-Type": "partial"}
WHOLE = {"HX-Request": "true", "HX-Request-Type": "full"}


def shown(app: Flask, headers: dict[str, str]) -> str:
    """A page of ours, asked for with these headers."""
    with app.test_request_context("/", base_url=BASE_URL, headers=headers):
        return pages.show("errors/page.html", block="main", code=404, words=WORDED[404]).get_data(as_text=True)


def test_a_person_gets_the_whole_page(app: Flask) -> None:
    assert "<!DOCTYPE html>" in shown(app, {})


def test_htmx_gets_the_block_that_it_will_swap_in(app: Flask) -> None:
    text = shown(app, PIECE)

    assert "There is nothing at this address" in text
    assert "<html" not in text


def test_a_boosted_link_gets_the_whole_page(app: Flask) -> None:
    assert "<!DOCTYPE html>" in shown(app, WHOLE)


def test_a_place_in_a_list_comes_back_as_it_was(app: Flask) -> None:
    assert pages.place("history", pages.cursor("history", 5, "five"), (int, str)) == (5, "five")


def test_a_place_in_one_list_is_none_in_another(app: Flask) -> None:
    assert pages.place("sessions", pages.cursor("history", 5), (int,)) is None


def test_a_place_of_another_shape_is_none(app: Flask) -> None:
    made = pages.cursor("history", 5, "five")

    assert pages.place("history", made, (int, int)) is None
    assert pages.place("history", made, (int,)) is None


def test_no_place_is_none(app: Flask) -> None:
    assert pages.place("history", None, (int,)) is None
    assert pages.place("history", "", (int,)) is None
    assert pages.place("history", "A" * 1_000_000, (int,)) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_a_forged_place_is_none(app: Flask, forged: str) -> None:
    assert pages.place("history", forged, (int,)) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_place_with_one_character_changed_is_none(app: Flask, data: st.DataObject) -> None:
    made = pages.cursor("history", 1_700_000_000_000_000, 42)
    at = data.draw(st.integers(0, len(made) - 2))  # the last character of base64 carries bits that nobody reads
    other = data.draw(st.sampled_from("ABCabc019-_.").filter(lambda letter: letter != made[at]))

    assert pages.place("history", made[:at] + other + made[at + 1 :], (int, int)) is None
