"""Two officers, an auditor, and requests for them to work on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.desk.models import Staff
from privacy_center.rights import asking
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Request
from tests.conftest import ISSUER, Visitor

Ask = Callable[..., Request]


def member(name: str, role: str) -> Staff:
    """A member of staff who has signed in before."""
    email = f"{name}@example.com"
    user = User.open(ISSUER, f"zai-{name}", email=email, name=name.capitalize(), language="en")
    return Staff.create(email=email, role=role, user=user, bound_at=clock.now())


def browser(app: Flask, place: Staff, *, confirmed: bool = True) -> Visitor:
    """The browser of a member of staff, who has just confirmed that it is them."""
    client: Any = app.test_client()
    return client.sign_in(place.user, confirmed=confirmed)  # type: ignore[no-any-return]


@pytest.fixture
def ada(app: Flask) -> Staff:
    """Ada, an officer."""
    return member("ada", "officer")


@pytest.fixture
def tomas(app: Flask) -> Staff:
    """Tomás, another officer."""
    return member("tomas", "officer")


@pytest.fixture
def ruth(app: Flask) -> Staff:
    """Ruth, an auditor."""
    return member("ruth", "auditor")


@pytest.fixture
def as_ada(app: Flask, ada: Staff) -> Visitor:
    """Ada's browser."""
    return browser(app, ada)


@pytest.fixture
def as_tomas(app: Flask, tomas: Staff) -> Visitor:
    """Tomás's browser."""
    return browser(app, tomas)


@pytest.fixture
def as_ruth(app: Flask, ruth: Staff) -> Visitor:
    """Ruth's browser."""
    return browser(app, ruth)


@pytest.fixture
def ask(app: Flask, mei: User) -> Ask:
    """Makes a request: of Mei's unless *user* or *email* says otherwise."""

    def make(right: str = "correction", *, user: User | None = mei, email: str | None = None, country: str = "DE", **said: Any) -> Request:
        if right == "correction":
            said.setdefault("wants", {"fields": {"name": "Mei Hartmann-Li"}})
        return asking.ask(right, home=Home.of(country), language="en", user=None if email else user, email=email, **said)

    return make


@pytest.fixture
def correction(ask: Ask) -> Request:
    """Mei wishes another name."""
    return ask(words="My name has changed.")


@pytest.fixture
def proved(ask: Ask) -> Ask:
    """Makes a request of somebody without a sign-in, who has proved their address."""

    def make(right: str = "access", email: str = "mei@example.com", **said: Any) -> Request:
        request = ask(right, email=email, **said)
        assert asking.verified(request)
        return request

    return make
