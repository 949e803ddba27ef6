"""Clicks, workers, deletions, all at once: one copy, whole, of the state that the person sees."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import Session, User
from privacy_center.core import clock, jobs, storage
from privacy_center.core.db import database
from privacy_center.erasure import asking as erasing
from privacy_center.exports import asking, building
from privacy_center.exports.contents import Choice
from privacy_center.exports.models import Export
from privacy_center.history.models import Conversation, File, Message
from tests.exports.everything import talks
from tests.exports.meanwhile import Meanwhile, at_once, history, in_scratch, in_store, work
from tests.exports.taking import ask, build, download, newest, opened

HOUR = timedelta(hours=1)


def erase(user: User) -> None:
    """Delete the conversation about bread, and let it be gone from the disks."""
    number = Conversation.get(Conversation.external_id == "bread").id
    deletion = erasing.ask(user, "one", listed=[number])
    assert deletion and erasing.confirm(deletion, None)


def assert_one_ready() -> Export:
    """One copy, ready, its bytes in the store as it says, and nothing else anywhere."""
    export: Export = Export.get()
    assert (Export.select().count(), export.state) == (1, "ready")
    assert in_store() == [export.storage_key] and in_scratch() == []
    assert storage.size_of(str(export.storage_key)) == export.size
    return export


@pytest.mark.usefixtures("store")
def test_of_clicks_at_once_one_begins_a_copy_and_all_lead_to_it(mei: User) -> None:
    exports = at_once(*[lambda: asking.ask(User.get_by_id(mei.id), Choice(), "en")] * 5)
    assert len({each.id for each in exports}) == 1
    assert jobs.Job.select().where(jobs.Job.kind == asking.BUILD).count() == 1
    work()
    assert_one_ready()


@pytest.mark.usefixtures("store")
def test_of_workers_at_once_one_makes_the_copy(as_mei: Any) -> None:
    history()
    ask(as_mei)
    job = jobs.Job.get(jobs.Job.kind == asking.BUILD)
    at_once(*[lambda: jobs.perform(job.id)] * 4)
    assert_one_ready()
    assert jobs.Job.get_by_id(job.id).attempts == 1


@pytest.mark.parametrize("at_once", [True, False])
def test_a_copy_that_is_stopped_while_it_is_made_leaves_nothing(as_mei: Any, meanwhile: Meanwhile, at_once: bool) -> None:
    history()
    meanwhile.hears_at_once(at_once)
    meanwhile.reading(lambda: asking.cancel(newest()))
    export = build(as_mei)
    work()
    assert "You stopped this copy" in as_mei.get(f"/exports/{export.id}").text
    assert in_store() == in_scratch() == []
    assert newest().storage_key is None


def test_a_copy_that_is_stopped_and_tidied_while_it_is_put_into_the_store_is_not_left_there(as_mei: Any, meanwhile: Meanwhile) -> None:
    history()

    def stop() -> None:
        asking.cancel(newest())
        jobs.perform(jobs.Job.get(jobs.Job.kind == asking.TIDY).id)

    meanwhile.publishing(stop)
    build(as_mei)
    work()
    assert (in_store(), in_scratch(), newest().state, newest().storage_key) == ([], [], "cancelled", None)


@pytest.mark.parametrize(("moment", "at_once"), [("reading", True), ("reading", False), ("publishing", False)])
def test_what_is_deleted_while_a_copy_is_made_is_not_in_it(as_mei: Any, mei: User, meanwhile: Meanwhile, moment: str, at_once: bool) -> None:
    history()
    meanwhile.hears_at_once(at_once)
    getattr(meanwhile, moment)(lambda: erase(mei))
    export = build(as_mei)
    work()
    assert assert_one_ready().era == 1
    archive = opened(download(as_mei, export))
    assert [each["id"] for each in talks(archive)] == ["boats"]
    assert not [name for name in archive.namelist() if b"does it rise" in archive.read(name) or "notes.txt" in name]


def test_a_copy_waits_for_a_deletion_that_is_just_being_decided(as_mei: Any, mei: User, meanwhile: Meanwhile) -> None:
    history()

    def decide() -> None:
        with database.atomic():
            User.locked(mei.id)
            Export.withdraw(mei)
            time.sleep(0.1)

    meanwhile.publishing(decide)
    build(as_mei)
    assert assert_one_ready().era == 1


@pytest.mark.engine("sqlite")
def test_deletions_again_and_again_end_it_with_a_reason(as_mei: Any, mei: User, meanwhile: Meanwhile, monkeypatch: pytest.MonkeyPatch) -> None:
    history()
    monkeypatch.setattr(building, "MOST_ERAS", 2)
    meanwhile.reading(lambda: Export.withdraw(mei), times=99)
    export = build(as_mei)
    work()
    page = as_mei.get(f"/exports/{export.id}").text
    assert "You deleted conversations again and again while it was made" in page and "Make it again" in page
    assert in_store() == in_scratch() == []


@pytest.mark.usefixtures("store")
def test_what_is_deleted_takes_the_copies_that_are_ready_with_it(as_mei: Any, mei: User) -> None:
    history()
    export = build(as_mei)
    erase(mei)
    assert "This copy was removed" in as_mei.get(f"/exports/{export.id}").text
    assert download(as_mei, export).location == f"/exports/{export.id}"
    work()
    assert (in_store(), newest().storage_key) == ([], None)


def test_a_worker_that_has_lost_the_copy_to_another_stops_and_harms_nothing(as_mei: Any, meanwhile: Meanwhile) -> None:
    history()
    meanwhile.reading(lambda: jobs.Job.update(token="another", leased_until=clock.now() + HOUR).where(jobs.Job.kind == asking.BUILD).execute())
    build(as_mei)
    assert jobs.Job.get(jobs.Job.kind == asking.BUILD).token == "another"
    assert (newest().state, in_store(), in_scratch()) == ("building", [], [])
    work()
    assert_one_ready()


@pytest.mark.parametrize("at_once", [True, False])
def test_a_person_who_goes_while_it_is_made_leaves_no_copy(as_mei: Any, meanwhile: Meanwhile, at_once: bool) -> None:
    history()

    def close() -> None:
        for model in (Message, File, Conversation, Session, Export, User):
            model.delete().execute()

    meanwhile.hears_at_once(at_once)
    meanwhile.reading(close)
    ask(as_mei)
    work()
    assert in_store() == in_scratch() == []
