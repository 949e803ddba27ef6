"""Standard OpenID Connect: discovery, PKCE, nonce, and an ID token that is checked before anybody is let in."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus, urlsplit

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from privacy_center.accounts.discovery import Directory
from privacy_center.accounts.fetching import Peer
from privacy_center.accounts.id_token import moment_of, verify
from privacy_center.accounts.identity import Identity, Trip, email_of, link_of, subject_of, text_of, untrustworthy
from privacy_center.accounts.origins import origin, origins
from privacy_center.accounts.troubles import Trouble
from privacy_center.settings import LOOPBACK, Settings

SCOPE = "openid email profile"


class OpenID:
    """Z.ai, or whoever stands in for it, as an OpenID provider."""

    proves_when = True

    def __init__(self, settings: Settings, redirect_uri: str) -> None:
        self.settings = settings
        self.redirect_uri = redirect_uri
        self.peer = Peer(near=urlsplit(settings.zai_issuer).hostname in LOOPBACK)
        self.directory = Directory(settings.zai_issuer, self.peer)

    def way_out(self, trip: Trip, *, again: bool) -> str:
        """The provider's sign-in page; *again* asks it to have the person sign in once more, whatever it remembers."""
        asked = {
            "response_type": "code",
            "client_id": self.settings.zai_client_id,
            "redirect_uri": self.redirect_uri,
            "scope": SCOPE,
            "state": trip.state,
            "nonce": trip.nonce,
            "code_challenge": create_s256_code_challenge(trip.code_verifier),
            "code_challenge_method": "S256",
        }
        if again:
            asked |= {"prompt": "login", "max_age": "0"}
        page = self.directory.metadata()["authorization_endpoint"]
        if origin(page) not in origins(self.settings):  # our forms could not lead there: the content policy names these only
            raise untrustworthy("has its sign-in page on a host that no setting names")
        return str(add_params_to_uri(page, list(asked.items())))

    def identify(self, answer: Mapping[str, str], trip: Trip) -> Identity:
        """Exchange the code, verify the ID token, and ask for the e-mail address if the token lacks it."""
        self._check_sender(answer)
        tokens = self._exchange(answer["code"], trip)
        claims = verify(tokens.get("id_token"), self.directory, client_id=self.settings.zai_client_id, nonce=trip.nonce)
        subject = subject_of(claims["sub"])
        if "email" not in claims:
            claims = {**self._ask_more(tokens.get("access_token"), subject), **claims}
        return Identity(
            subject=subject,
            email=email_of(claims.get("email")) if claims.get("email_verified") is not False else None,
            name=text_of(claims.get("name")) or text_of(claims.get("preferred_username")),
            avatar_url=link_of(claims.get("picture")),
            signed_in_at=moment_of(claims.get("auth_time")),
            email_proved=claims.get("email_verified") is True,
        )

    def _check_sender(self, answer: Mapping[str, str]) -> None:
        """Where the answer names its sender (RFC 9207), it must be the issuer; where it should and doesn't, that's wrong too."""
        promised = self.directory.metadata().get("authorization_response_iss_parameter_supported") is True
        if (promised or "iss" in answer) and answer.get("iss") != self.settings.zai_issuer:
            raise untrustworthy("the answer comes from another issuer")

    def _exchange(self, code: str, trip: Trip) -> dict[str, Any]:
        """The tokens for a code; they are used in this request and not kept."""
        metadata = self.directory.metadata()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect_uri, "code_verifier": trip.code_verifier}
        headers = {}
        if "client_secret_basic" in metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            headers["Authorization"] = _basic(self.settings.zai_client_id, self.settings.zai_client_secret)
        else:
            form |= {"client_id": self.settings.zai_client_id, "client_secret": self.settings.zai_client_secret}
        tokens = self.peer.ask("POST", metadata["token_endpoint"], headers=headers, data=form)
        if not isinstance(tokens, dict):
            raise untrustworthy("the token endpoint answered with something else")
        return tokens

    def _ask_more(self, token: Any, subject: str) -> dict[str, Any]:
        """What the provider adds about the same person; nothing, if it can't say just now."""
        where = self.directory.metadata().get("userinfo_endpoint")
        if not where or not isinstance(token, str) or not token.isascii() or not token.isprintable():
            return {}
        try:
            told = self.peer.ask("GET", where, headers={"Authorization": f"Bearer {token}"})
        except Trouble:
            return {}
        if not isinstance(told, dict) or told.get("sub") != subject:
            raise untrustworthy("the user information is about somebody else")
        return told


def _basic(client_id: str, secret: str) -> str:
    """The client's name and secret for the header, each encoded first (RFC 6749, 2.3.1)."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return "Basic " + base64.b64encode(pair.encode()).decode()
