"""Asking Z.ai from server to server: only where we may, within a time, no more than we can read, following nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from privacy_center.accounts.identity import down, untrustworthy
from privacy_center.accounts.troubles import Kind, Trouble
from privacy_center.core import peers
from privacy_center.core.peers import Answer, Patience


@dataclass
class Peer:
    """Z.ai as this server reaches it; *near* when it runs on this very machine. Times in seconds."""

    near: bool
    connect: float = 5.0
    read: float = 10.0
    whole: float = 20.0

    def ask(self, method: str, url: str, *, headers: dict[str, str] | None = None, **body: Any) -> Any:
        """The JSON that *url* answers with; raises Trouble when it doesn't."""
        self.check(url)
        answer = self._fetch(method, url, headers or {}, body)
        if answer.status >= 500 or answer.status == 429:
            raise down(f"answered {answer.status}")
        if answer.status >= 400:
            raise Trouble(Kind.REFUSED, f"answered {answer.status}")
        if answer.status != 200:
            raise untrustworthy(f"answered {answer.status}")
        try:
            return orjson.loads(answer.content)
        except orjson.JSONDecodeError as error:
            raise untrustworthy("answered with something that is not JSON") from error

    def check(self, url: str) -> None:
        """Go nowhere but to https; to this machine only if Z.ai's stand-in is on it."""
        try:
            scheme, local = peers.place_of(url)
        except peers.WrongAddress as error:
            raise untrustworthy(str(error)) from error
        if local != self.near or not (scheme == "https" or (local and scheme == "http")):
            raise untrustworthy("names an address that we don't go to")

    def _fetch(self, method: str, url: str, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        """Status and bytes of an answer."""
        try:
            return peers.ask(method, url, headers=headers, patience=Patience(self.connect, self.read, self.whole), **body)
        except peers.TooSlow as error:
            raise Trouble(Kind.SLOW, str(error)) from error
        except peers.TooMuch as error:
            raise untrustworthy(str(error)) from error
        except peers.NoAnswer as error:
            raise down(str(error)) from error
