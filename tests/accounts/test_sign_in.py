"""Signing in with Z.ai, in both of its shapes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy_center.accounts.models import Session, SignInAttempt, User
from privacy_center.core import tokens
from tests.accounts.stand_ins import Browser, StandIns, asked, entries
from tests.conftest import BASE_URL


def test_mei_signs_in_and_sees_her_name(somebody: Browser) -> None:
    answer = somebody.sign_in("zai-mei")

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Mei Hartmann" in somebody.centre.get("/account").text


def test_she_comes_back_to_where_she_was_going(somebody: Browser) -> None:
    sent = somebody.centre.get("/account/sessions")
    assert sent.location == "/sign-in?next=/account/sessions"

    assert somebody.sign_in(next_page="/account/sessions").location == "/account/sessions"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", r"/\evil.example", "/sign-in?next=/", "javascript:1", "/" + "x" * 3000])
def test_nobody_is_sent_anywhere_else(somebody: Browser, elsewhere: str) -> None:
    assert somebody.sign_in(next_page=elsewhere).location == "/"


def test_a_user_is_known_by_issuer_and_subject(somebody: Browser, stand_ins: StandIns) -> None:
    somebody.sign_in("zai-mei")
    somebody.sign_in("zai-mei")

    assert [(user.issuer, user.subject, user.email) for user in User.select()] == [(stand_ins.place.address, "zai-mei", "mei@example.com")]


def test_the_same_email_does_not_open_another_persons_account(somebody: Browser) -> None:
    User.open("https://another.example", "zai-mei", email="mei@example.com", name="An older Mei")

    somebody.sign_in("zai-mei")

    assert "An older Mei" not in somebody.centre.get("/account").text
    assert User.select().count() == 2


def test_somebody_the_feed_has_named_finds_that_account(somebody: Browser, stand_ins: StandIns) -> None:
    fed = User.open(stand_ins.place.address, "zai-from-the-feed", email="fed@example.com")

    somebody.sign_in("zai-from-the-feed")

    assert Session.get().user_id == fed.id
    assert "fed@example.com" in somebody.centre.get("/account").text


def test_a_user_id_of_digits_or_chinese_is_as_good(somebody: Browser) -> None:
    somebody.sign_in("10000017")
    somebody.sign_in("用户-七")

    assert sorted(user.subject for user in User.select()) == ["10000017", "用户-七"]


def test_the_secrets_of_a_trip_are_kept_out_of_the_cookie(somebody: Browser) -> None:
    sent = asked(somebody.leave())

    attempt = SignInAttempt.get()
    assert attempt.state_hash == tokens.at_rest(sent["state"])
    with somebody.centre.session_transaction(base_url=BASE_URL) as visit:
        assert {sent["state"], attempt.nonce, attempt.code_verifier}.isdisjoint(visit.values())


@pytest.mark.parametrize("shape", ["zai"], indirect=True)
def test_zais_own_shape_is_asked_in_zais_own_words(somebody: Browser, stand_ins: StandIns) -> None:
    way = somebody.leave()
    assert set(asked(way)) == {"redirect_uri", "response_type", "client_id", "state"}

    somebody.centre.get(somebody.choose(way))

    exchange = next(each for each in stand_ins.zai.asked if each.what == "POST /api/v1/oauth/token")
    assert set(exchange.said) == {"provider", "code", "redirect_uri", "state"}
    assert exchange.said["provider"] == "zai"


@pytest.mark.parametrize("shape", ["oidc"], indirect=True)
def test_openid_is_asked_with_pkce_and_a_nonce(somebody: Browser, stand_ins: StandIns) -> None:
    sent = asked(somebody.leave())

    assert sent["code_challenge_method"] == "S256"
    assert len(sent["code_challenge"]) == 43
    assert sent["scope"] == "openid email profile"
    assert {"nonce", "state"} <= set(sent)
    assert sent["redirect_uri"] == stand_ins.place.redirect_uri


@pytest.mark.parametrize("shape", ["oidc"], indirect=True)
def test_a_key_that_is_new_is_fetched(somebody: Browser, stand_ins: StandIns) -> None:
    somebody.sign_in("zai-mei")
    stand_ins.zai.behaviour = "new key"

    assert somebody.sign_in("zai-mei").status_code == 303


@pytest.mark.parametrize("shape", ["oidc"], indirect=True)
def test_the_description_is_fetched_once_an_hour(somebody: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    somebody.leave()
    somebody.leave()
    assert _descriptions(stand_ins) == 1

    later(minutes=61)
    somebody.leave()
    assert _descriptions(stand_ins) == 2


def _descriptions(stand_ins: StandIns) -> int:
    """How often the issuer was asked to describe itself."""
    return sum(each.what == "GET /.well-known/openid-configuration" for each in stand_ins.zai.asked)


def test_what_zai_newly_says_is_taken_over_and_noted(somebody: Browser, stand_ins: StandIns) -> None:
    somebody.sign_in("zai-mei")
    stand_ins.zai.behaviour = "new email"
    somebody.sign_in("zai-mei")

    assert User.get().email == "new-mei@example.com"
    assert [entry.reason for entry in entries("profile changed")] == ["Z.ai says otherwise: email"]


def test_no_email_is_no_hindrance_and_nothing_is_lost(somebody: Browser, stand_ins: StandIns) -> None:
    User.open(stand_ins.place.address, "zai-mei", email="old@example.com")
    stand_ins.zai.behaviour = "no email"

    assert somebody.sign_in("zai-mei").status_code == 303
    assert User.get().email == "old@example.com"


@pytest.mark.parametrize("shape", ["oidc"], indirect=True)
def test_an_address_that_zai_has_not_verified_is_not_taken_over(somebody: Browser, stand_ins: StandIns) -> None:
    stand_ins.zai.behaviour = "unverified email"

    assert somebody.sign_in("zai-mei").status_code == 303
    assert User.get().email is None


def test_it_is_known_afterwards_whose_sign_in_it_was(somebody: Browser) -> None:
    somebody.leave()
    somebody.sign_in("zai-mei")

    assert [attempt.user_id for attempt in SignInAttempt.select().order_by(SignInAttempt.id)] == [None, User.get().id]


def test_opening_and_signing_in_are_audited(somebody: Browser) -> None:
    somebody.sign_in("zai-mei")

    user = User.get()
    assert [entry.person for entry in entries("account opened")] == [user.id]
    assert [entry.actor for entry in entries("signed in")] == [f"user:{user.id}"]
