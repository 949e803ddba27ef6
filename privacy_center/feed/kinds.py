"""The kinds of values that fields of the feed take: each reads one value, or says in words what it must be."""

from __future__ import annotations

import base64
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from privacy_center.core.db import microseconds

MOST_WHOLE = 2**63 - 1
EARLIEST, LATEST = (microseconds(datetime(year, 1, 1, tzinfo=UTC)) for year in (1970, 2100))
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)


class Wrong(Exception):
    """Values are not what their fields take: for each the way to the field, and words that go on from there ("must be …")."""

    def __init__(self, words: str = "", path: str = "") -> None:
        super().__init__(words)
        self.problems = [(path, words)] if words else []

    def add(self, inside: Wrong, name: str = "") -> None:
        """Take over what is wrong inside the field *name*."""
        for path, words in inside.problems:
            joint = "." if name and path and not path.startswith("[") else ""
            self.problems.append((f"{name}{joint}{path}", words))

    def __str__(self) -> str:
        return "; ".join(f"{path} {words}".strip() for path, words in self.problems)


@dataclass(frozen=True)
class Kind:
    """One kind of value: what it is called, and the function that reads it, raising Wrong."""

    words: str
    read: Callable[[Any], Any]


def text(most: int | None = None, least: int = 0) -> Kind:
    """Text, with bounds in characters."""
    bounds = f" of {least} to {most} characters" if least and most else f" of at most {most} characters" if most else ""
    words = f"text{bounds}"

    def read(value: Any) -> str:
        if type(value) is not str or len(value) < least or (most is not None and len(value) > most):
            raise Wrong(f"must be {words}")
        return value

    return Kind(words, read)


def shaped(pattern: str, words: str, most: int | None = None, then: Callable[[str], str] = str) -> Kind:
    """Text of a certain shape, as *words* call it; *then* writes it as it is kept."""
    shape = re.compile(pattern, re.ASCII)

    def read(value: Any) -> str:
        if type(value) is not str or (most is not None and len(value) > most) or not shape.fullmatch(value):
            raise Wrong(f"must be {words}")
        return then(value)

    return Kind(words, read)


def one_of(*names: str) -> Kind:
    """One of a few words."""
    allowed, words = frozenset(names), f"one of {', '.join(names)}"

    def read(value: Any) -> str:
        if type(value) is not str or value not in allowed:
            raise Wrong(f"must be {words}")
        return value

    return Kind(words, read)


def whole(most: int = MOST_WHOLE) -> Kind:
    """A whole number from 0 on; true and false are none, and neither is 1.0."""
    words = f"a whole number from 0 to {most}"

    def read(value: Any) -> int:
        if type(value) is not int or not 0 <= value <= most:
            raise Wrong(f"must be {words}")
        return value

    return Kind(words, read)


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise Wrong("must be true or false")
    return value


def _text_or_number(value: Any) -> str | int | float:
    if type(value) not in (str, int, float):
        raise Wrong("must be text or a number")
    return value  # type: ignore[no-any-return]


def _address(value: Any) -> str:
    try:
        if type(value) is str and len(value) <= 60:
            ipaddress.ip_address(value)
            return value
    except ValueError:
        pass
    raise Wrong("must be an internet address, of version 4 or 6")


def _time(value: Any) -> int:
    """A time of RFC 3339 as microseconds since 1970."""
    if type(value) is not str or not TIME.fullmatch(value):
        raise Wrong(f"must be {MOMENT.words}")
    leap = value[17:19] == "60"  # a leap second has no number of its own; the next second stands for it
    try:
        said = datetime.fromisoformat((value[:17] + "59" + value[19:] if leap else value).upper())
    except ValueError:
        raise Wrong(f"must be {MOMENT.words}") from None
    moment = microseconds(said) + leap * 1_000_000
    if not EARLIEST <= moment < LATEST:
        raise Wrong("must lie in the years 1970 to 2099")
    return moment


def _contents(value: Any) -> bytes:
    try:
        if type(value) is str:
            return base64.b64decode(value, validate=True)
    except ValueError:
        pass
    raise Wrong("must be base64")


TEXT = text()
ID = text(200, least=1)
NAME_OF_MODEL = text(200)
WORKSPACE = text(500)  # it is part of an index, whose entries have a bound on PostgreSQL
FLAG = Kind("true or false", _flag)
MOMENT = Kind("a time as RFC 3339 has it, with its offset, like 2026-11-01T12:00:00Z", _time)
SIZE = whole()
COUNT = whole(2**31 - 1)
MONEY = shaped(r"-?\d{1,15}(\.\d{1,8})?", 'an amount as decimal text, like "18.00"')
CURRENCY = shaped(r"[A-Z]{3}", "a currency of ISO 4217, like USD")
COUNTRY = shaped(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", "a country of ISO 3166-1, perhaps with its subdivision, like SG or US-CA")
LANGUAGE = shaped(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", "a language tag of BCP 47, like en or zh-Hans", most=35)
EMAIL = shaped(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+", "an e-mail address", most=320)
WEB_ADDRESS = shaped(r"https?://[^\s\x00-\x1f]+", "a web address that begins with https:// or http://")
SHA256 = shaped(r"[0-9a-fA-F]{64}", "64 hexadecimal digits", then=str.lower)
IP_ADDRESS = Kind("an internet address", _address)
TEXT_OR_NUMBER = Kind("text or a number", _text_or_number)
CONTENTS = Kind("base64", _contents)
