"""Z.ai calls the same things by several names, with and without an envelope; each is understood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from privacy_center.accounts.identity import Identity, Trip
from privacy_center.accounts.troubles import Trouble
from privacy_center.accounts.zai import Broker
from privacy_center.settings import Settings

TRIP = Trip("state", "nonce", "verifier")
FULL = {"email": "mei@example.com", "name": "Mei", "picture": "https://z.example/mei.png"}
MEI = Identity("7", "mei@example.com", "Mei", "https://z.example/mei.png")


class Said:
    """A peer that gives the answers it was made with, one after the other."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)

    def ask(self, *_asked: Any, **_how: Any) -> Any:
        """The next answer."""
        return self.answers.pop(0)


def who(*answers: Any) -> Identity:
    """Who came back, if Z.ai answers so."""
    broker = Broker(replace(Settings(), zai_token_url="http://127.0.0.1/"), "http://127.0.0.1/back")
    broker.peer = Said(*answers)  # type: ignore[assignment]
    return broker.identify({"code": "x"}, TRIP)


def envelope(**data: Any) -> dict[str, Any]:
    """What the broker sends."""
    return {"code": 0, "data": {"zai": {"access_token": "token"}, **data}}


@pytest.mark.parametrize("user", [{"user_id": "7"}, {"sub": "7"}, {"id": 7}, {"customerNumber": "7", "id": ""}])
def test_the_user_id(user: dict[str, Any]) -> None:
    assert who(envelope(user=user | FULL)) == MEI


@pytest.mark.parametrize("name", ["name", "username", "preferred_username", "displayName"])
@pytest.mark.parametrize("picture", ["picture", "avatar"])
def test_name_and_picture(name: str, picture: str) -> None:
    told = {"user_id": "7", "email": FULL["email"], name: FULL["name"], picture: FULL["picture"]}

    assert who(envelope(user=told)) == MEI


@pytest.mark.parametrize("told", [{"sub": "7", **FULL}, {"code": 0, "data": {"id": "7", **FULL}}, {"code": 200, "data": {"user_id": 7, **FULL}}])
def test_what_the_broker_leaves_out_the_user_information_adds(told: dict[str, Any]) -> None:
    assert who(envelope(), told) == MEI
    assert who(envelope(user={"user_id": "7"}), told) == MEI


@pytest.mark.parametrize(
    "answers",
    [
        ("text",),
        ([],),
        ({"code": "0", "data": {}},),
        ({"code": False, "data": {}},),
        ({"code": 0},),
        ({"code": 1001, "data": None},),
        (envelope(user={"user_id": ""}), {}),
        (envelope(user={"user_id": "x" * 201, **FULL}),),
        (envelope(user={"user_id": "a\x00b", **FULL}),),
        (envelope(user={"user_id": True, **FULL}),),
        (envelope(user={"user_id": {"a": 1}, **FULL}),),
        (envelope(user={"user_id": "7"}), {"sub": "8", **FULL}),
        (envelope(), {"code": 401}),
    ],
)
def test_nobody_is_let_in_by_an_answer_that_is_none(answers: tuple[Any, ...]) -> None:
    with pytest.raises(Trouble):
        who(*answers)


def test_whoever_is_known_gets_in_while_the_user_information_is_away() -> None:
    assert who(envelope(user={"user_id": "7"}), {"code": 401}) == Identity("7")


@pytest.mark.parametrize("email", [None, "", 7, "nobody", "a b@example.com", "x" * 320 + "@example.com", "@", ["mei@example.com"]])
def test_what_is_no_address_is_left_out(email: Any) -> None:
    assert who(envelope(user={"user_id": "7", "email": email}), {"sub": "7"}).email is None


def test_control_characters_and_foreign_links_are_left_out() -> None:
    told = who(envelope(user={"user_id": "7", "email": FULL["email"], "name": "Me\x00i\n", "avatar": "javascript:alert(1)"}))

    assert (told.name, told.avatar_url) == ("Mei", None)
