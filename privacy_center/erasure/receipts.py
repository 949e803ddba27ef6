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
from privacy_center.erasure.models import Deletion
from privacy_center.erasure.proof import Receipt

FORMAT = "zcode-deletion-receipt-1"
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
