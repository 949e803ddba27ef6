"""Workers and web processes killed at any moment: a deletion is asked for or confirmed, never half; and it comes to its end, exactly."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from privacy_center.accounts.models import Session, Tombstone, User
from privacy_center.core import audit, db, jobs, storage
from privacy_center.erasure import asking
from privacy_center.erasure.meant import Rule
from privacy_center.erasure.models import Deletion, DoomedFile, Receipt
from privacy_center.history.models import Conversation, File, Message
from privacy_center.history.veils import Veil, Veiled
from tests import makers
from tests.erasure.doing import feed, finish, removed, talk

ROOT = Path(__file__).parents[2]
KILLED, LIVED = -9, 0
HELLO = {"content_base64": base64.b64encode(b"hello").decode(), "size": 5, "sha256": hashlib.sha256(b"hello").hexdigest()}


@pytest.fixture(scope="module")
def live(built: Any) -> Iterator[Callable[..., int]]:
    """Lets a process live until its moment comes; returns how it ended."""
    command = [sys.executable, "-m", "tests.erasure.doomed"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **built[1]}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        asked, told = process.stdin, process.stdout

        def one(life: str, **moment: Any) -> int:
            asked.write(json.dumps({"life": life, **moment}) + "\n")
            asked.flush()
            return int(told.readline())

        yield one
        asked.close()


def bring(conversations: int, *, files: int = 0) -> dict[str, int]:
    """A history of so many conversations, one in twenty with a sub-agent; returns how many records of each kind there are."""
    lines = [line for n in range(conversations) for line in talk(f"c{n}", "a question", "an answer", **({"parent": f"c{n - 1}"} if n % 20 == 1 else {}))]
    feed(*lines, *(makers.line("file", conversation=f"c{n}", **HELLO) for n in range(files)))
    return {each._meta.table_name: each.select().count() for each in (Conversation, Message, File) if each.select().exists()}


def begin(mei: User) -> Deletion:
    """Everything of Mei's asked for and confirmed."""
    deletion = asking.ask(mei, "everything", rule=Rule())
    assert deletion and asking.confirm(deletion, deletion.numbers)
    return deletion


def assert_gone(deletion: Deletion, was: dict[str, int]) -> None:
    """No row, no word, no file; one receipt with exact numbers; nothing left to do."""
    for model in (Conversation, Message, File, Veil, Veiled, DoomedFile):
        assert not model.select().exists(), model
    assert db.fetch("SELECT COUNT(*) FROM word_index")[0][0] == 0
    assert list(storage.listed("files/")) == []
    assert (removed(deletion), Receipt.select().count()) == (was, 1)
    done = Deletion.get_by_id(deletion.id)
    assert (done.state, done.trouble, done.done) == ("purged", None, was["conversation"])
    assert Tombstone.select().where(Tombstone.kind == "conversation").count() == was["conversation"]
    assert audit.AuditEntry.select().where(audit.AuditEntry.action == "deletion purged").count() == 1


def test_a_worker_killed_at_any_statement_leaves_nothing_undone_and_counts_nothing_twice(mei: User, live: Callable[..., int]) -> None:
    was, chance = bring(200, files=60), random.Random(3)
    deletion = begin(mei)
    ended = [live("work", step=step) for step in [*range(1, 10), *(chance.randint(3, 60) for _ in range(12))]]
    assert ended.count(KILLED) > 12
    assert live("work") == LIVED
    finish()
    assert_gone(deletion, was)


@pytest.mark.slow
@pytest.mark.engine("sqlite")
def test_a_worker_killed_at_any_instant_leaves_nothing_undone_and_counts_nothing_twice(mei: User, live: Callable[..., int]) -> None:
    was, chance = bring(1000, files=50), random.Random(5)
    deletion = begin(mei)
    ended = [live("work", milliseconds=chance.randint(5, 60)) for _ in range(12)]
    assert KILLED in ended
    assert live("work") == LIVED
    finish()
    assert_gone(deletion, was)


def test_a_site_killed_while_it_confirms_has_confirmed_all_or_nothing(mei: User, live: Callable[..., int]) -> None:
    was = bring(5)
    _session, token = Session.begin(mei, browser="Firefox", address="192.0.2.7")
    deletion = asking.ask(mei, "everything", rule=Rule())
    assert deletion
    for step in range(200):
        if live("confirm", token=token, page=f"/history/deletions/{deletion.id}", step=step) == LIVED:
            break
        confirmed = Deletion.get_by_id(deletion.id).hidden_at is not None
        assert Veil.get().drawn_at is not None if confirmed else Veil.get().drawn_at is None
        assert jobs.Job.select().count() == confirmed == audit.AuditEntry.select().where(audit.AuditEntry.action == "conversations deleted").count()
        assert Conversation.owned_by(mei).count() == (0 if confirmed else 5)
    assert step > 10
    assert live("work") == LIVED
    finish()
    assert_gone(deletion, was)


def test_a_site_killed_while_it_asks_has_deleted_nothing_and_leaves_nothing(mei: User, live: Callable[..., int]) -> None:
    bring(30)
    ended = [live("ask", user=mei.id, step=step) for step in range(0, 40, 3)]
    assert KILLED in ended and LIVED in ended
    assert Conversation.owned_by(mei).count() == 30
    with db.database.atomic():
        Veil.update(made_at=0).execute()
        Deletion.update(asked_at=0).execute()
    jobs.run_sweeps(only_due=False)
    assert Veil.select().count() == Veiled.select().count() == Deletion.select().count() == 0
