"""Brings into the ledger what must be erased again after a backup was put back, and the receipts that must stay valid.

Every erasure leaves tombstones: of an account, of each conversation and file, of a kind of data up to a moment. They are what
the ledger holds, so there is one text of what was erased and not two. A receipt is issued only when its tombstones are there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from privacy_center.accounts.models import ALL, Tombstone
from privacy_center.core import clock, ledger
from privacy_center.core.db import among, database, give_way, microseconds
from privacy_center.erasure.proof import Receipt

AT_ONCE = 1_000


def note(heartbeat: Callable[[], None] = lambda: None) -> int:
    """Add what the ledger does not have yet, and note that; returns how many entries. Killed in between, it adds them again."""
    return _note_tombstones(heartbeat) + _note_receipts(heartbeat)


def _note_tombstones(heartbeat: Callable[[], None]) -> int:
    """Tombstones, oldest first."""
    count = 0
    while some := list(Tombstone.select().where(Tombstone.noted_at.is_null()).order_by(Tombstone.id).limit(AT_ONCE)):
        ledger.add({"tombstone": [each.kind, each.digest, microseconds(each.raised_at)]} for each in some)
        with database.atomic():
            _mark("tombstone", [each.id for each in some if not each.kind.startswith(ALL)])
            for each in (each for each in some if each.kind.startswith(ALL)):  # which may have been moved on meanwhile
                same = (Tombstone.id == each.id) & (Tombstone.raised_at == each.raised_at)
                Tombstone.update(noted_at=clock.now()).where(same).execute()
        count += len(some)
        heartbeat()
        give_way()
    return count


def _note_receipts(heartbeat: Callable[[], None]) -> int:
    """Receipts, without whose they are."""
    count = 0
    while some := list(Receipt.select().where(Receipt.noted_at.is_null()).order_by(Receipt.id).limit(AT_ONCE)):
        ledger.add({"receipt": _said(each)} for each in some)
        _mark("receipt", [each.id for each in some])
        count += len(some)
        heartbeat()
        give_way()
    return count


def _said(receipt: Receipt) -> dict[str, Any]:
    """What a receipt says, and what proves it."""
    return {"code": receipt.code, "issued_at": microseconds(receipt.issued_at), "body": receipt.body, "digest": receipt.digest}


def _mark(table: str, numbers: list[int]) -> None:
    """Note that the ledger has these rows."""
    condition, given = among("id", numbers)
    sql = f"UPDATE {table} SET noted_at = ? WHERE {condition}"  # noqa: S608 - names of ours
    if numbers:
        database.execute_sql(sql.replace("?", database.param), (microseconds(clock.now()), given))
