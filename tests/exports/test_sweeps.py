"""What is tidied up by itself: copies whose time is over, what killed workers have left."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, storage
from privacy_center.exports import asking, building
from privacy_center.exports.contents import Choice
from privacy_center.exports.jobs import expire, remove_left_behind, remove_unknown
from privacy_center.exports.models import Export
from tests.exports.meanwhile import in_scratch, in_store, work
from tests.exports.taking import ask, build, download, newest

pytestmark = pytest.mark.usefixtures("store")


def test_a_copy_is_gone_after_seven_days_and_not_before(as_mei: Any) -> None:
    export = build(as_mei)
    with clock.at(export.ready_at + timedelta(days=7) - timedelta(seconds=1)):
        assert expire() == 0
        jobs.run_due()
    assert in_store() == [export.storage_key]
    with clock.at(export.ready_at + timedelta(days=7, seconds=1)):
        assert not newest().is_there
        assert expire() == 1
        jobs.run_due()
    assert (in_store(), newest().state, newest().storage_key) == ([], "expired", None)


def test_a_copy_whose_time_is_over_is_not_handed_out_though_no_sweep_has_run(app: Any, mei: User, as_mei: Any) -> None:
    export = build(as_mei)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        later = app.test_client().sign_in(mei, confirmed=True)
        assert download(later, export).location == f"/exports/{export.id}"
        assert "This copy has expired" in later.get(f"/exports/{export.id}").text


def test_copies_for_others_run_beside_the_persons_own_and_expire_alike(mei: User, as_mei: Any) -> None:
    answer, theirs = [asking.ask(mei, Choice(), "en", made_for=whom) for whom in ("request", "guardian")]
    ask(as_mei)
    jobs.run_due()
    assert {each.state for each in Export.select()} == {"ready"}
    assert as_mei.get(f"/exports/{answer.id}").status_code == 200
    assert as_mei.get(f"/exports/{theirs.id}").status_code == download(as_mei, theirs).status_code == 404
    with clock.at(clock.now() + timedelta(days=8)):
        assert expire() == 3
        jobs.run_due()
    assert in_store() == []


def test_a_store_that_is_away_keeps_what_must_go_until_it_is_back(as_mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    export = build(as_mei)

    def away(_key: str) -> None:
        raise storage.Unreachable

    with monkeypatch.context() as patch:
        patch.setattr(storage, "remove", away)
        asking.delete(export)
        work()
        assert in_store() == [newest().storage_key]
    expire()
    work()
    assert (in_store(), newest().storage_key) == ([], None)


def test_half_copies_of_killed_workers_go_and_those_under_way_stay(app: Any) -> None:
    folder = building.scratch_folder()
    folder.mkdir(exist_ok=True)
    for name, days in (("1-old.part", 2), ("2-new.part", 0)):
        (folder / name).write_bytes(b"half")
        when = clock.ago(days=days).timestamp()
        os.utime(folder / name, (when, when))
    assert remove_left_behind() == 1
    assert [path.name for path in in_scratch()] == ["2-new.part"]


def test_what_a_killed_attempt_left_goes_with_the_next_of_the_same_copy(as_mei: Any) -> None:
    page = ask(as_mei)
    folder = building.scratch_folder()
    folder.mkdir(exist_ok=True)
    number = newest().id
    (folder / f"{number}-killed.part").write_bytes(b"half")
    (folder / f"{number}9-another.part").write_bytes(b"half")
    jobs.run_due()
    assert page.request.path.endswith(str(number))
    assert [path.name for path in in_scratch()] == [f"{number}9-another.part"]


def test_archives_that_no_copy_names_go_and_those_that_are_named_stay(as_mei: Any) -> None:
    export = build(as_mei)
    storage.keep("exports/of-nobody.zip", b"an archive")
    storage.keep("elsewhere/exports.zip", b"no archive")
    assert remove_unknown() == 0  # it may be put there in this moment
    with clock.at(clock.now() + timedelta(days=2)):
        assert remove_unknown() == 1
    assert in_store() == [export.storage_key]
    assert storage.size_of("elsewhere/exports.zip") == 10
    storage.remove("elsewhere/exports.zip")
