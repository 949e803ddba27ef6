"""The site as it is measured: real settings, one signed-in browser, and a floor under the same roof."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.client import Client
from benchmarks.data import Data, connect_anew
from benchmarks.people import HEAVY
from privacy_center.accounts.models import Session, User
from privacy_center.core import db, pages, tokens

HOST = "centre.example"
SECRET_KEY = "a-key-of-the-measurements-that-guards-nothing"
SITE = "privacy_center.factory:create_app()"


@dataclass(frozen=True)
class Visit:
    """Somebody's signed-in browser, and where their list lies deep."""

    data: Data
    person: str = HEAVY
    instance: Path = field(default_factory=lambda: Path(mkdtemp(prefix="centre-bench-")))

    def environment(self) -> dict[str, str]:
        """Settings as in production: no sandbox, an https address, a mail server that nobody will ask."""
        settings = {
            "SECRET_KEY": SECRET_KEY,
            "INSTANCE_PATH": str(self.instance),
            "DATABASE_URL": self.data.url,
            "BASE_URL": f"https://{HOST}",
            "ZAI_CLIENT_ID": "centre",
            "FEEDBACK_DIGEST_SALT": "salt",
            "MAIL_SERVER": "mail.example",
        }
        return {f"PRIVACY_CENTER_{name}": value for name, value in settings.items()}

    def token(self) -> str:
        """Sign the person in; returns what the browser's cookie carries."""
        connect_anew(self.data.path)
        try:
            user = User.get_by_id(self.data.users[self.person])
            return Session.begin(user, browser="A measuring client", address="192.0.2.1")[1]
        finally:
            db.database.close()

    def place_at(self, depth: float) -> tuple[int, int]:
        """Where the person's list stands after that share of it: time and number of the last conversation before."""
        connect_anew(self.data.path)
        try:
            user = self.data.users[self.person]
            query = "SELECT active_at, id FROM conversation WHERE user_id = ? ORDER BY active_at DESC, id DESC LIMIT 1 OFFSET ?"
            (place,) = db.fetch(query, user, int(self.data.conversations * depth))
            return place
        finally:
            db.database.close()


def cursor(place: tuple[int, int]) -> str:
    """The address's part that leads to that place of the list."""
    tokens.set_keys(SECRET_KEY)
    return pages.cursor("history", *place)


def browser(port: int, token: str | None = None) -> Client:
    """A client that asks as a browser would."""
    headers = {"Host": HOST, "Accept": "text/html", "Accept-Language": "en", "Accept-Encoding": "gzip", "User-Agent": "measuring client"}
    if token:
        headers["Cookie"] = f"__Host-session={token}"
    return Client(port, headers)
