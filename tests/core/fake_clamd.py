"""A stand-in for clamd on loopback, which speaks enough of its protocol to be asked by the real client."""

from __future__ import annotations

import socketserver
import threading
from typing import Any

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.ThreadingTCPServer):
    """It finds EICAR, and does what *mood* says: answer, hang up, refuse large files, talk nonsense."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mood: str = "well") -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mood = mood
        self.seen: list[bytes] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """What the setting says."""
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        """One question."""
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
            if self.server.mood == "hangs up":
                return
        self.server.seen.append(content)
        self.wfile.write(self._answer(content))

    def _answer(self, content: bytes) -> bytes:
        if self.server.mood == "too small":
            return b"INSTREAM size limit exceeded. ERROR\0"
        if self.server.mood == "nonsense":
            return b"OK\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
