"""Z.ai's own shape: ZCode's broker exchanges codes for an envelope, and Z.ai says whom a token belongs to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from privacy_center.sandbox.peer import fails, remember
from privacy_center.sandbox.zai import zai

bp = Blueprint("zai_broker", __name__)

LASTS = 3600


@bp.post("/api/v1/oauth/token")
def token() -> Response:
    """Exchange a code; an error, too, comes in an envelope, with status 200."""
    asked = request.get_json(silent=True)
    asked = asked if isinstance(asked, dict) else {}
    remember(zai(), asked)
    if failure := fails(zai()):
        return failure
    grant = zai().redeem(str(asked.get("code", "")))
    fits = grant and all(grant.asked.get(name) == asked.get(name) for name in ("redirect_uri", "state"))
    if not fits or asked.get("provider") != "zai" or zai().is_told("refuse code"):
        return jsonify(code=1001, msg="invalid code", data=None)
    assert grant is not None
    user = {"user_id": grant.subject, **_named(zai().profile(grant.subject))}
    if zai().is_told("no user id"):
        del user["user_id"]
    access_token = zai().new_token(grant)
    return jsonify(code=0, msg="ok", data={"token": "of ZCode’s own", "zai": {"access_token": access_token}, "expires_in": LASTS, "user": user})


@bp.get("/api/oauth/userinfo")
def userinfo() -> Response | tuple[Response, int]:
    """Whom a token belongs to."""
    remember(zai(), {})
    if failure := fails(zai()):
        return failure
    grant = zai().bearer(request.headers.get("Authorization", ""))
    if grant is None:
        return jsonify(code=401, msg="unauthorized", data=None), 401
    subject = "zai-jun" if zai().is_told("other user") else grant.subject
    told: dict[str, Any] = {"id": subject, **_named(zai().profile(grant.subject))}
    if zai().is_told("no user id"):
        del told["id"]
    return jsonify(code=0, msg="ok", data=told)


def _named(profile: dict[str, str]) -> dict[str, str]:
    """The profile under the broker's names."""
    return {"email": profile.get("email", ""), "name": profile.get("name", ""), "avatar": ""}
