"""From the wish to the file: one copy a person, offered when it is whole, to its owner only, for a week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from privacy_center.core import clock, jobs
from privacy_center.exports.models import Export
from tests import makers
from tests.exports.taking import ask, build, confirm_it_is_them, download, feed, newest, opened, said


def test_a_copy_is_asked_for_built_and_downloaded(as_mei: Any) -> None:
    feed(makers.line("conversation", id="bread", title="Bread"), makers.message("bread", "How long does it rise?"))
    page = ask(as_mei)
    assert "Your copy is being made" in page.text

    jobs.run_due()

    assert "Your copy is ready" in as_mei.get(page.request.path).text
    archive = opened(download(as_mei, newest()))
    assert "How long does it rise?" in archive.read("conversations/conversations-001.json").decode()
    assert said(archive, "about.json")["records"] == newest().total


def test_asking_again_leads_to_the_one_that_is_being_made(as_mei: Any) -> None:
    first, second = ask(as_mei), ask(as_mei)
    assert first.request.path == second.request.path
    assert Export.select().count() == 1


def test_the_download_asks_to_confirm_first(as_mei: Any) -> None:
    export = build(as_mei)
    answer = as_mei.get(as_mei.get(f"/exports/{export.id}/archive").location)
    assert (answer.status_code, answer.location) == (303, f"/confirm?next=/exports/{export.id}/download")


def test_nobody_else_finds_it(as_mei: Any, as_mallory: Any) -> None:
    export = build(as_mei)
    confirm_it_is_them()
    for path in ("", "/archive"):
        assert as_mallory.get(f"/exports/{export.id}{path}").status_code == 404
    for act in ("cancellation", "deletion"):
        assert as_mallory.submit(f"/exports/{export.id}/{act}", page="/exports").status_code == 404
    assert newest().state == "ready"


def test_a_download_that_broke_off_goes_on(as_mei: Any) -> None:
    export = build(as_mei)
    whole = download(as_mei, export)
    rest = download(as_mei, export, Range="bytes=100-", **{"If-Range": whole.headers["ETag"]})
    assert (rest.status_code, rest.headers["Content-Range"]) == (206, f"bytes 100-{export.size - 1}/{export.size}")
    assert rest.data == whole.data[100:]
    assert download(as_mei, export, Range=f"bytes={export.size}-").status_code == 416
    changed = download(as_mei, export, Range="bytes=100-", **{"If-Range": '"another"'})
    assert (changed.status_code, changed.data) == (200, whole.data)


def test_after_a_week_it_is_gone(app: Any, mei: Any, as_mei: Any) -> None:
    export = build(as_mei)
    stored = app.config["SETTINGS"].instance_path / "storage" / export.storage_key
    assert stored.exists()
    with clock.at(clock.now() + timedelta(days=7, hours=2)):
        jobs.run_sweeps(only_due=False)
        jobs.run_due()
    assert not stored.exists()
    assert "This copy has expired" in app.test_client().sign_in(mei).get(f"/exports/{export.id}").text


def test_it_can_be_deleted_earlier(app: Any, as_mei: Any) -> None:
    export = build(as_mei)
    page = as_mei.submit(f"/exports/{export.id}/deletion", page=f"/exports/{export.id}", follow_redirects=True)
    jobs.run_due()
    assert "You deleted this copy" in page.text
    assert not (app.config["SETTINGS"].instance_path / "storage" / export.storage_key).exists()
    assert download(as_mei, export).location == f"/exports/{export.id}"


def test_a_copy_that_is_being_made_can_be_stopped(as_mei: Any) -> None:
    page = ask(as_mei)
    stopped = as_mei.submit(f"{page.request.path}/cancellation", page=page.request.path, follow_redirects=True)
    assert "You stopped this copy" in stopped.text
    jobs.run_due()
    assert newest().state == "cancelled"
    assert "Your copy is being made" in ask(as_mei).text
