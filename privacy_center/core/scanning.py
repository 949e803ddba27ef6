"""Looking for malware in files that people send: clamd does, where the settings name one.

Where one is named, a file counts as dangerous until it has said otherwise (fail closed). Where none is, files are kept as what they
are, unscanned, and whoever opens one is told so.
"""

from __future__ import annotations

import enum
import socket
from collections.abc import Iterable
from contextlib import closing
from urllib.parse import urlsplit

PATIENCE = 30  # seconds without a sign of life
LONGEST_ANSWER = 4096
PORT = 3310

_address: list[str] = []


class Verdict(enum.StrEnum):
    """What the scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"  # it does not answer, or not so that we understand: ask again
    UNSCANNED = "unscanned"  # there is no scanner


def set_scanner(address: str) -> None:
    """Ask the clamd at *address* from now on: tcp://host:port, unix:///path, or nothing."""
    _address[:] = [address] if address else []


def is_set() -> bool:
    """Whether files are scanned here."""
    return bool(_address)


def scan(content: bytes | Iterable[bytes]) -> Verdict:
    """What the scanner says of *content*, given whole or in pieces; called from jobs, outside of any transaction."""
    if not _address:
        return Verdict.UNSCANNED
    pieces = [content] if isinstance(content, bytes) else content
    try:
        said = _ask(b"zINSTREAM\0", pieces)
    except OSError:
        return Verdict.UNKNOWN
    if said == b"stream: OK":
        return Verdict.CLEAN
    return Verdict.INFECTED if said.startswith(b"stream: ") and said.endswith(b" FOUND") else Verdict.UNKNOWN


def answers() -> bool:
    """Whether the scanner is there, for `flask doctor`."""
    try:
        return _ask(b"zPING\0", None) == b"PONG"
    except OSError:
        return False


def _ask(command: bytes, pieces: Iterable[bytes] | None) -> bytes:
    """One question and its answer; with *pieces*, each goes after its length, and nothing after the last."""
    with closing(_connection()) as connection:
        connection.sendall(command)
        if pieces is not None:
            for piece in pieces:
                if piece:
                    connection.sendall(len(piece).to_bytes(4, "big") + piece)
            connection.sendall(bytes(4))
        return _answer(connection)


def _answer(connection: socket.socket) -> bytes:
    """What comes back, up to its end."""
    said = bytearray()
    while len(said) < LONGEST_ANSWER and not said.endswith(b"\0"):
        if not (piece := connection.recv(LONGEST_ANSWER)):
            break
        said += piece
    return bytes(said).rstrip(b"\0\n")


def _connection() -> socket.socket:
    """A connection to the scanner; raises OSError."""
    where = urlsplit(_address[0])
    if where.scheme == "tcp":
        return socket.create_connection((where.hostname or "localhost", where.port or PORT), timeout=PATIENCE)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE)
    try:
        connection.connect(where.path)
    except OSError:
        connection.close()
        raise
    return connection
