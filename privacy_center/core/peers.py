"""Asking other servers: only where we may, within a time, no more than we can read, following nothing."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3

from privacy_center.settings import LOOPBACK

LARGEST = 256 * 1024
PIECE = 16 * 1024


class NoAnswer(Exception):
    """There was no answer to go by; the text is what the other server did, as the rest of a sentence."""


class WrongAddress(NoAnswer):
    """The address is none that we go to."""


class OutOfReach(NoAnswer):
    """It could not be reached."""


class TooSlow(NoAnswer):
    """It did not answer in time."""


class TooMuch(NoAnswer):
    """It answered with more than anybody needs."""


@dataclass(frozen=True)
class Patience:
    """How many seconds we wait: to be let in, for the next piece, for all of it."""

    connect: float = 5.0
    read: float = 10.0
    whole: float = 20.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def place_of(url: str) -> tuple[str, bool]:
    """The scheme of an address, and whether it is on this very machine; raises WrongAddress for what is no address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except (ValueError, TypeError, AttributeError) as error:
        raise WrongAddress("names an address that is none") from error
    if not host:
        raise WrongAddress("names an address that is none")
    return parts.scheme, host in LOOPBACK


def ask(method: str, url: str, *, headers: Mapping[str, str], patience: Patience, largest: int = LARGEST, **body: Any) -> Answer:
    """Status and bytes of an answer, whatever they are; a redirect is an answer like any other. Raises NoAnswer when there is none."""
    deadline = time.monotonic() + patience.whole
    plain = {"Accept": "application/json", "Accept-Encoding": "identity", **headers}
    waits = (patience.connect, patience.read)
    try:
        with requests.request(method, url, headers=plain, timeout=waits, allow_redirects=False, stream=True, auth=_as_it_is, **body) as answer:
            return Answer(answer.status_code, _read(answer, deadline, largest), answer.headers)
    except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise TooSlow("did not answer in time") from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise OutOfReach(f"could not be reached: {type(error).__name__}") from error


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send the headers as they are: without this, a .netrc file on the machine would replace them."""
    return request


def _read(answer: requests.Response, deadline: float, largest: int) -> bytes:
    """The body, piece by piece, so that neither its size nor its slowness can hold us."""
    content = bytearray()
    while piece := answer.raw.read1(PIECE, decode_content=False):
        content += piece
        if len(content) > largest:
            raise TooMuch("answered with more than anybody needs")
        if time.monotonic() > deadline:
            raise TooSlow("answered too slowly")
    return bytes(content)
