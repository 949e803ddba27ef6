"""What every test stands on: the app on each engine, a fresh database, clients that behave like browsers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import stripe
from flask import Flask, g
from flask.testing import FlaskClient

from privacy_center.accounts.models import Session, User
from privacy_center.core import db, jobs, limits
from privacy_center.factory import create_app
from tests import cast
from tests.engines import postgresql

BASE_URL = "http://127.0.0.1:8000"
FEED_KEY = "feed-key-of-the-tests-0123456789abcdef"
ISSUER = "https://z.example"
CSRF_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

# A busy machine is slow; how long an example takes says nothing about the code.
hypothesis.settings.register_profile("centre", deadline=None)
hypothesis.settings.load_profile("centre")
# How long Stripe's library rests before it tries again says nothing about it either.
stripe.HTTPClient.INITIAL_DELAY = 0.01


def environment(instance: Path, **more: str) -> dict[str, str]:
    """Settings for an app under test."""
    plain = {
        "SANDBOX": "1",
        "SECRET_KEY": "secret-key-of-the-tests-0123456789abcdef",
        "INSTANCE_PATH": str(instance),
        "BASE_URL": BASE_URL,
        "FEED_KEY": FEED_KEY,
        "FEEDBACK_DIGEST_SALT": "salt of the tests",
        "ZAI_ISSUER": ISSUER,
        "ZAI_CLIENT_ID": "centre",
        "ZAI_CLIENT_SECRET": "client-secret-of-the-tests",
    }
    return {f"PRIVACY_CENTER_{name}": value for name, value in {**plain, **more}.items()}


class Visitor(FlaskClient):
    """A browser without script: it keeps cookies and sends forms with the token that the page gave."""

    def open(self, *asked: Any, **how: Any) -> Any:
        """Ask at the centre's own address, unless another is named; a redirect brings its own."""
        for kept in list(g) if g else ():  # on a server each request has a `g` of its own; here they would share the test's
            g.pop(kept)
        if asked and isinstance(asked[0], str):
            how.setdefault("base_url", BASE_URL)
        return super().open(*asked, **how)

    def sign_in(self, user: User, *, confirmed: bool = False) -> Visitor:
        """Carry a session of *user*'s from now on."""
        _session, token = Session.begin(user, browser="Firefox on Linux", address="192.0.2.7", confirmed=confirmed)
        self.set_cookie("__Host-session", token, domain="127.0.0.1", secure=True)
        return self

    def submit(self, path: str, data: dict[str, Any] | None = None, *, page: str | None = None, **how: Any) -> Any:
        """Send a form as a person would: open *page* (default: *path*) first, and send its token along."""
        found = CSRF_FIELD.search(self.get(page or path, follow_redirects=True).text)
        token = found.group(1) if found else ""
        return self.post(path, data={"csrf_token": token, **(data or {})}, **how)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let every test that touches the app run on each engine that this machine has."""
    if "engine" in metafunc.fixturenames:
        wanted = ["sqlite", "postgresql"] if postgresql.is_here() else ["sqlite"]
        marker = metafunc.definition.get_closest_marker("engine")
        metafunc.parametrize("engine", [each for each in wanted if not marker or each in marker.args], scope="session", indirect=True)


def pytest_configure(config: pytest.Config) -> None:
    """Say which engines are tested."""
    config.addinivalue_line("markers", "engine(name): runs on this engine only")


def pytest_report_header() -> str:
    """Say at the top of the report what is not tested here."""
    return "engines: SQLite and PostgreSQL" if postgresql.is_here() else "engines: SQLite only; PostgreSQL's server programs are not installed"


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that this test runs on."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def database_url(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database on the engine."""
    if engine == "postgresql":
        with postgresql.server(tmp_path_factory.mktemp("postgresql")) as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'centre.sqlite'}"


@pytest.fixture(scope="session")
def built(engine: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, dict[str, str]]]:
    """The app on that database, migrated, and the settings it was built from; built once, as building is slow."""
    settings = environment(tmp_path_factory.mktemp(f"instance-{engine}"), DATABASE_URL=database_url)
    app = create_app(settings)
    app.config.update(TESTING=True)
    app.test_client_class = Visitor
    db.connect()
    db.migrations().up()
    db.database.close()
    if engine == "sqlite":
        path = Path(database_url.removeprefix("sqlite:///"))
        shutil.copy(path, path.with_suffix(".template"))
    yield app, settings
    db.database.close()


@pytest.fixture
def app(built: tuple[Flask, dict[str, str]], engine: str, database_url: str) -> Iterator[Flask]:
    """The app with an empty database, connected."""
    app = built[0]
    rebind(app, database_url)
    limits.limiter.enabled = False  # a test that is about limits turns them on
    for left in (app.config["SETTINGS"].instance_path / "storage").iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    shutil.rmtree(app.config["SETTINGS"].instance_path / "ledger", ignore_errors=True)
    if engine == "sqlite":
        path = Path(database_url.removeprefix("sqlite:///"))
        for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            leftover.unlink(missing_ok=True)
        shutil.copy(path.with_suffix(".template"), path)
        db.connect()
    else:
        db.connect()
        postgresql.empty(db.database)
    with app.app_context():
        yield app
    db.database.close()


def rebind(app: Flask, database_url: str) -> None:
    """Bind the models to this app's database, in case another app was built since."""
    if not db.database.obj.is_closed():
        db.database.close()
    if app.extensions.get("bound_to") is not db.database.obj:
        db.open_database(database_url)
        app.extensions["queue"] = jobs.open_queue(app)
        app.extensions["bound_to"] = db.database.obj


@pytest.fixture
def outbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The mails that were sent, kept rather than sent."""
    monkeypatch.setattr(app.extensions["mailman"], "backend", "locmem")
    monkeypatch.setattr(app.extensions["mailman"], "outbox", [], raising=False)
    return app.extensions["mailman"].outbox  # type: ignore[no-any-return]


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who isn't signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def mei(app: Flask) -> User:
    """Mei, who uses ZCode every day."""
    return cast.mei()


@pytest.fixture
def mallory(app: Flask) -> User:
    """Mallory, who must see nothing of Mei's."""
    return cast.mallory()


@pytest.fixture
def as_mei(app: Flask, mei: User) -> Visitor:
    """Mei's browser, signed in."""
    return app.test_client().sign_in(mei)  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def as_mallory(app: Flask, mallory: User) -> Visitor:
    """Mallory's browser, signed in."""
    return app.test_client().sign_in(mallory)  # type: ignore[attr-defined, no-any-return]
