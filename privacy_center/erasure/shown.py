"""A receipt as pages show it, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from privacy_center.core.proof import digest_of
from privacy_center.erasure.models import SCOPES
from privacy_center.erasure.proof import Receipt
from privacy_center.erasure.receipts import FORMAT_OF_ERASURE, title_of_table

SCOPES_OF_ERASURES = {"account": _l("The whole account"), "kinds": _l("Kinds of data that were chosen")}


@dataclass(frozen=True)
class Line:
    """One kind of record, and what became of how many."""

    title: Any
    removed: int
    anonymised: int
    kept: int
    kept_because: str = ""
    kept_until: datetime | None = None


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

    of_erasure: bool = False

    @property
    def kept(self) -> list[Line]:
        """The kinds of which something is kept for a reason."""
        return [line for line in self.lines if line.kept and line.kept_because]

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
        scope=(SCOPES | SCOPES_OF_ERASURES).get(said["scope"], ""),
        of_erasure=said["format"] == FORMAT_OF_ERASURE,
        asked_at=datetime.fromisoformat(said["asked_at"]),
        hidden_at=datetime.fromisoformat(said["hidden_at"]),
        purged_at=datetime.fromisoformat(said["purged_at"]),
        lines=[_line(line) for line in said["what"]],
        how=gettext(how),
        backups=gettext(backups),
    )


def _line(said: dict[str, Any]) -> Line:
    """One kind of record."""
    until, because = said.get("kept_until"), said.get("kept_because")
    return Line(
        title=title_of_table(said["table"]) or said["title"],
        removed=said["removed"],
        anonymised=said["anonymised"],
        kept=said["kept"],
        kept_because=gettext(because) if because else "",
        kept_until=datetime.fromisoformat(until) if until else None,
    )
