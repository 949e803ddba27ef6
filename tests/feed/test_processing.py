"""What the product may do with somebody's data now: asked for by a signed call, answered per purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from privacy_center.accounts.models import Tombstone, User
from privacy_center.consent.recording import record
from privacy_center.feed.signature import sign
from tests.cast import ISSUER
from tests.conftest import FEED_KEY, Visitor

SILENCE = {"storage": True, "service": True, "improvement": True, "training": True, "marketing": False, "feedback_files": False, "sensitive": False}


@pytest.fixture
def ask(visitor: Visitor) -> Callable[..., Any]:
    """Asks as the product would."""

    def asking(subject: str = "zai-mei", *, key: str = FEED_KEY, **how: Any) -> Any:
        return visitor.get(f"/api/v1/processing/{quote(subject, safe='')}", headers={"X-Signature": sign(key, b"")}, **how)

    return asking


def answer(user: User, purpose: str, said: str) -> None:
    """Let somebody answer."""
    record(user, purpose, said, method="choices", language="en")


def test_silence_is_no_where_consent_is_needed_and_no_objection_elsewhere(ask: Callable[..., Any], mei: User) -> None:
    said = ask().json

    assert (said["user"], said["purposes"], said["restricted"], said["erased"]) == ("zai-mei", SILENCE, False, False)
    assert said["at"].endswith("+00:00")


def test_each_answer_counts_at_once(ask: Callable[..., Any], mei: User) -> None:
    answer(mei, "training", "object")
    answer(mei, "sensitive", "agree")
    assert ask().json["purposes"] == {**SILENCE, "training": False, "sensitive": True}

    answer(mei, "training", "take back")
    answer(mei, "sensitive", "withdraw")
    assert ask().json["purposes"] == SILENCE


def test_restriction_stops_all_but_storage(ask: Callable[..., Any], mei: User) -> None:
    answer(mei, "marketing", "agree")
    answer(mei, "restriction", "restrict")

    assert ask().json["restricted"]
    assert ask().json["purposes"] == {**dict.fromkeys(SILENCE, False), "storage": True}


@pytest.mark.parametrize("subject", ["nobody", "with/slash", "李雷", "a b", "x" * 200])
def test_of_somebody_unknown_it_answers_as_of_somebody_who_has_said_nothing(ask: Callable[..., Any], subject: str) -> None:
    assert (ask(subject).json["user"], ask(subject).json["purposes"]) == (subject, SILENCE)


def test_of_an_erased_person_nothing_may_be_processed(ask: Callable[..., Any]) -> None:
    Tombstone.raise_for_account(ISSUER, "zai-gone")

    assert ask("zai-gone").json["erased"]
    assert set(ask("zai-gone").json["purposes"].values()) == {False}


@pytest.mark.parametrize("key", ["another-key", ""])
def test_a_call_signed_with_another_key_is_told_nothing(ask: Callable[..., Any], mei: User, key: str) -> None:
    assert (ask(key=key).status_code, list(ask(key=key).json)) == (401, ["error"])


def test_a_call_without_a_signature_is_told_nothing(visitor: Visitor, as_mei: Visitor) -> None:
    for browser in (visitor, as_mei):
        assert browser.get("/api/v1/processing/zai-mei").status_code == 401


def test_a_body_or_an_id_that_is_too_long_is_refused(ask: Callable[..., Any]) -> None:
    assert ask(data=b"{}").status_code == 413
    assert ask("x" * 201).status_code == ask("zai\0mei").status_code == 422


def test_without_a_key_the_door_is_shut(ask: Callable[..., Any], app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], feed_key=""))
    assert ask(key="").status_code == 404
