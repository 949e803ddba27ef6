"""Dora, who deletes: of every state that a deletion can be in, she has one, and auto-delete is on; and she has answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.core.db import database
from privacy_center.erasure import asking, meant, receipts
from privacy_center.erasure.models import AutoDelete, Deletion
from tests import makers
from tests.journeys import answers, policies, requests

DORA = "zai-dora"
TO_CONFIRM = 1  # the first deletion of the site; nothing leads to one that was not confirmed
UNDER_WAY, STOPPED, GONE = 214, 88, 1906  # how many conversations each is of, by which it is known


def records() -> Iterator[dict[str, Any]]:
    """What the product has sent about her."""
    yield makers.line("user", user=DORA, id=DORA, email="dora@example.com", name="Dora Lind", country="SE", language="en")
    for name, title in (("dora-harbour", "The harbour at night"), ("dora-ferry", "The first ferry")):
        yield makers.line("conversation", user=DORA, id=name, title=title)
        yield makers.message(name, f"What do you know of {title}?", user=DORA, id=f"{name}-0")


def tell(dora: User) -> None:
    """Write her deletions into the database that is open."""
    now = clock.now()
    asking.ask(dora, "everything", rule=meant.Rule())
    hidden: dict[str, Any] = {"user": dora, "asked_at": now, "hidden_at": now}
    Deletion.create(**hidden, scope="ticked", total=UNDER_WAY, done=152)
    Deletion.create(**hidden, scope="before", before=now - timedelta(days=400), total=STOPPED, done=80, trouble="It was tried too often.")
    removed = {"conversation": GONE, "message": 20_417, "file": 58}
    gone = Deletion.create(**hidden, scope="matching", total=GONE, done=GONE, removed_at=now, removed=removed)
    with database.atomic():
        receipts.conclude(gone.id)
    AutoDelete.create(user=dora, months=12, first_run_at=now + timedelta(days=7))
    answers.tell(dora)
    policies.tell(dora)
    requests.tell(dora)
