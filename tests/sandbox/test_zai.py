"""The stand-in for Z.ai: what it shows, whom it sends back, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from privacy_center.sandbox.people import PEOPLE
from privacy_center.sandbox.settings import CLIENT_ID, CLIENT_SECRET, Place, environment, place
from privacy_center.sandbox.site import create_app

CENTRE = "http://127.0.0.1:8000"
ASKED = {"response_type": "code", "client_id": CLIENT_ID, "redirect_uri": f"{CENTRE}/sign-in/callback", "state": "abc"}
OPENID = {**ASKED, "scope": "openid", "nonce": "n", "code_challenge": "c" * 43, "code_challenge_method": "S256"}


@pytest.fixture
def site(tmp_path: Path) -> Flask:
    """The stand-ins."""
    return create_app(Place(8001, 8002, tmp_path, CENTRE))


@pytest.fixture
def browser_there(site: Flask) -> FlaskClient:
    """A browser at Z.ai."""
    return site.test_client()


def way(asked: dict[str, str] = ASKED, path: str = "/api/oauth/authorize") -> str:
    """The address of the sign-in page."""
    return f"{path}?{urlencode(asked)}"


def brought(answer: object) -> dict[str, str]:
    """What a person who is sent back brings along."""
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}  # type: ignore[attr-defined]


def test_each_demo_person_has_a_button(browser_there: FlaskClient) -> None:
    page = browser_there.get(way()).text

    for person in PEOPLE:
        assert f'<button name="account" value="{person.subject}">' in page and person.name in page
    assert 'name="account_id"' in page


@pytest.mark.parametrize("chosen", [{"account": "zai-mei"}, {"account_id": " anybody-else "}])
def test_whoever_is_chosen_is_sent_back_with_a_code(site: Flask, browser_there: FlaskClient, chosen: dict[str, str]) -> None:
    answer = browser_there.post(way(), data=chosen)

    assert answer.location.startswith(f"{CENTRE}/sign-in/callback?")
    assert brought(answer)["state"] == "abc"
    assert site.extensions["stand-in"].codes[brought(answer)["code"]].subject == next(iter(chosen.values())).strip()


def test_nobody_is_sent_to_an_address_that_is_not_registered(browser_there: FlaskClient) -> None:
    for wrong in ({"redirect_uri": "https://evil.example/"}, {"client_id": "another"}):
        answer = browser_there.post(way(ASKED | wrong), data={"account": "zai-mei"})
        assert (answer.status_code, answer.location) == (400, None)


def test_no_name_is_asked_for_again(browser_there: FlaskClient) -> None:
    answer = browser_there.post(way(), data={"account_id": "  "})

    assert (answer.status_code, "Type a Z.ai user id." in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("lacking", "error"), [("code_challenge", "invalid_request"), ("scope", "invalid_scope"), ("response_type", "unsupported_response_type")]
)
def test_openid_wants_pkce_scope_and_code(browser_there: FlaskClient, lacking: str, error: str) -> None:
    asked = {name: value for name, value in OPENID.items() if name != lacking}

    assert brought(browser_there.get(way(asked, "/oidc/authorize")))["error"] == error


def test_signing_in_is_remembered_and_asked_for_anew_on_demand(site: Flask, browser_there: FlaskClient) -> None:
    codes = site.extensions["stand-in"].codes
    first = codes[brought(browser_there.post(way(), data={"account": "zai-mei"}))["code"]]
    with browser_there.session_transaction() as session:
        session["at"] = first.signed_in_at - 100

    again = codes[brought(browser_there.post(way(), data={"account": "zai-mei"}))["code"]]
    anew = codes[brought(browser_there.post(way({**ASKED, "prompt": "login"}), data={"account": "zai-mei"}))["code"]]

    assert again.signed_in_at == first.signed_in_at - 100
    assert anew.signed_in_at >= first.signed_in_at


def test_no_page_is_shown_to_whom_none_may_be_shown(browser_there: FlaskClient) -> None:
    silent = way({**OPENID, "prompt": "none"}, "/oidc/authorize")

    assert brought(browser_there.get(silent))["error"] == "login_required"
    browser_there.post(way(OPENID, "/oidc/authorize"), data={"account": "zai-mei"})
    assert "code" in brought(browser_there.get(silent))


def test_a_code_is_redeemed_once_and_only_by_whom_it_was_given(browser_there: FlaskClient) -> None:
    code = brought(browser_there.post(way(), data={"account": "zai-mei"}))["code"]
    asked = {"provider": "zai", "code": code, "redirect_uri": ASKED["redirect_uri"], "state": "abc"}

    first, second = (browser_there.post("/api/v1/oauth/token", json=asked).get_json() for _ in range(2))

    assert (first["code"], first["data"]["user"]["user_id"]) == (0, "zai-mei")
    assert second["code"] != 0
    assert browser_there.post("/oidc/token", data={"client_id": CLIENT_ID, "client_secret": "guessed"}).status_code == 401


def test_it_behaves_as_told_and_shows_what_it_was_asked(browser_there: FlaskClient) -> None:
    browser_there.post("/behaviour", data={"behaviour": "deny"})

    assert brought(browser_there.get(way()))["error"] == "access_denied"
    page = browser_there.get("/").text
    assert "GET /api/oauth/authorize" in page and "state=abc" in page
    assert browser_there.post("/behaviour", data={"behaviour": "explode"}).status_code == 422


def test_the_clients_secret_is_not_shown(browser_there: FlaskClient) -> None:
    browser_there.post("/oidc/token", data={"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET})

    assert CLIENT_SECRET not in browser_there.get("/").text


def test_its_settings_lead_to_it_and_back(tmp_path: Path) -> None:
    given = environment(9001, 9002, tmp_path, "http://127.0.0.1:9000")

    assert place(given) == Place(9001, 9002, tmp_path, "http://127.0.0.1:9000")
    assert given["PRIVACY_CENTER_ZAI_ISSUER"] == place(given).address == "http://127.0.0.1:9001"
