"""The door of the double of Stripe: who may ask, one answer a key, and trouble on demand."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.subscription.double_answers import Fields, Refusal

KEY = "sk_test_of_the_tests"


def door_of(double: Any) -> type[BaseHTTPRequestHandler]:
    """The door that leads to *double*."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def go(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            said = {name: values[-1] for name, values in parse_qs(parts.query + "&" + body, keep_blank_values=True).items()}
            call = f"{self.command} {parts.path}"
            double.calls.append(call)
            double.sent.append({"call": call, **said, "key": self.headers.get("Idempotency-Key")})
            if double.behave and double.behave(self, call, said):
                return
            self.answer(call, said)

        def answer(self, call: str, said: Fields) -> None:
            key = self.headers.get("Idempotency-Key") or ""
            if key in double.answers:
                say(self, *double.answers[key])
                return
            method, _space, path = call.partition(" ")
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                say(self, 401, b'{"error":{"type":"invalid_request_error","message":"Invalid API Key provided"}}')
                return
            try:
                status, content = 200, json.dumps(double.answer(method, path, said)).encode()
            except Refusal as refusal:
                status, content = refusal.status, json.dumps(refusal.body).encode()
            if double.after and (broken := double.after(call)):
                status, content = broken, b'{"error":{"type":"api_error","message":"An unknown error occurred"}}'
            if key:
                double.answers[key] = (status, content)
            say(self, status, content)

        do_GET = do_POST = do_DELETE = go

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Door


def say(door: Any, status: int, content: bytes = b"{}", **headers: str) -> bool:
    """Answer a call; True, so that it can be the end of a behaviour."""
    door.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), "Request-Id": "req_1", **headers}.items():
        door.send_header(name, value)
    door.end_headers()
    door.wfile.write(content)
    return True
