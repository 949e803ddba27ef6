"""A database that is busy or whose disk is full: said in words, nothing half-done, and it goes on by itself afterwards."""

from __future__ import annotations

import contextlib
import resource
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from peewee import OperationalError

from privacy_center.accounts.models import User
from privacy_center.core import db, jobs
from privacy_center.erasure.models import Deletion
from privacy_center.history.models import Conversation, Message
from privacy_center.history.veils import Veil, Veiled
from tests.conftest import CSRF_FIELD
from tests.erasure.doing import SEEN, ask, confirm, feed, finish, removed, talk

BUSY = "The site is busy or being looked after. Nothing was changed."


@contextlib.contextmanager
def somebody_writing(user: User) -> Iterator[None]:
    """Another connection that holds the lock which deciding about this person's records needs."""
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        db.connect()
        with db.database.atomic():
            User.locked(user.id)
            locked.set()
            done.wait(30)
        db.database.close()

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait(30)
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextlib.contextmanager
def impatient() -> Iterator[None]:
    """Let this connection wait for a lock only for a moment."""
    if db.is_sqlite():
        set_to, before = "PRAGMA busy_timeout = %d", 10_000
    else:
        set_to, before = "SET lock_timeout = %d", 10_000
    db.database.execute_sql(set_to % 100)
    try:
        yield
    finally:
        db.database.execute_sql(set_to % before)


@contextlib.contextmanager
def disk_full(room: int = 0) -> Iterator[None]:
    """No file of this process can grow beyond so many bytes: what is written further fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def nothing_half_said(*, unconfirmed: int) -> bool:
    """Whether nothing is hidden, nothing under way, and just so many deletions wait to be confirmed."""
    under_way = jobs.Job.select().exists() or Veil.select().where(Veil.drawn_at.is_null(False)).exists()
    return not under_way and Deletion.select().where(Deletion.unconfirmed()).count() == unconfirmed == Deletion.select().count()


def test_when_the_database_is_busy_the_button_says_so_and_can_be_pressed_again(as_mei: Any, mei: User, history: Any) -> None:
    page = ask(as_mei, scope="everything")
    with somebody_writing(mei), impatient():
        answer = confirm(as_mei, page)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert BUSY in answer.text
    assert nothing_half_said(unconfirmed=1)
    assert "Deleting 5 conversations" in confirm(as_mei, page).text


def test_when_the_database_is_busy_asking_says_so_and_nothing_is_asked(as_mei: Any, mei: User, history: Any) -> None:
    with somebody_writing(mei), impatient():
        answer = ask(as_mei, conversation=history["bread"])
    assert answer.status_code == 503
    assert BUSY in answer.text
    assert nothing_half_said(unconfirmed=0)


def test_a_purge_that_finds_the_database_busy_goes_on_later(as_mei: Any, mei: User, history: Any) -> None:
    page = confirm(as_mei, ask(as_mei, scope="everything"))
    with somebody_writing(mei), impatient(), contextlib.suppress(OperationalError):
        jobs.run_due()
    assert "Deleting 5 conversations" in as_mei.get(page.request.path).text
    finish()
    assert "5 conversations are gone" in as_mei.get(page.request.path).text


@pytest.mark.engine("sqlite")
def test_when_the_disk_is_full_asking_says_so_and_nothing_is_asked(as_mei: Any, history: Any) -> None:
    ask(as_mei, scope="everything")
    with disk_full():
        answer = ask(as_mei, conversation=history["bread"])
    assert answer.status_code == 503
    assert BUSY in answer.text
    assert nothing_half_said(unconfirmed=1)


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("room", [0, 5_000, 40_000, 50_000, 100_000])
def test_a_disk_that_fills_up_in_the_request_confirms_all_or_nothing(as_mei: Any, history: Any, room: int) -> None:
    page = ask(as_mei, scope="everything")
    form = {"csrf_token": CSRF_FIELD.search(page.text)[1], "seen": SEEN.search(page.text)[1]}
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with disk_full(room):
        answer = as_mei.post(f"{page.request.path}/confirmation", data=form)
    assert answer.status_code in (303, 503)
    assert nothing_half_said(unconfirmed=1) == (answer.status_code == 503)
    assert ("About bread" in as_mei.get("/history").text) == (answer.status_code == 503)
    confirm(as_mei, page)
    finish()
    assert Conversation.select().count() == 0


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("room", [30_000, 400_000, 800_000])
def test_a_purge_whose_disk_fills_up_goes_on_when_there_is_room(as_mei: Any, history: Any, room: int) -> None:
    feed(*(line for number in range(150) for line in talk(f"c{number}", "word " * 300, "word " * 300)))
    page = confirm(as_mei, ask(as_mei, scope="everything"))
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with disk_full(room), contextlib.suppress(OperationalError):
        jobs.run_due()
    deletion = Deletion.get()
    assert deletion.state == "hidden"
    assert deletion.done == 155 - Conversation.select().count()
    assert "Deleting 155 conversations" in as_mei.get(page.request.path).text
    finish()
    assert removed(deletion) == {"conversation": 155, "message": 307}
    assert Message.select().count() == Veil.select().count() == Veiled.select().count() == 0


def test_nobody_waits_for_a_lock_without_end(app: Any) -> None:
    [(patience,)] = db.fetch("PRAGMA busy_timeout" if db.is_sqlite() else "SHOW lock_timeout")
    assert patience in (10_000, "10s")
