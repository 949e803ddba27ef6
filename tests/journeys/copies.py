"""Cora, Ben and Wim, who take copies: of every state that a copy can be in, one of them has one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.jobs import Job
from privacy_center.datamap.words import Category
from privacy_center.exports.asking import BUILD
from privacy_center.exports.models import KEPT, Export
from tests import makers

CORA, BEN, WIM = "zai-cora", "zai-ben", "zai-wim"
NAMES = {CORA: "Cora Vidal", BEN: "Ben Okoro", WIM: "Wim de Graaf"}
SAID = {"categories": [each.value for each in Category], "language": "en"}
# The copies of Cora's that are not there any more, each known by the day on which it was asked for.
OVER: dict[str, dict[str, Any]] = {
    "1 May 2019": {"state": "failed", "trouble": "full"},
    "2 May 2019": {"state": "failed", "trouble": "store"},
    "3 May 2019": {"state": "failed", "trouble": "again"},
    "4 May 2019": {"state": "failed", "trouble": "crashed"},
    "5 May 2019": {"state": "cancelled", "categories": [Category.CONTENT.value], "with_files": False, "since": datetime(2018, 1, 1, tzinfo=UTC)},
    "6 May 2019": {"state": "deleted", "size": 209_000_000},
    "7 May 2019": {"state": "withdrawn", "size": 209_500_000},
    "8 May 2019": {"state": "expired", "size": 148_000_000, "counts": {"conversation": 1_100, "message": 18_004, "usage_event": 40_000}},
}
NOW_HELD = {"conversation": 1_284, "message": 20_417, "usage_event": 39_120, "users": 1}
FULL = sum(NOW_HELD.values())


def records() -> Iterator[dict[str, Any]]:
    """What the product has sent about them."""
    for who, name in NAMES.items():
        yield makers.line("user", user=who, id=who, email=f"{who}@example.com", name=name, country="ES", language="en")
        yield makers.line("conversation", user=who, id=f"{who}-harbour", title="The harbour at night")


def tell(issuer: str) -> None:
    """Write their copies into the database that is open, so that nobody goes on with those that are being made."""
    cora, ben, wim = (User.open(issuer, who) for who in NAMES)
    for day, fields in OVER.items():
        asked = datetime(2019, 5, int(day.split()[0]), 9, 30, tzinfo=UTC)
        ready = {"ready_at": asked, "expires_at": asked + KEPT, "sha256": "0f" * 32} if "size" in fields else {}
        Export.create(user=cora, asked_at=asked, ended_at=asked, **{**SAID, **ready, **fields})
    now = clock.now()
    there = {"state": "ready", "ready_at": now, "seen_at": now, "expires_at": now + KEPT, "size": 214_600_000, "sha256": "9f3c71abe04d55d2" * 4}
    Export.create(user=cora, **SAID, **there, counts=NOW_HELD, total=FULL, done=FULL, missing=3, storage_key="exports/nowhere.zip")
    building = Export.create(user=ben, **SAID, state="building", total=FULL, done=24_018, written=81_300_000)
    Job.create(kind=BUILD, subject=building.id, state=jobs.RUNNING, token="somebody", leased_until=now + timedelta(days=1))
    let_wait(wim)


def let_wait(user: User, **fields: Any) -> None:
    """Write a copy that nobody begins to make before tomorrow."""
    Job.create(kind=BUILD, subject=Export.create(user=user, **SAID, **fields).id, run_after=clock.now() + timedelta(days=1))
