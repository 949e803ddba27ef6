"""The feed's door for ZCode's back ends: signed calls that bring records."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Any

import orjson
from flask import Blueprint, Response, abort, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from privacy_center.core.access import open_to_all
from privacy_center.feed.ingest import Outcome, ingest
from privacy_center.feed.lines import MEBIBYTE, lines_of
from privacy_center.feed.reading import Refusal
from privacy_center.feed.signature import HEADER, Check, Unsigned

bp = Blueprint("feed", __name__)

LARGEST_CALL = 64 * MEBIBYTE
NDJSON = "application/x-ndjson"
IN_MEMORY = MEBIBYTE  # a larger body waits in a file


@bp.post("/api/v1/records")
@open_to_all("Signed by ZCode's back ends.")
def records() -> Response:
    """Store the records of a signed call, and answer what became of each line."""
    key = current_app.config["SETTINGS"].feed_key
    if not key:
        abort(404)
    if request.mimetype != NDJSON or request.content_encoding:
        return answer(415, f"Send the records as {NDJSON}, not compressed.")
    request.max_content_length = LARGEST_CALL
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        try:
            _receive(body, Check(key, request.headers.get(HEADER)))
        except Unsigned as why:
            return answer(401, str(why))
        except RequestEntityTooLarge:
            return answer(413, f"Send at most {LARGEST_CALL // MEBIBYTE} MiB a call. Nothing was stored.")
        return _take(body)


def _receive(body: IO[bytes], check: Check) -> None:
    """Read the whole body into a file, and raise Unsigned unless it is signed; nothing of it is looked at before."""
    while piece := request.stream.read(MEBIBYTE):
        check.add(piece)
        body.write(piece)
    check.finish()
    body.seek(0)


def _take(body: Any) -> Response:
    """Store the lines; the refusals wait in a file, so that memory is flat however many there are."""
    refusals = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it when it has been sent

    def keep(refusal: Refusal) -> None:
        refusals.write((b"," if refusals.tell() else b"") + orjson.dumps(refusal))

    try:
        outcome = ingest(lines_of(body), issuer=current_app.config["SETTINGS"].zai_issuer, on_refusal=keep)
    except BaseException:
        refusals.close()
        raise
    answer = Response(_told(outcome, refusals), content_type="application/json")
    answer.call_on_close(refusals.close)
    return answer


def _told(outcome: Outcome, refusals: IO[bytes]) -> Iterator[bytes]:
    """The answer, piece by piece."""
    yield f'{{"stored":{outcome.stored},"unchanged":{outcome.unchanged},"refused":['.encode()
    refusals.seek(0)
    while piece := refusals.read(MEBIBYTE):
        yield piece
    yield b"]}\n"


def answer(status: int, sentence: str) -> Response:
    """A refusal of the whole call."""
    return say(status, {"error": sentence})


def say(status: int, said: dict[str, Any]) -> Response:
    """An answer for a machine."""
    return Response(orjson.dumps(said), status, content_type="application/json")
