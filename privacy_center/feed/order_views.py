"""The door by which connected systems confirm an order."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, abort, request
from werkzeug.exceptions import RequestEntityTooLarge

from privacy_center.core import outbox
from privacy_center.core.access import open_to_all
from privacy_center.core.db import database
from privacy_center.core.limits import limiter
from privacy_center.feed import orders
from privacy_center.feed.signature import HEADER, Unsigned, check
from privacy_center.feed.views import answer, bp, say

LARGEST_STATUS = 16 * 1024
COMPLETED = "completed"


@bp.post("/api/v1/orders/<order>/status")
@open_to_all("Signed by the connected system that was told of the order.")
@limiter.limit("1200/minute")
def status(order: str) -> Response:
    """Note that the system that signs the call has done what it was told to."""
    if not outbox.connected():
        abort(404)
    request.max_content_length = LARGEST_STATUS
    try:
        body = request.get_data(cache=False)
        system = _signer(body)
    except RequestEntityTooLarge:
        return answer(413, f"Send at most {LARGEST_STATUS // 1024} KiB.")
    except Unsigned as why:
        return answer(401, str(why))
    if wrong := _wrong_with(body, order):
        return answer(422, wrong)
    with database.atomic():
        if "\0" in order or not orders.confirm(order.lower(), system):  # PostgreSQL can't even look for that
            return answer(404, "You were told of no order of that number.")
    return say(200, {"subject_request_id": order.lower(), "request_status": COMPLETED})


def _signer(body: bytes) -> str:
    """The connected system whose key signs the call; raises Unsigned when none does. Each is tried, so that the time tells nothing."""
    signers, why = [], Unsigned()
    for system in outbox.connected():
        try:
            check(system.key, request.headers.get(HEADER), body)
        except Unsigned as error:
            why = error
        else:
            signers.append(system.name)
    if not signers:
        raise why
    return signers[0]


def _wrong_with(body: bytes, order: str) -> str:
    """What is wrong with what a system says, in a sentence; empty when nothing is."""
    try:
        said: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        said = None
    if not isinstance(said, dict) or said.get("request_status") != COMPLETED:
        return f'Say {{"request_status":"{COMPLETED}"}} when it is done.'
    if str(said.get("subject_request_id", order)).lower() != order.lower():
        return "The subject_request_id in the body is not the one in the address."
    return ""
