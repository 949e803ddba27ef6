"""What makes a receipt provable: a code that a person can read out, and a digest that anybody can compute again."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import orjson
from flask import Response
from flask_babel import gettext

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that can be misread


def new_code(kind: str) -> str:
    """A code of 78 random bits, after the two letters of its kind: DR-7K4M-92QX-PTWD-83HK."""
    drawn = "".join(secrets.choice(CODE_ALPHABET) for _ in range(16))
    return "-".join([kind, *(drawn[at : at + 4] for at in range(0, 16, 4))])


def digest_of(body: dict[str, Any]) -> str:
    """SHA-256 of the body as JSON with sorted keys and no spaces, in UTF-8; anybody can compute it again."""
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def as_file(part: str, body: dict[str, Any], digest: str, name: str) -> Response:
    """A receipt as a JSON file to keep, called *name*: what it says under *part*, its digest, and how anybody can compute that again."""
    how = gettext(
        "The hash is SHA-256 of “%(part)s”, written as JSON with sorted keys and without spaces, in UTF-8: jq -cSj .%(part)s FILE | sha256sum", part=part
    )
    said = orjson.dumps({part: body, "sha256": digest, "how_to_check": how}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    answer = Response(said, content_type="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
