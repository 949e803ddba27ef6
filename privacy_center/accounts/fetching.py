"""Asking Z.ai from server to server: only where we may, within a time, no more than we can read, following nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
import requests
import urllib3

from privacy_center.accounts.identity import down, untrustworthy
from privacy_center.accounts.troubles import Kind, Trouble
from privacy_center.settings import LOOPBACK

LARGEST = 256 * 1024
PIECE = 16 * 1024


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
        status, content = self._fetch(method, url, headers or {}, body)
        if status >= 500 or status == 429:
            raise down(f"answered {status}")
        if status >= 400:
            raise Trouble(Kind.REFUSED, f"answered {status}")
        if status != 200:
            raise untrustworthy(f"answered {status}")
        try:
            return orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise untrustworthy("answered with something that is not JSON") from error

    def check(self, url: str) -> None:
        """Go nowhere but to https; to this machine only if Z.ai's stand-in is on it."""
        try:
            parts = urlsplit(url)
            local = parts.hostname in LOOPBACK
        except (ValueError, TypeError, AttributeError) as error:
            raise untrustworthy("names an address that is none") from error
        if local != self.near or not (parts.scheme == "https" or (local and parts.scheme == "http")):
            raise untrustworthy("names an address that we don't go to")

    def _fetch(self, method: str, url: str, headers: dict[str, str], body: dict[str, Any]) -> tuple[int, bytes]:
        """Status and bytes of an answer."""
        deadline = time.monotonic() + self.whole
        plain = {"Accept": "application/json", "Accept-Encoding": "identity", **headers}
        try:
            with requests.request(
                method, url, headers=plain, timeout=(self.connect, self.read), allow_redirects=False, stream=True, auth=_as_it_is, **body
            ) as answer:
                return answer.status_code, _read(answer, deadline)
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise Trouble(Kind.SLOW, "did not answer in time") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise down(f"could not be reached: {type(error).__name__}") from error


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send the headers as they are: without this, a .netrc file on the machine would replace them."""
    return request


def _read(answer: requests.Response, deadline: float) -> bytes:
    """The body, piece by piece, so that neither its size nor its slowness can hold us."""
    content = bytearray()
    while piece := answer.raw.read1(PIECE, decode_content=False):
        content += piece
        if len(content) > LARGEST:
            raise untrustworthy("answered with more than anybody needs")
        if time.monotonic() > deadline:
            raise Trouble(Kind.SLOW, "answered too slowly")
    return bytes(content)
