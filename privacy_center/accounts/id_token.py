"""The ID token, believed only after everything in it that could be wrong has been looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwt import JWTClaimsRegistry

from privacy_center.accounts.discovery import Directory
from privacy_center.accounts.identity import untrustworthy
from privacy_center.core import clock

# Signatures by a key that only the issuer has; `none`, and HMAC with a shared secret, are not among them.
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
LEEWAY = 30  # seconds that our clock and theirs may differ


def verify(token: Any, directory: Directory, *, client_id: str, nonce: str) -> dict[str, Any]:
    """The claims of a token that this issuer made for us, now, for this very trip; raises Trouble otherwise."""
    claims = _signed(token, directory)
    registry = JWTClaimsRegistry(
        now=int(clock.now().timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": directory.issuer},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        registry.validate(claims)
    except JoseError as error:
        raise untrustworthy(f"a claim of the ID token does not hold: {getattr(error, 'claim', error.error)}") from error
    _check_audience(claims, client_id)
    return claims


def _signed(token: Any, directory: Directory) -> dict[str, Any]:
    """The claims, if a key of the issuer's has signed them."""
    if not isinstance(token, str):
        raise untrustworthy("there is no ID token")
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
        keys = directory.keys_for(kid if isinstance(kid, str) else None)
        return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError, TypeError, KeyError, orjson.JSONDecodeError) as error:
        raise untrustworthy(f"the ID token is not signed by the issuer: {type(error).__name__}") from error


def _check_audience(claims: dict[str, Any], client_id: str) -> None:
    """The token must be made for us; if for others as well, then asked for by us."""
    audience = claims.get("aud")
    everybody = [audience] if isinstance(audience, str) else audience
    if not isinstance(everybody, list) or client_id not in everybody:
        raise untrustworthy("the ID token is for somebody else")
    if (len(everybody) > 1 or "azp" in claims) and claims.get("azp") != client_id:
        raise untrustworthy("the ID token was asked for by somebody else")


def moment_of(value: Any) -> datetime | None:
    """A time claim as a moment; None when it is missing or is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 32_503_680_000:
        return None
    return datetime.fromtimestamp(value, UTC)
