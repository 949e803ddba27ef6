"""Where the person lives decides law, dates and regulator, and may be changed: nothing that was promised moves to a later date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.rights import answering, asking, deadlines
from privacy_center.rights.homes import Home, codes, countries
from tests.rights.making import OFFICER, again, ask, ask_without_account, steps

SOMEWHERE = st.sampled_from([Home(), Home("DE"), Home("US", "CA"), Home("US"), Home("BR"), Home("KR"), Home("GB"), Home("CN"), Home("KE"), Home("AU")])


def test_a_stricter_law_brings_the_date_forward_and_says_which(mei: User) -> None:
    request = ask(mei)
    assert asking.move_home(request, Home("BR"), by=f"user:{mei.id}")

    moved = again(request)
    assert (moved.country, moved.law, moved.due_law) == ("BR", "br", "br")
    assert moved.due_at == deadlines.strictest(Home("BR"), "complaint", moved.received_at).due and steps(request)[-1] == "home_changed"


def test_a_laxer_law_leaves_what_was_promised(mei: User) -> None:
    request = ask(mei, home=Home("KR"))
    before = request.due_at
    assert asking.move_home(request, Home("US", "CA"), by=f"user:{mei.id}")

    assert (again(request).law, again(request).due_law, again(request).due_at) == ("us-ca", "kr", before)
    assert again(request).acknowledge_by  # which California asks for, and Korea does not


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(homes=st.lists(SOMEWHERE, min_size=2, max_size=5), right=st.sampled_from(["complaint", "correction", "output"]))
def test_however_often_somebody_moves_the_earliest_date_of_all_counts(mei: User, homes: list[Home], right: str) -> None:
    request = ask(mei, right, home=homes[0])
    for home in homes[1:]:
        assert asking.move_home(request, home, by=f"user:{mei.id}")

    assert request.due_at == min(deadlines.strictest(home, right, request.received_at).due for home in homes)


def test_moving_to_where_nothing_may_be_put_off_takes_back_what_was_put_off(mei: User) -> None:
    request = ask(mei)
    latest = answering.latest_extension(request)
    assert latest and answering.extend(request, by=OFFICER, until=request.on(latest), reason="complex", words="It is complex.")
    assert asking.move_home(again(request), Home("BR"), by=f"user:{mei.id}")

    assert again(request).promised == again(request).due_at


def test_what_is_over_does_not_move(mei: User) -> None:
    request = ask(mei, "know")

    assert not asking.move_home(again(request), Home("BR"), by=f"user:{mei.id}") and again(request).country == "DE"


def test_a_request_made_without_an_account_comes_to_the_account_of_who_has_its_address(mei: User, mallory: User) -> None:
    request = ask_without_account("Mei@example.com")
    assert not asking.adopt(request, mei)  # nobody has proved the address yet
    asking.verified(request)

    assert not asking.adopt(again(request), mallory)
    assert asking.adopt(again(request), mei) and not asking.adopt(again(request), mallory)
    assert (again(request).user_id, again(request).email) == (mei.id, None)


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_every_country_has_a_name_in_both_languages(language: str) -> None:
    named = dict(countries(language))

    assert set(named) == codes() and len(named) >= 240 and all(name and name != code for code, name in named.items())


def test_a_day_is_the_day_of_the_person(mei: User) -> None:
    request = ask(mei, home=Home("NZ"))

    assert request.promised_on == request.on(request.due_at) != request.on(request.due_at + timedelta(microseconds=1))
    assert request.due_at > clock.now()
