"""What people read when a sign-in comes to nothing, and that it comes to nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from privacy_center.accounts.models import Session, Tombstone, User
from tests.accounts.stand_ins import Browser, StandIns, free_port

NOT_TO_BE_TRUSTED = "We could not trust Z.ai’s answer"


def test_cancelling_at_zai_is_no_error(somebody: Browser) -> None:
    answer = somebody.centre.get(somebody.choose(somebody.leave("/account"), cancel="yes"))

    assert answer.status_code == 200
    assert "You stopped at Z.ai" in answer.text
    assert 'name="next" value="/account"' in answer.text


@pytest.mark.parametrize(
    ("behaviour", "status", "words"),
    [
        ("deny", 200, "You stopped at Z.ai"),
        ("error", 502, "Z.ai did not sign you in"),
        ("busy", 502, "Z.ai does not answer"),
        ("down", 502, "Z.ai does not answer"),
        ("refuse code", 502, "Z.ai did not sign you in"),
        ("garbage", 502, NOT_TO_BE_TRUSTED),
        ("huge", 502, NOT_TO_BE_TRUSTED),
        ("redirect", 502, NOT_TO_BE_TRUSTED),
        ("no user id", 502, NOT_TO_BE_TRUSTED),
    ],
)
def test_zai_in_trouble(somebody: Browser, stand_ins: StandIns, behaviour: str, status: int, words: str) -> None:
    way = somebody.leave("/account")
    stand_ins.zai.behaviour = behaviour

    answer = somebody.centre.get(somebody.choose(way))

    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert 'name="next" value="/account"' in answer.text
    assert nobody_is_in(somebody)


@pytest.mark.parametrize("behaviour", ["slow", "trickle"])
def test_nobody_waits_for_zai_for_ever(somebody: Browser, stand_ins: StandIns, centre: Flask, behaviour: str) -> None:
    way = somebody.choose(somebody.leave("/account"))
    centre.extensions["zai"].peer.read, centre.extensions["zai"].peer.whole = 0.3, 0.6
    stand_ins.zai.behaviour = behaviour

    answer = somebody.centre.get(way)

    assert (answer.status_code, "Z.ai takes too long to answer" in answer.text) == (504, True)
    assert nobody_is_in(somebody)


@pytest.mark.parametrize("shape", ["oidc"], indirect=True)
@pytest.mark.parametrize(
    "lie",
    [
        "wrong issuer", "wrong sender", "wrong audience", "two audiences", "wrong nonce", "wrong signature", "unsigned", "shared secret", "expired",
        "other user",
    ],
)  # fmt: skip
def test_a_lying_provider_lets_nobody_in(somebody: Browser, stand_ins: StandIns, lie: str) -> None:
    stand_ins.zai.behaviour = lie

    answer = somebody.sign_in("zai-mei")

    assert (answer.status_code, NOT_TO_BE_TRUSTED in answer.text) == (502, True)
    assert nobody_is_in(somebody)


@pytest.mark.parametrize("shape", ["zai"], indirect=True)
def test_a_token_of_another_user_lets_nobody_in(somebody: Browser, stand_ins: StandIns) -> None:
    stand_ins.zai.behaviour = "other user"

    assert somebody.sign_in("zai-without-an-address").status_code == 303
    assert User.select().where(User.subject == "zai-jun").count() == 0


@pytest.mark.parametrize("shape", ["oidc"], indirect=True)
def test_a_description_of_another_issuer_ends_it_before_it_begins(somebody: Browser, stand_ins: StandIns) -> None:
    stand_ins.zai.behaviour = "wrong description"

    answer = somebody.centre.submit("/sign-in")

    assert (answer.status_code, NOT_TO_BE_TRUSTED in answer.text) == (502, True)


@pytest.mark.parametrize("shape", ["oidc"], indirect=True)
def test_a_sign_in_page_on_a_host_that_nobody_named_is_not_gone_to(somebody: Browser, centre: Flask) -> None:
    centre.extensions["zai"].directory.metadata()["authorization_endpoint"] = "http://127.0.0.1:1/authorize"

    answer = somebody.centre.submit("/sign-in")

    assert (answer.status_code, NOT_TO_BE_TRUSTED in answer.text) == (502, True)


@pytest.mark.parametrize("shape", ["oidc"], indirect=True)
def test_a_zai_that_is_not_there_has_a_page(somebody: Browser, centre: Flask) -> None:
    centre.extensions["zai"].directory.issuer = f"http://127.0.0.1:{free_port()}"

    answer = somebody.centre.submit("/sign-in")

    assert (answer.status_code, "Z.ai does not answer" in answer.text) == (502, True)


def test_a_state_that_never_was(somebody: Browser) -> None:
    somebody.leave()

    for forged in ("", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied", "?error=access_denied&state=%00", "?code=x&state=" + "x" * 9000):
        answer = somebody.centre.get(f"/sign-in/callback{forged}")
        assert (answer.status_code, "This sign-in did not begin here" in answer.text) == (400, True)


def test_the_way_back_of_another_browser_leads_nowhere(somebody: Browser, somebody_else: Browser) -> None:
    lured = somebody.choose(somebody.leave(), "zai-mallory")

    answer = somebody_else.centre.get(lured)

    assert (answer.status_code, "This sign-in did not begin here" in answer.text) == (400, True)
    assert nobody_is_in(somebody_else)


def test_a_lured_browser_does_not_use_the_way_up(somebody: Browser, somebody_else: Browser) -> None:
    back = somebody.choose(somebody.leave())
    somebody_else.centre.get(back)

    assert somebody.centre.get(back).status_code == 303


def test_the_back_button(somebody: Browser) -> None:
    back = somebody.choose(somebody.leave("/account"))
    somebody.centre.get(back)

    answer = somebody.centre.get(back)

    assert (answer.status_code, "This sign-in has already been used" in answer.text) == (410, True)
    assert "You are still signed in here as Mei Hartmann" in answer.text
    assert Session.select().count() == 1


def test_a_sign_in_that_took_too_long(somebody: Browser, later: Callable[..., None]) -> None:
    back = somebody.choose(somebody.leave())
    later(minutes=16)

    answer = somebody.centre.get(back)

    assert (answer.status_code, "This sign-in took too long" in answer.text) == (410, True)
    assert nobody_is_in(somebody)


def test_two_tabs_both_work(somebody: Browser) -> None:
    one, two = somebody.leave("/account"), somebody.leave("/account/sessions")

    assert somebody.centre.get(somebody.choose(one)).location == "/account"
    assert somebody.centre.get(somebody.choose(two)).location == "/account/sessions"
    assert Session.select().count() == 1


def test_a_page_from_before_the_sign_in_in_another_tab_still_works(somebody: Browser) -> None:
    somebody.sign_in()

    answer = somebody.centre.post("/sign-in", headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 303


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/confirm", "/confirm/codes", "/account/sessions/endings"])
def test_no_other_site_can_press_our_buttons(somebody: Browser, path: str) -> None:
    somebody.sign_in()

    assert somebody.centre.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400


def test_an_account_that_was_erased_is_not_opened_again(somebody: Browser, stand_ins: StandIns) -> None:
    Tombstone.raise_for("account", stand_ins.place.address, "zai-mei")

    answer = somebody.sign_in("zai-mei")

    assert (answer.status_code, "This account was erased" in answer.text) == (410, True)
    assert User.select().count() == 0
    assert nobody_is_in(somebody)


def nobody_is_in(browser: Browser) -> bool:
    """Whether the browser is signed in as nobody."""
    return browser.centre.get("/account").status_code == 303 and Session.select().count() == 0
