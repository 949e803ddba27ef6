"""The real stand-ins, served on loopback for the tests, and a browser that walks between them and the centre."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from werkzeug.serving import make_server

from privacy_center.core.audit import AuditEntry
from privacy_center.sandbox.grants import ZAI
from privacy_center.sandbox.mailbox import Mailbox, listen
from privacy_center.sandbox.settings import Place
from privacy_center.sandbox.site import create_app
from tests.conftest import BASE_URL, Visitor


@dataclass(frozen=True)
class StandIns:
    """What runs, and what it remembers."""

    place: Place
    zai: ZAI
    mailbox: Mailbox

    def mails(self) -> list[Any]:
        """Every mail that came, newest first."""
        return list(self.mailbox)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[StandIns]:
    """Serve the stand-ins on free ports."""
    place = Place(free_port(), free_port(), folder, BASE_URL)
    app = create_app(place)
    server = make_server("127.0.0.1", place.port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    post = listen(app.extensions["mailbox"], place.smtp_port)
    yield StandIns(place, app.extensions["stand-in"], app.extensions["mailbox"])
    post.stop()
    server.shutdown()
    thread.join()
    server.server_close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Browser:
    """A person's browser: one set of cookies for the centre, one for Z.ai."""

    centre: Visitor
    zai: requests.Session

    def leave(self, next_page: str | None = None) -> str:
        """Press “Sign in with Z.ai”; returns the address that it leads to."""
        left = self.centre.submit("/sign-in", {"next": next_page} if next_page else None)
        assert left.status_code == 303, left.text
        return str(left.location)

    def leave_to_confirm(self, next_page: str = "/account") -> str:
        """Press “Confirm with Z.ai”; returns the address that it leads to."""
        return str(self.centre.submit("/confirm", {"next": next_page}).location)

    def choose(self, way: str, account: str = "zai-mei", **other: str) -> str:
        """Be *account* at Z.ai; returns the address that Z.ai sends the browser back to."""
        came = self.zai.get(way, allow_redirects=False, timeout=20)
        if came.status_code == 200:
            came = self.zai.post(way, data=other or {"account": account}, allow_redirects=False, timeout=20)
        assert came.status_code == 303, came.text
        return path_of(came.headers["Location"])

    def sign_in(self, account: str = "zai-mei", next_page: str | None = None) -> Any:
        """Walk the whole way; returns the centre's answer at its end."""
        return self.centre.get(self.choose(self.leave(next_page), account))

    def token(self) -> str:
        """The session's token that this browser carries."""
        found = self.centre.get_cookie("__Host-session", domain="127.0.0.1")
        return found.value if found else ""


def path_of(address: str) -> str:
    """An address without its host."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def asked(address: str) -> dict[str, str]:
    """The query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def entries(action: str) -> list[AuditEntry]:
    """The audit entries of one kind."""
    return list(AuditEntry.select().where(AuditEntry.action == action))
