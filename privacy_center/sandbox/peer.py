"""How the stand-in answers the centre when it was told not to answer well."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from flask import Response, jsonify, request

from privacy_center.sandbox.grants import ZAI


def fails(zai: ZAI) -> Response | None:
    """The answer of a provider in trouble; None when it is well, after waiting if it is slow."""
    if zai.is_told("down"):
        return Response("Service Unavailable", 503)
    if zai.is_told("slow"):
        time.sleep(zai.patience)
    if zai.is_told("trickle"):
        return Response(_slowly(zai.patience), mimetype="application/json")
    if zai.is_told("garbage"):
        return Response("<!doctype html><title>Maintenance</title>", mimetype="text/html")
    if zai.is_told("huge"):
        return jsonify(padding="x" * 1_000_000)
    if zai.is_told("redirect"):
        return Response(status=302, headers={"Location": f"{zai.place.address}/elsewhere"})
    return None


def _slowly(seconds: float) -> Iterator[bytes]:
    """One byte at a time, each in time, all together too late."""
    for _ in range(20):
        yield b" "
        time.sleep(seconds / 8)


def remember(zai: ZAI, said: dict[str, Any]) -> None:
    """Keep what the centre asked; of its secret only that there was one."""
    shown = {name: "(a secret)" if name == "client_secret" else value for name, value in said.items()}
    if "Authorization" in request.headers:
        shown["Authorization"] = request.headers["Authorization"].split(" ")[0] + " …"
    zai.remember(f"{request.method} {request.path}", shown)
