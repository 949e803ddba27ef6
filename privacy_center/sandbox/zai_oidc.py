"""The standard shape: discovery, keys, tokens and user information of OpenID Connect."""

from __future__ import annotations

import base64
import binascii
import time
from typing import Any
from urllib.parse import unquote_plus

import orjson
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import Blueprint, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey
from werkzeug.wrappers import Response

from privacy_center.sandbox.grants import Grant, new_key
from privacy_center.sandbox.peer import fails, remember
from privacy_center.sandbox.settings import CLIENT_ID, CLIENT_SECRET
from privacy_center.sandbox.zai import OPENID, zai

bp = Blueprint("zai_oidc", __name__)

LASTS = 300
ELSEWHERE = "https://elsewhere.example"


@bp.get("/.well-known/openid-configuration")
def discovery() -> Response:
    """Where everything is."""
    remember(zai(), {})
    address = zai().place.address
    return fails(zai()) or jsonify(
        issuer=ELSEWHERE if zai().is_told("wrong description") else address,
        authorization_endpoint=address + OPENID,
        token_endpoint=f"{address}/oidc/token",
        userinfo_endpoint=f"{address}/oidc/userinfo",
        jwks_uri=f"{address}/oidc/keys",
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        code_challenge_methods_supported=["S256"],
        token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post"],
        authorization_response_iss_parameter_supported=True,
    )


@bp.get("/oidc/keys")
def keys() -> Response:
    """The public half of the signing keys."""
    remember(zai(), {})
    return fails(zai()) or jsonify(zai().keys.as_dict(private=False))


@bp.post("/oidc/token")
def token() -> Response | tuple[Response, int]:
    """Exchange a code for tokens, once, for the client that can prove that it asked."""
    asked = request.form.to_dict()
    remember(zai(), asked)
    if failure := fails(zai()):
        return failure
    if _client(asked) != (CLIENT_ID, CLIENT_SECRET):
        return jsonify(error="invalid_client"), 401
    grant = zai().redeem(asked.get("code", ""))
    if grant is None or not _proves(grant, asked) or zai().is_told("refuse code"):
        return jsonify(error="invalid_grant"), 400
    return jsonify(access_token=zai().new_token(grant), token_type="Bearer", expires_in=LASTS, id_token=id_token(grant))  # noqa: S106


@bp.get("/oidc/userinfo")
def userinfo() -> Response | tuple[Response, int]:
    """Whom a token belongs to."""
    remember(zai(), {})
    if failure := fails(zai()):
        return failure
    grant = zai().bearer(request.headers.get("Authorization", ""))
    if grant is None:
        return jsonify(error="invalid_token"), 401
    subject = "zai-jun" if zai().is_told("other user") else grant.subject
    return jsonify(sub=subject, email_verified=True, **zai().profile(grant.subject))


def _client(asked: dict[str, str]) -> tuple[str, str]:
    """The client's name and secret, from the header or the form."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind != "Basic":
        return asked.get("client_id", ""), asked.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(value).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)


def _proves(grant: Grant, asked: dict[str, str]) -> bool:
    """Whether the code was asked for by whoever redeems it."""
    challenge = create_s256_code_challenge(asked.get("code_verifier", ""))
    return grant.asked.get("code_challenge") == challenge and grant.asked.get("redirect_uri") == asked.get("redirect_uri")


def id_token(grant: Grant) -> str:
    """The ID token, true or as false as was asked for."""
    if zai().is_told("unsigned"):
        return _encoded({"alg": "none"}) + "." + _encoded(claims(grant)) + "."
    if zai().is_told("shared secret"):
        return jwt.encode({"alg": "HS256"}, claims(grant), OctKey.import_key(CLIENT_SECRET), algorithms=["HS256"])
    if zai().is_told("new key"):
        zai().keys = KeySet([new_key()])
    published = zai().keys.keys[0]
    key = new_key() if zai().is_told("wrong signature") else published
    return jwt.encode({"alg": "RS256", "kid": published.kid}, claims(grant), key)


def claims(grant: Grant) -> dict[str, Any]:
    """What the ID token says. The e-mail address is in the user information only, as some providers have it."""
    now = int(time.time()) - (3600 if zai().is_told("expired") else 0)
    said: dict[str, Any] = {
        "iss": ELSEWHERE if zai().is_told("wrong issuer") else zai().place.address,
        "sub": grant.subject,
        "aud": "another-client" if zai().is_told("wrong audience") else CLIENT_ID,
        "iat": now,
        "exp": now + LASTS,
        "auth_time": grant.signed_in_at - (3600 if zai().is_told("old auth_time") else 0),
        "nonce": "another-nonce" if zai().is_told("wrong nonce") else grant.asked.get("nonce", ""),
    }
    if zai().is_told("two audiences"):
        said |= {"aud": [CLIENT_ID, "another-client"], "azp": "another-client"}
    if zai().is_told("unverified email"):
        said |= {"email": zai().profile(grant.subject).get("email"), "email_verified": False}
    for name, behaviour in (("sub", "no user id"), ("auth_time", "no auth_time")):
        if zai().is_told(behaviour):
            del said[name]
    return said


def _encoded(part: dict[str, Any]) -> str:
    """A part of a token without a signature."""
    return base64.urlsafe_b64encode(orjson.dumps(part)).decode().rstrip("=")
