"""The settings are checked at the start, and all that is wrong with them is said at once."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy_center.settings import PREFIX, Settings, SettingsError, from_environment

KEY = "0123456789abcdef" * 2
GOOD = {
    "SECRET_KEY": KEY,
    "BASE_URL": "https://privacy.example",
    "ZAI_CLIENT_ID": "centre",
    "FEEDBACK_DIGEST_SALT": "salt",
    "MAIL_SERVER": "smtp.example",
}


def read(**given: str) -> Settings:
    """The settings out of an environment with these values."""
    return from_environment({PREFIX + name: value for name, value in given.items()})


def problems(**given: str) -> list[str]:
    """What is wrong with good settings once these are changed."""
    try:
        read(**{**GOOD, **given})
    except SettingsError as error:
        return error.problems
    return []


def test_good_settings_are_good() -> None:
    assert problems() == []


def test_addresses_are_put_together_alike_with_or_without_a_slash_at_the_end() -> None:
    assert read(**{**GOOD, "BASE_URL": "https://privacy.example/"}).base_url == "https://privacy.example"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as raised:
        read(SECRET_KEY="short", DATABASE_URL="mysql://x", ZAI_PROVIDER="google", MAIL_PORT="many", SANDBOX="perhaps", BASE_URL="http://privacy.example")

    said = str(raised.value)
    for name in ("SECRET_KEY", "DATABASE_URL", "ZAI_PROVIDER", "MAIL_PORT", "SANDBOX", "BASE_URL", "ZAI_CLIENT_ID", "FEEDBACK_DIGEST_SALT", "MAIL_SERVER"):
        assert PREFIX + name in said


def test_a_problem_says_what_the_setting_is_for() -> None:
    assert problems(ZAI_CLIENT_ID="") == ["PRIVACY_CENTER_ZAI_CLIENT_ID is missing. The client that Z.ai has registered for this centre."]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SECRET_KEY": "short"}, "make one with: openssl rand -hex 32"),
        ({"FEED_KEY": "short"}, "FEED_KEY is shorter than 32 characters"),
        ({"BASE_URL": "http://privacy.example"}, "must begin with https://"),
        ({"STORAGE_URL": "ftp://x"}, "STORAGE_URL must begin with"),
        ({"ZAI_TOKEN_URL": "http://zcode.z.ai/token"}, "ZAI_TOKEN_URL must begin with https://"),
        ({"ZAI_PROVIDER": "oidc"}, "ZAI_CLIENT_SECRET is missing"),
        ({"ZAI_PROVIDER": "oidc", "ZAI_CLIENT_SECRET": "x", "ZAI_ISSUER": "http://z.example"}, "ZAI_ISSUER must begin with https://"),
        ({"PROXIES": "-1"}, "PROXIES is not a whole number"),
        ({"MAIL_USE_TLS": "maybe"}, "MAIL_USE_TLS is neither 0 nor 1"),
        ({"CONNECTED_SYSTEMS": "[1]"}, "is not a JSON list of objects with name, url and key"),
        ({"CONNECTED_SYSTEMS": '[{"name":"a","url":"u","key":"k"},{"name":"a","url":"v","key":"k"}]'}, "names a system twice"),
        ({"CONNECTED_SYSTEMS": '[{"name":"a","url":"u","key":"k"},{"name":"b","url":"v","key":"k"}]'}, "gives two systems the same key"),
        ({"CONNECTED_SYSTEMS": '[{"name":"a","url":7,"key":"k"}]'}, "has a name, url or key that is no text, or is empty"),
        ({"CONNECTED_SYSTEMS": f'[{{"name":"a","url":"http://a.example","key":"{KEY}"}}]'}, "the address of a must begin with https://"),
        ({"CONNECTED_SYSTEMS": '[{"name":"a","url":"https://a.example","key":"k"}]'}, "the key of a is shorter than 32 characters"),
        ({"STRIPE_API_BASE": "http://stripe.example"}, "STRIPE_API_BASE must begin with https://"),
        ({"STRIPE_ACCOUNT_FIELD": "zai user id"}, "STRIPE_ACCOUNT_FIELD is no name that Stripe's metadata could have"),
    ],
)
def test_one_wrong_setting_is_one_problem(given: dict[str, str], said: str) -> None:
    [problem] = problems(**given)

    assert said in problem


def test_the_sandbox_needs_less_but_stays_on_this_machine() -> None:
    sandbox = {"SANDBOX": "1", "SECRET_KEY": KEY, "ZAI_CLIENT_ID": "centre"}

    assert read(BASE_URL="http://127.0.0.1:8000", **sandbox).sandbox
    with pytest.raises(SettingsError, match=r"serves loopback only, but PRIVACY_CENTER_BASE_URL names privacy\.example"):
        read(BASE_URL="https://privacy.example", **sandbox)


def test_the_sandbox_moves_no_real_money() -> None:
    assert problems(SANDBOX="1", BASE_URL="http://127.0.0.1:8000", STRIPE_API_KEY="rk_live_0123") == [
        "PRIVACY_CENTER_STRIPE_API_KEY moves real money; the sandbox takes test keys only."
    ]


def test_what_is_not_given_lies_in_the_instance_folder() -> None:
    settings = read(**GOOD, INSTANCE_PATH="/srv/centre")

    assert settings.database == "sqlite:////srv/centre/centre.sqlite"
    assert settings.storage == "file:///srv/centre/storage"
    assert settings.uses_sqlite


def test_the_instance_folder_is_a_whole_path_wherever_one_stands() -> None:
    assert read(**GOOD, INSTANCE_PATH="there").instance_path == Path.cwd() / "there"


def test_secrets_are_not_shown_when_settings_are() -> None:
    shown = repr(read(**GOOD, FEED_KEY=KEY, MAIL_PASSWORD="opensesame"))

    assert KEY not in shown
    assert "opensesame" not in shown
    assert "smtp.example" in shown


def test_every_setting_is_explained_in_one_sentence() -> None:
    for each in fields(Settings):
        sentence = each.metadata["sentence"]
        assert sentence.endswith("."), each.name
        assert len(sentence) < 120, each.name


@given(st.sampled_from([each.name for each in fields(Settings)]), st.text())
def test_whatever_a_setting_says_it_is_read_or_refused_in_words(name: str, text: str) -> None:
    assert all(problem.startswith(PREFIX) for problem in problems(**{name.upper(): text}))
