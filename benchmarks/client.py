"""A client that does next to nothing, so that what is timed is the server: one connection, one request after another."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

TIMEOUT = 60.0


class AnswerError(Exception):
    """The server answered something else than the page that is measured."""


@dataclass
class Client:
    """Asks one server for pages; keeps its connection for as long as the server does."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = field(default=None, init=False)

    def visit(self, path: str) -> bytes:
        """Open the page as the first of a visit: whatever cookies it sets are sent along from now on."""
        head, body = self._exchange(self._request(path))
        given = [value.partition(b";")[0].decode() for value in _headers(head, b"set-cookie")]
        if given:
            self.headers["Cookie"] = "; ".join([*filter(None, [self.headers.get("Cookie")]), *given])
        return body

    def page(self, path: str) -> bytes:
        """The body of the page at *path*; raises AnswerError unless it is answered with 200."""
        return self._exchange(self._request(path))[1]

    def weight(self, path: str) -> int:
        """The bytes of the whole answer as they come over the wire."""
        head, body = self._exchange(self._request(path))
        return len(head) + len(b"\r\n\r\n") + len(body)

    def seconds_for(self, path: str) -> float:
        """How long it takes from asking for the page until its last byte is there."""
        request = self._request(path)
        begun = time.perf_counter()
        self._exchange(request)
        return time.perf_counter() - begun

    def submit(self, path: str, form: Mapping[str, str]) -> str:
        """Send a form; returns where the answer leads. Raises AnswerError if it leads nowhere."""
        head, _body = self._exchange(self._request(path, urlencode(form)), expected=b"303")
        return next(_headers(head, b"location")).decode()

    def _request(self, path: str, form: str | None = None) -> bytes:
        """The request as it goes over the wire."""
        headers = self.headers if form is None else {**self.headers, "Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(form))}
        lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", form or ""]
        return "\r\n".join(lines).encode()

    def _exchange(self, request: bytes, expected: bytes = b"200") -> tuple[bytes, bytes]:
        """Send the request and read the whole answer, head and body."""
        wire = self._socket or self._connect()
        wire.sendall(request)
        received = _more(wire)
        while b"\r\n\r\n" not in received:
            received += _more(wire)
        head, _blank, body = received.partition(b"\r\n\r\n")
        length = int(next(_headers(head, b"content-length"), b"0"))
        while len(body) < length:
            body += _more(wire)
        if b"close" in _headers(head, b"connection"):
            self.close()
        if not head.startswith(b"HTTP/1.1 " + expected):
            raise AnswerError(f"{head.splitlines()[0].decode()} to {request.splitlines()[0].decode()}")
        return head, body

    def _connect(self) -> socket.socket:
        """A new connection; small packets leave at once."""
        self._socket = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def close(self) -> None:
        """Hang up."""
        if self._socket:
            self._socket.close()
            self._socket = None


def _more(wire: socket.socket) -> bytes:
    """What has come next over the wire."""
    received = wire.recv(262_144)
    if not received:
        raise AnswerError("The server hung up.")
    return received


def _headers(head: bytes, name: bytes) -> Iterator[bytes]:
    """The values that one header has in an answer."""
    for line in head.split(b"\r\n")[1:]:
        key, _colon, value = line.partition(b":")
        if key.lower() == name:
            yield value.strip()
