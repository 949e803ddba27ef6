"""What an OpenID issuer publishes about itself: its endpoints and its keys, kept for an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from privacy_center.accounts.fetching import Peer
from privacy_center.accounts.identity import untrustworthy
from privacy_center.core import clock

KEPT = timedelta(hours=1)
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Directory:
    """The issuer's own description, fetched when needed and checked before it is believed."""

    def __init__(self, issuer: str, peer: Peer) -> None:
        self.issuer = issuer
        self.peer = peer
        self._metadata: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._fetched_at: datetime | None = None

    def metadata(self) -> dict[str, Any]:
        """The endpoints, at most an hour old."""
        if self._fetched_at is None or clock.now() - self._fetched_at > KEPT:
            self._metadata, self._keys, self._fetched_at = self._described(), None, clock.now()
        return self._metadata

    def keys_for(self, kid: str | None) -> KeySet:
        """The issuer's keys; fetched anew when none of them is called *kid*, as it will have a new one."""
        where, keys = self.metadata()["jwks_uri"], self._keys
        if keys is None or kid not in {None, *(key.kid for key in keys)}:
            keys = self._keys = self._published(where)
        return keys

    def _described(self) -> dict[str, Any]:
        """The description as it is now; it must speak of the issuer that our settings name, and of no other."""
        told = self.peer.ask("GET", self.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if not isinstance(told, dict) or told.get("issuer") != self.issuer:
            raise untrustworthy("describes itself as another issuer")
        for name in NEEDED:
            self.peer.check(told.get(name, ""))
        return told

    def _published(self, where: str) -> KeySet:
        """The keys as they are now."""
        told = self.peer.ask("GET", where)
        try:
            return KeySet.import_key_set(told)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise untrustworthy("publishes keys that can't be read") from error
