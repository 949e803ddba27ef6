"""Concluding a deletion: its receipt, and the moment its bytes were gone."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock
from privacy_center.core.db import is_sqlite
from privacy_center.datamap import policy, registry
from privacy_center.erasure import residue
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.models import Deletion
from privacy_center.erasure.proof import Receipt

FORMAT, FORMAT_OF_ERASURE = "zcode-deletion-receipt-1", "zcode-erasure-receipt-1"
# Receipts are written in English, so that one that is kept reads the same for ever; pages show these sentences in their own language.
ENGINES = {
    "overwritten": _l("Rows, search index and files are removed; freed pages are overwritten, the index is merged, the log truncated."),
    "sqlite": _l("Rows, search index and files are removed; the index is merged, the log truncated; what is left inside pages is overwritten as they fill."),
    "postgresql": _l("Rows, search index and files are removed and vacuumed; freed space is overwritten as it is used again."),
}
BACKUPS = _l("Encrypted backups are replaced within 35 days; the deletion is repeated before one is put back to use.")


def conclude(number: int) -> Receipt | None:
    """Issue the receipt of a deletion whose bytes are gone, and note that; None when it has one. In a transaction of the caller's."""
    now = clock.now()
    if not Deletion.update(purged_at=now, trouble=None).where((Deletion.id == number) & Deletion.purged_at.is_null()).execute():
        return None
    deletion = Deletion.get_by_id(number)
    receipt = Receipt.issue(User.get_by_id(deletion.user_id), body(deletion, now.isoformat(timespec="seconds")))
    Deletion.update(receipt=receipt).where(Deletion.id == number).execute()
    audit.write("deletion purged", actor="system", person=deletion.user_id, subject=f"deletion:{number}")
    return receipt


def conclude_erasure(number: int) -> Receipt | None:
    """Issue the receipt of an erasure whose bytes are gone, and note that; None when it has one. In a transaction of the caller's."""
    now = clock.now()
    if not Erasure.update(purged_at=now, trouble=None).where((Erasure.id == number) & Erasure.purged_at.is_null()).execute():
        return None
    erasure = Erasure.get_by_id(number)
    owner = None if erasure.whole else User.get_by_id(erasure.user_id)
    receipt = Receipt.issue(owner, body_of_erasure(erasure), code=erasure.code)
    audit.write("erasure done", actor="system", person=erasure.user_id, subject=erasure.matter)
    return receipt


def body_of_erasure(erasure: Erasure) -> dict[str, Any]:
    """What the receipt of an erasure says: of each kind how much was removed, made nameless and kept, of that why and until when."""
    kept = {each["table"]: each for each in erasure.kept}
    tables = sorted({*(table for table, number in erasure.removed.items() if number), *erasure.anonymised, *kept})
    decided, purged = (each.isoformat(timespec="seconds") for each in (erasure.decided_at, erasure.purged_at))
    return {
        "format": FORMAT_OF_ERASURE,
        "controller": {"name": policy.CONTROLLER.name, "address": policy.CONTROLLER.address, "contact": policy.CONTROLLER.contact},
        "scope": "account" if erasure.whole else "kinds",
        "asked_at": decided,
        "hidden_at": decided,
        "purged_at": purged,
        "what": [_line_of_erasure(table, erasure, kept.get(table)) for table in tables],
        "how": in_english(ENGINES["overwritten" if residue.overwrites() else "sqlite" if is_sqlite() else "postgresql"]),
        "backups": in_english(BACKUPS),
    }


def _line_of_erasure(table: str, erasure: Erasure, kept: dict[str, Any] | None) -> dict[str, Any]:
    """One kind of data."""
    said = {**line(table, erasure.removed.get(table, 0)), "anonymised": erasure.anonymised.get(table, 0)}
    if kept:
        said.update(kept=kept["kept"], kept_because=kept["kept_because"], kept_until=kept["kept_until"])
    return said


def body(deletion: Deletion, purged_at: str) -> dict[str, Any]:
    """What the receipt says: kinds and numbers, moments, who is responsible, how it was done."""
    return {
        "format": FORMAT,
        "controller": {"name": policy.CONTROLLER.name, "address": policy.CONTROLLER.address, "contact": policy.CONTROLLER.contact},
        "scope": deletion.scope,
        "asked_at": deletion.asked_at.isoformat(timespec="seconds"),
        "hidden_at": deletion.hidden_at.isoformat(timespec="seconds"),
        "purged_at": purged_at,
        "what": [line(table, count) for table, count in sorted(deletion.removed.items())],
        "how": in_english(ENGINES["overwritten" if residue.overwrites() else "sqlite" if is_sqlite() else "postgresql"]),
        "backups": in_english(BACKUPS),
    }


def line(table: str, count: int) -> dict[str, Any]:
    """One kind of record: how many were removed, anonymised, kept."""
    return {"table": table, "title": in_english(title_of_table(table) or table), "removed": count, "anonymised": 0, "kept": 0}


def in_english(words: Any) -> str:
    """Words of the house in the language of receipts."""
    with force_locale("en"):
        return str(words)


def title_of_table(table: str) -> Any:
    """What the data map calls a table, in the language of the page; None when there is no such table any more."""
    return next((said.title for model, said in registry.holdings() if model._meta.table_name == table), None)
