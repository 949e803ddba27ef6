"""What the tests of this room share: answering on the page of choices, and reading what a browser was told to carry."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Visitor

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def form_of(page: str, purpose: str) -> dict[str, str]:
    """What the form of one purpose would send, from the page of choices."""
    form = re.search(rf'action="/choices/{purpose}".*?</form>', page, re.DOTALL)
    assert form, purpose
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form[0])
    return dict(fields)


def cookie_of(response: Any, name: str) -> str | None:
    """The whole Set-Cookie line of a name; None when it isn't set."""
    return next((line for line in response.headers.getlist("Set-Cookie") if line.startswith(f"{name}=")), None)


@pytest.fixture
def press() -> Callable[[Visitor, str], Any]:
    """Presses the button of a purpose on the page of choices."""

    def press(browser: Visitor, purpose: str, **changed: str) -> Any:
        sent = {**form_of(browser.get("/choices").text, purpose), **changed}
        return browser.post(f"/choices/{purpose}", data=sent, follow_redirects=True)

    return press
