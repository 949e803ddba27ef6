"""Step-up: proving once more that it is you, at Z.ai where it can vouch for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from privacy_center.accounts.models import ConfirmationCode, Session
from privacy_center.accounts.step_up import needs_confirmation
from tests.accounts.stand_ins import Browser, StandIns, asked, entries
from tests.conftest import BASE_URL, Visitor

pytestmark = pytest.mark.parametrize("shape", ["oidc"], indirect=True)


@pytest.fixture
def guarded(app: Flask) -> Iterator[str]:
    """A page that asks for confirmation."""
    view = app.view_functions["accounts.page"]
    app.view_functions["accounts.page"] = needs_confirmation(view)
    yield "/account"
    app.view_functions["accounts.page"] = view


def test_a_guarded_page_leads_to_the_confirmation_and_back(somebody: Browser, guarded: str) -> None:
    somebody.sign_in()
    sent = somebody.centre.get(guarded)
    assert sent.location == "/confirm?next=/account"
    assert "Confirm that it is you" in somebody.centre.get(sent.location).text

    back = somebody.choose(somebody.leave_to_confirm(guarded))

    assert somebody.centre.get(back).location == guarded
    assert somebody.centre.get(guarded).status_code == 200


def test_signing_in_is_not_yet_confirming(somebody: Browser, guarded: str) -> None:
    somebody.sign_in()

    assert somebody.centre.get(guarded).status_code == 303


def test_htmx_is_told_to_go_to_the_confirmation(somebody: Browser, guarded: str) -> None:
    somebody.sign_in()

    answer = somebody.centre.get(guarded, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/confirm?next=/account")


def test_a_guarded_button_leads_to_the_confirmation_and_back_to_its_page(somebody: Browser, app: Flask) -> None:
    somebody.sign_in()
    with app.test_request_context("/account/sessions/endings", base_url=BASE_URL, method="POST", headers={"Referer": f"{BASE_URL}/account/sessions?x=1"}):
        answer = needs_confirmation(lambda: "done")()

    assert (answer.status_code, answer.location) == (303, "/confirm?next=/account/sessions?x%3D1")


def test_zai_is_asked_not_to_take_an_earlier_sign_in_for_an_answer(somebody: Browser) -> None:
    somebody.sign_in()

    sent = asked(somebody.leave_to_confirm())

    assert (sent["prompt"], sent["max_age"]) == ("login", "0")


def test_the_token_is_renewed(somebody: Browser, somebody_else: Browser) -> None:
    somebody.sign_in()
    before, row = somebody.token(), Session.get().id

    somebody.centre.get(somebody.choose(somebody.leave_to_confirm()))

    assert somebody.token() not in ("", before)
    assert [session.id for session in Session.select()] == [row]
    somebody_else.centre.set_cookie("__Host-session", before, domain="127.0.0.1", secure=True)
    assert somebody_else.centre.get("/account").status_code == 303
    assert [entry.reason for entry in entries("confirmed")] == ["fresh sign-in at Z.ai"]


def test_it_counts_for_fifteen_minutes(somebody: Browser, guarded: str, later: Callable[..., None]) -> None:
    somebody.sign_in()
    somebody.centre.get(somebody.choose(somebody.leave_to_confirm()))
    later(minutes=14)
    assert somebody.centre.get(guarded).status_code == 200

    later(minutes=2)
    assert somebody.centre.get(guarded).location == "/confirm?next=/account"


def test_another_account_confirms_nothing(somebody: Browser, guarded: str) -> None:
    somebody.sign_in("zai-mei")

    answer = somebody.centre.get(somebody.choose(somebody.leave_to_confirm(), "zai-jun"))

    assert (answer.status_code, "That was another account" in answer.text) == (403, True)
    assert "You are still signed in here as Mei Hartmann" in answer.text
    assert somebody.centre.get(guarded).status_code == 303
    assert [session.user.subject for session in Session.select()] == ["zai-mei"]


def test_somebody_who_signed_in_meanwhile_is_not_confirmed_by_it(somebody: Browser) -> None:
    somebody.sign_in("zai-mei")
    way = somebody.leave_to_confirm()
    somebody.sign_in("zai-jun")

    answer = somebody.centre.get(somebody.choose(way, "zai-mei"))

    assert answer.status_code == 403
    assert [(session.user.subject, session.is_confirmed) for session in Session.select()] == [("zai-jun", False)]


def test_a_session_that_ran_out_on_the_way_is_begun_anew(somebody: Browser, guarded: str) -> None:
    somebody.sign_in("zai-mei")
    way = somebody.leave_to_confirm(guarded)
    Session.delete().execute()

    assert somebody.centre.get(somebody.choose(way)).location == guarded
    assert somebody.centre.get(guarded).status_code == 200


def test_cancelling_leaves_one_signed_in_and_unconfirmed(somebody: Browser) -> None:
    somebody.sign_in()

    answer = somebody.centre.get(somebody.choose(somebody.leave_to_confirm(), cancel="yes"))

    assert "You stopped at Z.ai" in answer.text and "You are still signed in here" in answer.text
    assert 'action="/confirm"' in answer.text
    assert not Session.get().is_confirmed


@pytest.mark.parametrize("behaviour", ["old auth_time", "no auth_time"])
def test_where_zai_does_not_prove_it_a_code_must(somebody: Browser, stand_ins: StandIns, behaviour: str) -> None:
    somebody.sign_in()
    stand_ins.zai.behaviour = behaviour

    answer = somebody.centre.get(somebody.choose(somebody.leave_to_confirm()))

    assert answer.location == "/confirm/code?next=/account"
    assert ConfirmationCode.select().count() == 1
    assert not Session.get().is_confirmed


def test_a_zai_that_does_not_ask_again_proves_nothing(somebody: Browser, later: Callable[..., None]) -> None:
    somebody.sign_in()
    later(seconds=60)
    way = somebody.leave_to_confirm().replace("prompt=login", "prompt=none").replace("max_age=0", "max_age=9999")

    assert somebody.centre.get(somebody.choose(way)).location == "/confirm/code?next=/account"


def test_whoever_has_confirmed_is_led_on(somebody: Browser) -> None:
    somebody.sign_in()
    somebody.centre.get(somebody.choose(somebody.leave_to_confirm()))

    assert somebody.centre.get("/confirm?next=/account").location == "/account"


def test_a_stranger_cannot_begin_a_confirmation(visitor: Visitor, centre: Flask) -> None:
    assert visitor.submit("/confirm", page="/sign-in").location == "/sign-in"
