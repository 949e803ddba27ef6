"""A connected system on loopback, written from the contract alone: it verifies each call, and fails as it is told to."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from privacy_center.core import clock
from privacy_center.settings import ConnectedSystem

KEY = "key-of-a-connected-system-0123456789"


class Receiver:
    """What a system was told, in the order in which it took it."""

    def __init__(self, name: str = "Model training", key: str = KEY) -> None:
        self.key = key
        self.calls: list[bytes] = []
        self.forged: list[bytes] = []
        self.took: list[dict[str, Any]] = []
        self.behave: Callable[[Any, dict[str, Any]], bool] | None = None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._door())
        self.server.daemon_threads = True
        self.system = ConnectedSystem(name, f"http://127.0.0.1:{self.server.server_port}/orders", key)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Be down."""
        self.server.shutdown()
        self.server.server_close()

    @property
    def took_ids(self) -> Counter[str]:
        """How often it took each order."""
        return Counter(each["subject_request_id"] for each in self.took)

    def _door(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.calls.append(body)
                if not is_signed(receiver.key, self.headers["X-Signature"], body):
                    receiver.forged.append(body)
                    say(self, 401)
                    return
                said = json.loads(body)
                if receiver.behave and receiver.behave(self, said):
                    return
                receiver.took.append(said)
                say(self, 202)

            def do_GET(self) -> None:
                raise AssertionError("nobody may come here")

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Door


def is_signed(key: str, header: str, body: bytes) -> bool:
    """Whether the header signs the body, as feed.md has it."""
    parts = dict(part.split("=", 1) for part in header.split(","))
    wanted = hmac.new(key.encode(), parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, parts["v1"]) and abs(clock.now().timestamp() - int(parts["t"])) < 300


def say(door: Any, status: int, content: bytes = b"{}", **headers: str) -> bool:
    """Answer a call; True, so that it can be the end of a behaviour."""
    door.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
        door.send_header(name, value)
    door.end_headers()
    door.wfile.write(content)
    return True
