"""What may be an e-mail address, which mailbox it means, and how it is shown to somebody who may not be its owner."""

from __future__ import annotations

import ipaddress
import re
import unicodedata

from flask import has_request_context, request

from privacy_center.core import tokens

LONGEST_LOCAL, LONGEST = 64, 254
# As people have them: no quotes, no comments, no bare hosts. What a mail server makes of it is found out by writing to it.
LOCAL = re.compile(r"[^\s@\"(),:;<>\[\\\]]+")
HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))+")


def address_of(typed: str) -> str | None:
    """The address in what was typed, with its host in lower case; None when mail can't be sent to it."""
    text = unicodedata.normalize("NFKC", typed).strip().removeprefix("mailto:")
    local, at, host = text.rpartition("@")
    if not at or not all(each.isprintable() for each in text) or not LOCAL.fullmatch(local) or not HOST.fullmatch(host):
        return None
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return None
    try:
        plain = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    whole = f"{local}@{plain}"
    return whole if len(local.encode()) <= LONGEST_LOCAL and len(whole.encode()) <= LONGEST else None


def mailbox_of(address: str) -> str:
    """A keyed digest of the mailbox that an address most likely means: capitals and what follows a plus make no other."""
    local, _at, host = address.casefold().rpartition("@")
    return tokens.keyed_digest("mailbox", f"{local.partition('+')[0] or local}@{host}")


def origin_here() -> str:
    """A keyed digest of where this request comes from: the internet address, or the network of a home for version 6; empty outside of requests."""
    if not has_request_context() or not request.remote_addr:
        return ""
    return tokens.keyed_digest("origin", _network(request.remote_addr))


def _network(text: str) -> str:
    """The part of an internet address that one person can't change at will."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def veiled(address: str) -> str:
    """An address that its owner recognises and nobody else learns: m…@e….com"""
    local, _at, host = address.partition("@")
    name, _dot, ending = host.rpartition(".")
    return f"{local[:1]}…@{name[:1]}….{ending}"
