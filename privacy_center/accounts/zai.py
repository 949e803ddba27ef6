"""Z.ai's own sign-in: a code that ZCode's broker exchanges for an envelope. It knows no scope, no PKCE and no nonce."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from authlib.common.urls import add_params_to_uri

from privacy_center.accounts.fetching import Peer
from privacy_center.accounts.identity import Identity, Trip, email_of, link_of, subject_of, text_of, untrustworthy
from privacy_center.accounts.troubles import Kind, Trouble
from privacy_center.settings import LOOPBACK, Settings

# Z.ai and its clients call the same things by these names.
SUBJECT = ("sub", "user_id", "id", "customerNumber")
NAME = ("name", "username", "preferred_username", "displayName")
PICTURE = ("picture", "avatar")
GOOD = (0, 200)


class Broker:
    """Z.ai as ZCode itself signs in to it."""

    proves_when = False

    def __init__(self, settings: Settings, redirect_uri: str) -> None:
        self.settings = settings
        self.redirect_uri = redirect_uri
        self.peer = Peer(near=urlsplit(settings.zai_token_url).hostname in LOOPBACK)

    def way_out(self, trip: Trip, *, again: bool) -> str:
        """Z.ai's sign-in page; *again* changes nothing, because this shape has no word for it."""
        asked = {"redirect_uri": self.redirect_uri, "response_type": "code", "client_id": self.settings.zai_client_id, "state": trip.state}
        return str(add_params_to_uri(self.settings.zai_authorize_url, list(asked.items())))

    def identify(self, answer: Mapping[str, str], trip: Trip) -> Identity:
        """Exchange the code with the broker, and ask for what its answer lacks."""
        exchanged = self._exchange(answer["code"], trip)
        told, token = _inner(exchanged, "user"), _token(exchanged)
        known = _first(told, SUBJECT)
        if token and (known is None or email_of(told.get("email")) is None):
            more = self._ask_who(token, known)
            told = {**more, **{name: value for name, value in told.items() if value}}
        return _identity(told)

    def _exchange(self, code: str, trip: Trip) -> dict[str, Any]:
        """What the broker gives for a code."""
        asked = {"provider": "zai", "code": code, "redirect_uri": self.redirect_uri, "state": trip.state}
        return _opened(self.peer.ask("POST", self.settings.zai_token_url, json=asked))

    def _ask_who(self, token: str, known: Any) -> dict[str, Any]:
        """What Z.ai says about whom the token belongs to, with or without an envelope; nothing, if it can't say and we *know* who it is."""
        try:
            told = self.peer.ask("GET", self.settings.zai_userinfo_url, headers={"Authorization": f"Bearer {token}"})
            more = _opened(told) if not isinstance(told, dict) or "code" in told else told
        except Trouble:
            if known is None:
                raise
            return {}
        if known is not None and str(known) != str(_first(more, SUBJECT)):
            raise untrustworthy("answers for another user")
        return more


def _opened(envelope: Any) -> dict[str, Any]:
    """What lies in an envelope; raises Trouble unless its code says that all is well."""
    code = envelope.get("code") if isinstance(envelope, dict) else None
    if not isinstance(code, int) or isinstance(code, bool):
        raise untrustworthy("there is no envelope")
    if code not in GOOD:
        raise Trouble(Kind.REFUSED, f"the envelope reports the error {code}")
    data = envelope.get("data")
    if not isinstance(data, dict):
        raise untrustworthy("the envelope is empty")
    return data


def _inner(data: dict[str, Any], name: str) -> dict[str, Any]:
    """An object inside another; an empty one if there is none."""
    inner = data.get(name)
    return inner if isinstance(inner, dict) else {}


def _token(exchanged: dict[str, Any]) -> str | None:
    """Z.ai's access token, used once and not kept; one that could break a header is none."""
    token = _inner(exchanged, "zai").get("access_token")
    return token if isinstance(token, str) and token.isascii() and token.isprintable() else None


def _first(told: dict[str, Any], names: tuple[str, ...]) -> Any:
    """The first of the names that has a value."""
    return next((told[name] for name in names if told.get(name) not in (None, "")), None)


def _identity(told: dict[str, Any]) -> Identity:
    """The identity in an answer of Z.ai's, whichever names it uses."""
    return Identity(
        subject=subject_of(_first(told, SUBJECT)),
        email=email_of(told.get("email")),
        name=text_of(_first(told, NAME)),
        avatar_url=link_of(_first(told, PICTURE)),
    )
