"""The centre beside the real stand-ins, in either shape, and people's browsers."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import requests
from flask import Flask

from privacy_center.accounts import providers
from privacy_center.core import clock
from privacy_center.sandbox.behaviour import HONEST
from privacy_center.sandbox.settings import environment
from privacy_center.settings import PREFIX, Settings
from tests.accounts.stand_ins import Browser, StandIns, running
from tests.conftest import BASE_URL


@pytest.fixture(scope="session")
def all_stand_ins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIns]:
    """The stand-ins, started once."""
    with running(tmp_path_factory.mktemp("stand-ins")) as stand_ins:
        yield stand_ins


@pytest.fixture
def stand_ins(all_stand_ins: StandIns) -> StandIns:
    """The stand-ins, honest and with an empty mailbox."""
    all_stand_ins.zai.behaviour = HONEST
    all_stand_ins.zai.patience = 0.5
    all_stand_ins.zai.asked.clear()
    all_stand_ins.mailbox.empty()
    return all_stand_ins


@pytest.fixture(params=["oidc", "zai"])
def shape(request: pytest.FixtureRequest) -> str:
    """Both shapes of Z.ai's sign-in."""
    return str(request.param)


@pytest.fixture
def centre(app: Flask, stand_ins: StandIns, shape: str) -> Iterator[Flask]:
    """The centre, led to the stand-ins."""
    before, provider, post = app.config["SETTINGS"], app.extensions["zai"], app.extensions["mailman"]
    settings = led_to(before, stand_ins, shape)
    app.config["SETTINGS"], app.extensions["zai"] = settings, providers.built(settings)
    app.extensions["mailman"] = copy.copy(post)
    app.extensions["mailman"].server, app.extensions["mailman"].port = "127.0.0.1", stand_ins.place.smtp_port
    yield app
    app.config["SETTINGS"], app.extensions["zai"], app.extensions["mailman"] = before, provider, post


def led_to(settings: Settings, stand_ins: StandIns, shape: str) -> Settings:
    """The settings, leading to the stand-ins."""
    given = environment(stand_ins.place.port, stand_ins.place.smtp_port, "", BASE_URL)
    names = ("zai_issuer", "zai_authorize_url", "zai_token_url", "zai_userinfo_url", "zai_client_id", "zai_client_secret")
    return replace(settings, zai_provider=shape, **{name: given[PREFIX + name.upper()] for name in names})


@pytest.fixture
def somebody(centre: Flask) -> Browser:
    """A browser that has been nowhere yet."""
    return Browser(centre.test_client(), requests.Session())  # type: ignore[arg-type]


@pytest.fixture
def somebody_else(centre: Flask) -> Browser:
    """Another browser, perhaps another person's."""
    return Browser(centre.test_client(), requests.Session())  # type: ignore[arg-type]


@pytest.fixture
def asking(somebody: Browser) -> Browser:
    """Mei's browser, signed in; she has asked for a code."""
    somebody.sign_in("zai-mei")
    somebody.centre.submit("/confirm", {"next": "/account"})
    return somebody


@pytest.fixture
def later() -> Iterator[Callable[..., None]]:
    """Let time pass: `later(hours=3)` moves the clock on, until the test is over."""
    with contextlib.ExitStack() as moments:

        def pass_by(**time: float) -> None:
            moments.enter_context(clock.at(clock.now() + timedelta(**time)))

        yield pass_by
