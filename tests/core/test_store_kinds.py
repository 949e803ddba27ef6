"""Archives in the file store: published whole, read in parts, linked to; in a folder, in memory, in an object store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from privacy_center.core import storage

CONTENT = bytes(range(256)) * 10_000
DISKS = ("/dev/shm", "/var/tmp", "/tmp")
A_MINUTE = timedelta(seconds=60)


pytestmark = pytest.mark.engine("sqlite")  # a file store knows no database


@pytest.fixture(autouse=True)
def restored(app: Flask) -> Iterator[None]:
    """The app's own store afterwards."""
    yield
    storage.open_storage(app.config["SETTINGS"].storage)


@pytest.fixture(params=["folder", "memory"])
def store(app: Flask, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store of these tests' own, of either kind."""
    (tmp_path / "store").mkdir()
    storage.open_storage((tmp_path / "store").as_uri() if request.param == "folder" else "memory:///")
    return str(request.param)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that is to be published."""
    path = tmp_path / "made.part"
    path.write_bytes(CONTENT)
    return path


def test_what_is_published_is_in_the_store_and_no_longer_beside_it(store: str, file: Path) -> None:
    storage.publish(file, "exports/a.zip", name="a.zip")
    assert (b"".join(storage.read("exports/a.zip")), storage.size_of("exports/a.zip")) == (CONTENT, len(CONTENT))
    assert not file.exists()
    assert [key for page in storage.listed("exports/") for key, _at in page] == ["exports/a.zip"]


def test_publishing_again_replaces_what_was_there(store: str, file: Path) -> None:
    storage.keep("exports/a.zip", b"half")
    storage.publish(file, "exports/a.zip", name="a.zip")
    assert storage.size_of("exports/a.zip") == len(CONTENT)


@pytest.mark.parametrize(("begin", "end"), [(0, 1), (5, 700_000), (0, len(CONTENT)), (len(CONTENT) - 1, len(CONTENT))])
def test_a_part_is_those_bytes(store: str, file: Path, begin: int, end: int) -> None:
    storage.publish(file, "exports/a.zip", name="a.zip")
    assert b"".join(storage.part("exports/a.zip", begin, end)) == CONTENT[begin:end]


def test_what_is_not_there_is_missing_whatever_is_asked(store: str) -> None:
    for ask in (storage.size_of, storage.read, lambda key: storage.part(key, 0, 1)):
        with pytest.raises(storage.Missing):
            ask("exports/none.zip")
    storage.remove("exports/none.zip")


def test_a_folder_on_another_disk_gets_it_whole(app: Flask, tmp_path: Path, file: Path) -> None:
    elsewhere = next((Path(disk) for disk in DISKS if Path(disk).is_dir() and Path(disk).stat().st_dev != tmp_path.stat().st_dev), None)
    if elsewhere is None:
        pytest.skip("this machine has one disk only")
    folder = elsewhere / f"store-of-a-test-{os.getpid()}"
    storage.open_storage(folder.as_uri())
    try:
        storage.publish(file, "exports/a.zip", name="a.zip")
        assert (folder / "exports" / "a.zip").read_bytes() == CONTENT
        assert [path.name for path in (folder / "exports").iterdir()] == ["a.zip"]
        assert not file.exists()
    finally:
        storage.remove("exports/a.zip")
        (folder / "exports").rmdir()
        folder.rmdir()


def test_a_disk_that_fills_while_it_is_copied_over_keeps_no_half(app: Flask, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    storage.open_storage(tmp_path.as_uri())
    monkeypatch.setattr(storage.shutil, "copyfileobj", full)
    with pytest.raises(OSError, match="No space"):
        storage._copy_over(file, tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["made.part"]


def test_a_folder_has_no_links_as_only_we_can_hand_it_out(app: Flask, tmp_path: Path) -> None:
    storage.open_storage(tmp_path.as_uri())
    assert storage.link("exports/a.zip", A_MINUTE) is None


@pytest.fixture
def bucket(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object store at which nobody answers."""
    for name, value in {
        "ACCESS_KEY_ID": "key",
        "SECRET_ACCESS_KEY": "secret",
        "REGION": "eu-1",
        "ENDPOINT": "http://127.0.0.1:9",
        "ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setattr(storage, "PATIENCE", {"max_retries": 0})
    storage.open_storage("s3://bucket")


def test_a_link_into_an_object_store_is_signed_and_lasts_a_minute(bucket: None) -> None:
    link = urlsplit(str(storage.link("exports/a.zip", A_MINUTE)))
    said = parse_qs(link.query)
    assert link.path == "/bucket/exports/a.zip"
    assert (said["X-Amz-Expires"], len(said["X-Amz-Signature"][0])) == (["60"], 64)


def test_an_object_store_that_does_not_answer_is_unreachable_whatever_is_asked(bucket: None, file: Path) -> None:
    asks = (storage.size_of, storage.read, storage.remove, lambda key: storage.part(key, 0, 1), lambda key: storage.publish(file, key, name="a.zip"))
    for ask in asks:
        with pytest.raises(storage.Unreachable):
            ask("exports/a.zip")
    assert file.exists()
