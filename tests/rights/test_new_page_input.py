"""What people type into the forms of a request: too little, too much, twice, in the wrong order."""

from __future__ import annotations

import pytest

from privacy_center.accounts.models import User
from privacy_center.rights import links
from privacy_center.rights.models import Letter, Request
from tests.conftest import Visitor
from tests.rights.asking import ANSWERS, fill, newest, send, to_check


@pytest.mark.parametrize("right", [each for each in ANSWERS if each != "know"])
def test_an_empty_form_says_what_is_missing(as_mei: Visitor, right: str) -> None:
    answer = fill(as_mei, f"/requests/new/{right}", {"nothing": "at all"})

    assert answer.status_code == 422
    assert "There is a problem" in answer.text and "<title>Error:" in answer.text


def test_what_was_typed_survives_an_error(as_mei: Visitor) -> None:
    answer = fill(as_mei, "/requests/new/output", {"said": "It says <b>that</b> I am a thief."})

    assert answer.status_code == 422 and "It says &lt;b&gt;that&lt;/b&gt; I am a thief." in answer.text
    assert "I am a thief" in as_mei.get("/requests/new/output").text


def test_a_text_that_is_too_long_is_refused_and_kept(as_mei: Visitor) -> None:
    answer = fill(as_mei, "/requests/new/complaint", {"what": "x" * 10_001})

    assert answer.status_code == 422 and "10001 characters long" in answer.text and "x" * 10_001 in answer.text


def test_where_one_lives_decides_law_date_and_authority(as_mei: Visitor) -> None:
    to_check(as_mei, "correction")
    fill(as_mei, "/requests/new/correction/home", {"place": "US", "region": "US-CA"})

    page = as_mei.get("/requests/new/correction/check").text

    assert "California, United States" in page and "California Privacy Protection Agency" in page


def test_a_state_of_another_country_does_not_count(as_mei: Visitor) -> None:
    to_check(as_mei, "correction")
    fill(as_mei, "/requests/new/correction/home", {"place": "DE", "region": "US-CA"})
    fill(as_mei, "/requests/new/correction/check", {})

    assert (newest().country, newest().region, newest().law) == ("DE", None, "eu")


@pytest.mark.parametrize("country", ["", "XX", "🏝", "ZZ", "A" * 400])
def test_a_country_nobody_listed_has_our_own_rule(as_mei: Visitor, country: str) -> None:
    to_check(as_mei, "deletion")
    fill(as_mei, "/requests/new/complaint", {"what": "Slow."})
    fill(as_mei, "/requests/new/complaint/home", {"place": country})

    fill(as_mei, "/requests/new/complaint/check", {})

    assert (newest().country, newest().law) == (None, "house")


def test_pressing_twice_makes_one_request(as_mei: Visitor) -> None:
    first = send(as_mei, "complaint")
    again = as_mei.submit("/requests/new/complaint/check", page="/account")

    assert again.location == first.location or as_mei.get(again.location).location == first.location
    assert Request.select().count() == 1


def test_after_sending_the_form_is_empty_again(as_mei: Visitor) -> None:
    send(as_mei, "complaint")

    assert "Nobody answered" not in as_mei.get("/requests/new/complaint").text


def test_nobody_comes_to_the_last_page_before_the_first(as_mei: Visitor) -> None:
    assert as_mei.get("/requests/new/complaint/check").location == "/requests/new/complaint"
    assert as_mei.get("/requests/new/complaint/home").location == "/requests/new/complaint"
    fill(as_mei, "/requests/new/output", {"said": "Half"})
    assert as_mei.get("/requests/new/output/check").location == "/requests/new/output"


def test_a_complaint_about_a_decision_names_the_request(as_mei: Visitor, mei: User) -> None:
    send(as_mei, "correction")
    first = newest()
    assert first.reference in as_mei.get(f"/requests/new/complaint?about={first.reference}").text

    send(as_mei, "complaint", what="You were wrong.", about=first.reference.lower())

    assert newest().follows == first.id


def test_a_request_of_somebody_else_is_not_followed(as_mei: Visitor, as_mallory: Visitor) -> None:
    send(as_mei, "correction")
    of_mei = newest()

    send(as_mallory, "complaint", what="Hers.", about=of_mei.reference)

    assert newest().follows is None


def test_control_characters_are_not_kept(as_mei: Visitor) -> None:
    send(as_mei, "complaint", what="Line one\r\nline\x00 two\x1b[31m")

    assert Letter.get().words == "Line one\nline two[31m"


def test_the_list_shows_what_is_open_and_what_is_over(as_mei: Visitor) -> None:
    assert "You have asked for nothing yet" in as_mei.get("/requests").text
    send(as_mei, "complaint")
    send(as_mei, "objection")

    page = as_mei.get("/requests").text

    assert page.index("Under way") < page.index("Complain<") < page.index("Closed") < page.index("Object to a use")


def test_the_list_pages(as_mei: Visitor) -> None:
    for _ in range(22):
        fill(as_mei, "/requests/new/withdrawal", {"purpose": "marketing"})
        fill(as_mei, "/requests/new/withdrawal/check", {})

    first = as_mei.get("/requests").text
    older = first.split('href="/requests?after=')[1].split('"')[0]

    assert as_mei.get(f"/requests?after={older}").text.count("<h3>") == 2


def test_signed_in_requests_have_no_secret_link(as_mei: Visitor) -> None:
    send(as_mei, "complaint")

    assert newest().link_hash is None and links.name_of(newest()) == newest().reference
