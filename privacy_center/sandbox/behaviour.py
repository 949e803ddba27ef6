"""The ways in which the stand-in for Z.ai can be told to fail, each as a real provider might."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Behaviour:
    """One way to behave: its name in the form, and what it does."""

    name: str
    words: str


HONEST = "honest"

BEHAVIOURS = (
    Behaviour(HONEST, "Answer as Z.ai should"),
    Behaviour("deny", "Send people back as if they had pressed Cancel (access_denied)"),
    Behaviour("error", "Send people back with server_error"),
    Behaviour("busy", "Send people back with temporarily_unavailable"),
    Behaviour("down", "Answer the centre with 503"),
    Behaviour("slow", "Keep the centre waiting longer than it will"),
    Behaviour("trickle", "Answer the centre byte by byte"),
    Behaviour("garbage", "Answer the centre with something that is not JSON"),
    Behaviour("huge", "Answer the centre with a megabyte"),
    Behaviour("redirect", "Send the centre somewhere else"),
    Behaviour("refuse code", "Refuse the code (invalid_grant, or an envelope whose code is not 0)"),
    Behaviour("no user id", "Leave out the user id"),
    Behaviour("no email", "Leave out the e-mail address"),
    Behaviour("new email", "Name a new e-mail address"),
    Behaviour("unverified email", "Say that the e-mail address is not verified (OpenID)"),
    Behaviour("wrong issuer", "Name another issuer in the ID token (OpenID)"),
    Behaviour("wrong description", "Name another issuer in the discovery document (OpenID)"),
    Behaviour("wrong sender", "Name another sender on the way back (OpenID)"),
    Behaviour("wrong audience", "Make the ID token for another client (OpenID)"),
    Behaviour("two audiences", "Make the ID token for us and another client, which asked for it (OpenID)"),
    Behaviour("wrong nonce", "Put another nonce into the ID token (OpenID)"),
    Behaviour("wrong signature", "Sign the ID token with a key that is not published (OpenID)"),
    Behaviour("unsigned", "Don’t sign the ID token at all (OpenID)"),
    Behaviour("shared secret", "Sign the ID token with the client’s secret (OpenID)"),
    Behaviour("expired", "Make an ID token that ran out an hour ago (OpenID)"),
    Behaviour("other user", "Let the user information be about somebody else"),
    Behaviour("no auth_time", "Don’t say when the person signed in (OpenID)"),
    Behaviour("old auth_time", "Say that the person signed in an hour ago (OpenID)"),
    Behaviour("new key", "Sign with a new key each time (OpenID)"),
)
NAMES = frozenset(each.name for each in BEHAVIOURS)
