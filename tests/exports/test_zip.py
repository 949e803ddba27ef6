"""The archive as a ZIP: read back by Python's own reader, also beyond what ZIP could hold before ZIP64."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from privacy_center.exports import zip_format
from privacy_center.exports.zip64 import Archive, Written

WHEN = datetime(2026, 11, 1, 12, 30, 41, tzinfo=UTC)
STAMP = zip_format.stamp(WHEN)
GIB = 1 << 30


def written(*files: tuple[str, bytes]) -> tuple[zipfile.ZipFile, list[Written]]:
    """An archive of these files, and what was told of each."""
    file, told = io.BytesIO(), []
    with Archive(file, WHEN, done=told.append) as archive:
        for name, content in files:
            archive.add(name, content)
    return zipfile.ZipFile(file), told


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    files = [("a.txt", b"words"), ("nothing", b""), ("folder/重.bin", os.urandom(700_000)), ("zeros", bytes(3_000_000))]
    read, told = written(*files)
    assert read.testzip() is None
    assert [(each.filename, read.read(each), each.date_time) for each in read.infolist()] == [(*file, (2026, 11, 1, 12, 30, 40)) for file in files]
    assert [(each.name, each.size) for each in told] == [(name, len(content)) for name, content in files]
    assert read.getinfo("folder/重.bin").flag_bits & 0x800


@pytest.mark.skipif(not shutil.which("unzip"), reason="unzip is not installed")
def test_another_reader_finds_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "it.zip"
    with path.open("wb") as file, Archive(file, WHEN, folder=str(tmp_path)) as archive:
        archive.add("重/😀.txt", b"words" * 200_000)
        archive.add("b", os.urandom(900_000))
    done = subprocess.run(["unzip", "-t", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert sorted(tmp_path.iterdir()) == [path]


def test_files_that_grow_at_the_same_time_are_each_whole() -> None:
    file = io.BytesIO()
    with Archive(file, WHEN) as archive:
        entries = [archive.open(f"{number}") for number in range(3)]
        for _round in range(200):
            for number, entry in enumerate(entries):
                entry.write(bytes([number]) * 5000)
        for entry in reversed(entries):
            entry.close()
    read = zipfile.ZipFile(file)
    assert read.namelist() == ["2", "1", "0"]
    assert all(read.read(str(number)) == bytes([number]) * 1_000_000 for number in range(3))


def test_a_file_that_was_given_up_leaves_no_trace() -> None:
    file = io.BytesIO()
    with Archive(file, WHEN) as archive:
        half = archive.open("half")
        half.write(os.urandom(600_000))
        half.give_up()
        archive.add("whole", b"words")
    assert zipfile.ZipFile(file).namelist() == ["whole"]
    assert len(file.getvalue()) < 500


def test_more_files_than_zip_could_count_are_all_in_it() -> None:
    read, _told = written(*((f"{number}", b"") for number in range(65_600)))
    assert len(read.namelist()) == 65_600
    assert read.read("65599") == b""


def test_trouble_on_the_disk_reaches_who_writes_and_ends_both_threads() -> None:
    class Full(io.BytesIO):
        def write(self, content: Any) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space") as raised, Archive(Full(), WHEN) as archive:
        for number in range(10_000):
            archive.add(f"{number}", b"words")
    assert raised.value.errno == 28
    assert not [each for each in threading.enumerate() if each.name == "deflating"]


def test_who_stops_half_way_is_heard_and_no_end_is_written() -> None:
    file = io.BytesIO()
    with pytest.raises(KeyError), Archive(file, WHEN) as archive:
        archive.add("a", b"words")
        raise KeyError
    assert not zipfile.is_zipfile(file)


def test_a_file_that_begins_beyond_four_gibibytes_is_found(tmp_path: Path) -> None:
    with (tmp_path / "sparse.zip").open("w+b") as file:
        deflated = b"\x03\x00"
        facts = (b"far.txt", STAMP, 0, 0, len(deflated))
        file.seek(at := 5 * GIB)
        file.write(zip_format.before(*facts) + deflated)
        begin = file.tell()
        file.write(entry := zip_format.in_list(*facts, at=at))
        file.write(zip_format.end(1, begin, len(entry)))
        read = zipfile.ZipFile(file)
        assert (read.getinfo("far.txt").header_offset, read.read("far.txt")) == (5 * GIB, b"")


@pytest.mark.parametrize(("size", "deflated"), [(5 * GIB, 5 * GIB + 9), (0xFFFFFFFF, 7), (0xFFFFFFFE, 0xFFFFFFFE), (6 * GIB, 5)])
def test_a_file_of_more_than_four_gibibytes_says_its_sizes_at_both_places(size: int, deflated: int) -> None:
    facts = (b"large.bin", STAMP, 7, size, deflated)
    entry = zip_format.in_list(*facts, at=3)
    read = zipfile.ZipFile(io.BytesIO(entry + zip_format.end(1, 0, len(entry)))).getinfo("large.bin")
    assert (read.file_size, read.compress_size, read.header_offset, read.CRC) == (size, deflated, 3, 7)
    assert (read.external_attr >> 16, read.create_system) == (0o100644, 3)
    shown_deflated, shown, name, extra = struct.unpack_from("<IIHH", head := zip_format.before(*facts), 18)
    wide = struct.unpack_from("<HHQQ", head, 30 + name)[2:] if extra else (shown, shown_deflated)
    assert wide == (size, deflated)
    assert bool(extra) == (shown == 0xFFFFFFFF) == (size >= 0xFFFFFFFF)


@pytest.mark.parametrize(("year", "shown"), [(1969, 1980), (1980, 1980), (2107, 2107), (2300, 2107)])
def test_a_moment_that_zip_has_no_room_for_is_the_nearest_it_has(year: int, shown: int) -> None:
    assert zip_format.stamp(datetime(year, 1, 1, tzinfo=UTC))[1] >> 9 == shown - 1980
