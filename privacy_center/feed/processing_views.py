"""The door by which the product asks what it may do with somebody's data now."""

from __future__ import annotations

from flask import Response, abort, current_app, request

from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.feed import processing
from privacy_center.feed.signature import HEADER, Unsigned, check
from privacy_center.feed.views import answer, bp, say

LONGEST_USER_ID = 200


@bp.get("/api/v1/processing/<path:subject>")
@open_to_all("Signed by ZCode's back ends.")
@limiter.limit("6000/minute")
def may_process(subject: str) -> Response:
    """What the product may do with the data of one user now, per purpose."""
    settings = current_app.config["SETTINGS"]
    if not settings.feed_key:
        abort(404)
    if request.content_length or request.headers.get("Transfer-Encoding"):
        return answer(413, "Send no body, and sign an empty one.")
    try:
        check(settings.feed_key, request.headers.get(HEADER), b"")
    except Unsigned as why:
        return answer(401, str(why))
    if len(subject) > LONGEST_USER_ID or "\0" in subject:
        return answer(422, f"A Z.ai user id has at most {LONGEST_USER_ID} characters, and NUL is none of them.")
    return say(200, processing.answer(settings.zai_issuer, subject))
