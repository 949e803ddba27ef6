"""The stand-ins for connected systems: they take what is signed, show it, confirm it, and fail when they are told to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from privacy_center.feed.signature import check, sign
from privacy_center.sandbox import systems, told
from privacy_center.sandbox.settings import SYSTEMS, Place, environment
from privacy_center.sandbox.site import create_app
from privacy_center.settings import from_environment

ORDER = {
    "subject_request_id": "6f1c", "subject_request_type": "erasure", "extensions": {"zcode": {"scope": {"conversations": {"ids": ["c1"]}}}},
    "subject_identities": [{"identity_value": "zai-mei"}],
}  # fmt: skip


@pytest.fixture
def browser(tmp_path: Path) -> FlaskClient:
    """Somebody at the stand-ins of an instance."""
    return create_app(Place(8001, 8002, tmp_path, "http://127.0.0.1:9")).test_client()


def tell(browser: FlaskClient, *, key: str = SYSTEMS["training"][1]) -> Any:
    """Tell the training of an order."""
    body = json.dumps(ORDER).encode()
    return browser.post("/systems/training", data=body, content_type="application/json", headers={"X-Signature": sign(key, body)})


def test_the_centre_finds_them_by_its_settings(tmp_path: Path) -> None:
    given = {**environment(8001, 8002, tmp_path, "http://127.0.0.1:8000"), "PRIVACY_CENTER_SANDBOX": "1", "PRIVACY_CENTER_SECRET_KEY": "x" * 32}
    settings = from_environment(given)

    assert [each.url for each in settings.connected_systems] == ["http://127.0.0.1:8001/systems/service", "http://127.0.0.1:8001/systems/training"]


def test_an_order_that_is_signed_is_taken_and_shown(browser: FlaskClient) -> None:
    answer = tell(browser)
    tell(browser)
    page = browser.get("/systems").text

    assert answer.status_code == 200 and "expected_completion_time" in answer.json
    assert "6f1c" in page and "zai-mei" in page and "2 times" in page and "not yet" in page


@pytest.mark.parametrize("key", ["another", SYSTEMS["service"][1]])
def test_an_order_that_is_signed_otherwise_is_refused(browser: FlaskClient, key: str) -> None:
    assert tell(browser, key=key).status_code == 401
    assert "1 call refused for a wrong signature" in browser.get("/systems").text and "6f1c" not in browser.get("/systems").text


@pytest.mark.parametrize(("way", "status"), [("confirm", 200), ("wait", 200), ("garbage", 200), ("down", 503), ("redirect", 307), ("slow", 200)])
def test_it_behaves_as_it_is_told(browser: FlaskClient, way: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systems, "PATIENCE", 0.01)
    browser.post("/systems/training/way", data={"way": way})

    assert tell(browser).status_code == status
    assert browser.post("/systems/training/way", data={"way": "unheard of"}).status_code == 422


def test_the_button_confirms_with_the_systems_own_signature(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    monkeypatch.setattr(told.requests, "post", lambda url, **how: sent.append((url, how)) or type("Answer", (), {"status_code": 200}))
    tell(browser)
    browser.post("/systems/training/confirmations", data={"number": "6f1c"})
    [(url, how)] = sent

    assert url == "http://127.0.0.1:9/api/v1/orders/6f1c/status"
    check(SYSTEMS["training"][1], how["headers"]["X-Signature"], how["data"])
    assert "answered 200" in browser.get("/systems").text
