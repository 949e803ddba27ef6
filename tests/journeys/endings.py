"""Kim, who is closing the account; an erasure under way, and one that is done, each known by the code of its receipt."""

from __future__ import annotations

from datetime import timedelta

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock
from privacy_center.core.db import database
from privacy_center.datamap import registry
from privacy_center.datamap.words import Erase
from privacy_center.erasure import receipts
from privacy_center.erasure.erased import Closure, Erasure, Expiry
from privacy_center.erasure.models import Deletion
from privacy_center.erasure.receipts import in_english
from privacy_center.subscription.models import Order
from tests.journeys.deletions import DORA, UNDER_WAY

KIM, LEO = "zai-kim", "zai-leo"
UNDER_WAY_CODE, DONE_CODE = "ER-2345-6789-ABCD-EFGH", "ER-9876-5432-HGFE-DCBA"


def tell(issuer: str) -> None:
    """Write them into the database that is open."""
    now = clock.now()
    kim = User.open(issuer, KIM, email="kim@example.com", name="Kim Aas")
    Closure.create(user=kim, ends_at=now + timedelta(days=7))
    User.update(closing_at=now + timedelta(days=7)).where(User.id == kim.id).execute()
    dora = User.open(issuer, DORA)
    waits_for = Deletion.get((Deletion.user == dora) & (Deletion.total == UNDER_WAY))
    Erasure.create(user=dora, code=UNDER_WAY_CODE, whole=False, kinds=["conversation"], cause="request", decided_by="staff:1", deletion=waits_for.id)
    audit.write("data looked at", actor="staff:1", person=dora.id, subject="request:1", reason="To answer your request")
    Expiry.create(user=dora, kind="log_entry", day=now.date().isoformat(), number=1284, slot="dora")
    leo = User.open(issuer, LEO)
    kept = [_kept(model, said) for model, said in registry.holdings() if said.on_erasure is Erase.KEEP and model is Order]
    removed = {"conversation": 1906, "message": 20_417, "file": 58, "usage_event": 12_840}
    done = {"user": leo, "code": DONE_CODE, "whole": True, "cause": "closure", "decided_by": f"user:{leo.id}"}
    erasure = Erasure.create(**done, removed=removed, anonymised={"users": 1, "receipt": 3}, kept=kept, removed_at=now)
    with database.atomic():
        User.forget(leo.id)
        receipts.conclude_erasure(erasure.id)


def _kept(model: object, said: object) -> dict[str, object]:
    """A line of what is kept."""
    because = in_english(said.kept_because)  # type: ignore[attr-defined]
    until = (clock.now() + timedelta(days=2_000)).isoformat(timespec="seconds")
    return {"table": model._meta.table_name, "title": "Orders", "kept": 4, "kept_because": because, "kept_until": until}  # type: ignore[attr-defined]
