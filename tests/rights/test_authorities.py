"""Finding whom to complain to, without an account and without JavaScript."""

from __future__ import annotations

from html import unescape

import pytest

from privacy_center.rights import authorities
from privacy_center.rights.homes import US_STATES, Home, codes
from privacy_center.rights.laws import EEA
from tests.conftest import Visitor
from tests.know.rows import shown


def test_a_stranger_finds_the_authority_of_their_country(visitor: Visitor) -> None:
    page = shown(visitor.get("/authorities?country=DE"))

    assert "Der Bundesbeauftragte für den Datenschutz" in page and "List of all authorities" in page
    assert "Whom you can turn to: Germany" in page
    assert 'href="https://www.bfdi.bund.de/"' in page


def test_the_state_is_asked_for_where_it_decides(visitor: Visitor) -> None:
    assert 'id="region"' not in shown(visitor.get("/authorities?country=SG"))
    assert "Attorney General of your state" in shown(visitor.get("/authorities?country=US"))
    assert "California Privacy Protection Agency" in shown(visitor.get("/authorities?country=US&region=CA"))
    assert "Attorney General of Texas" in shown(visitor.get("/authorities?country=US&region=TX"))


def test_the_page_says_by_when_we_must_answer_and_where_that_was_read(visitor: Visitor) -> None:
    page = shown(visitor.get("/authorities?country=BR"))

    assert "15 days from the day we received it (LGPD Art. 19)" in page
    assert 'href="https://www.planalto.gov.br/' in page and "Last checked 24 November 2026." in page


def test_what_was_not_read_in_the_law_is_marked(visitor: Visitor) -> None:
    assert "take this as a first hint" in shown(visitor.get("/authorities?country=CN"))
    assert "take this as a first hint" not in shown(visitor.get("/authorities?country=FR"))


@pytest.mark.parametrize("said", ["XX", "<script>", "Deutschland", "ZZ"])
def test_what_is_no_country_is_said_to_be_none(visitor: Visitor, said: str) -> None:
    answer = visitor.get("/authorities", query_string={"country": said})

    page = unescape(answer.text)
    assert answer.status_code == 422 and "Choose a country from the list" in page and "Whom you can turn to, wherever you live" in page


def test_everybody_has_somebody_to_turn_to() -> None:
    places = [Home(code) for code in codes()] + [Home("US", state) for state in US_STATES] + [Home()]

    assert all(len(authorities.of_home(home)) >= 1 for home in places)
    assert set(authorities.MEMBER_STATES) == set(EEA) and len(EEA) == 30
