"""A receipt as pages show it, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext

from privacy_center.core.proof import digest_of
from privacy_center.erasure.models import SCOPES
from privacy_center.erasure.proof import Receipt
from privacy_center.erasure.receipts import title_of_table


@dataclass(frozen=True)
class Line:
    """One kind of record, and what became of how many."""

    title: Any
    removed: int
    anonymised: int
    kept: int


@dataclass(frozen=True)
class Shown:
    """What a receipt says."""

    code: str
    digest: str
    genuine: bool
    controller: str
    scope: Any
    asked_at: datetime
    hidden_at: datetime
    purged_at: datetime
    lines: list[Line]
    how: str
    backups: str

    @property
    def anonymised(self) -> int:
        """How many records were anonymised rather than removed."""
        return sum(line.anonymised for line in self.lines)


def shown(receipt: Receipt) -> Shown:
    """The receipt in words; its sentences are of the house and have translations, its numbers are its own."""
    said: Any = receipt.body
    how, backups = said["how"], said["backups"]
    return Shown(
        code=receipt.code,
        digest=receipt.digest,
        genuine=digest_of(said) == receipt.digest,
        controller=said["controller"]["name"],
        scope=SCOPES.get(said["scope"], ""),
        asked_at=datetime.fromisoformat(said["asked_at"]),
        hidden_at=datetime.fromisoformat(said["hidden_at"]),
        purged_at=datetime.fromisoformat(said["purged_at"]),
        lines=[Line(title_of_table(line["table"]) or line["title"], line["removed"], line["anonymised"], line["kept"]) for line in said["what"]],
        how=gettext(how),
        backups=gettext(backups),
    )
