"""Names of files that would harm whoever unpacks a copy: each file lies in a folder of its own, under a name that every disk takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from privacy_center.accounts.models import User
from privacy_center.history.files import safe_name
from privacy_center.history.models import File
from tests.exports.everything import CONTENT, table, write
from tests.exports.taking import feed, file

HOSTILE = {
    "../../etc/passwd": "passwd",
    "/etc/shadow": "shadow",
    "C:\\Windows\\system32\\cmd.exe": "cmd.exe",
    "C:autoexec.bat": "Cautoexec.bat",
    "\\\\server\\share\\x.txt": "x.txt",
    "CON": "_CON",
    "aux.txt": "_aux.txt",
    "Com1.tar.gz": "_Com1.tar.gz",
    "lpt9 .txt": "_lpt9 .txt",
    "console.txt": "console.txt",
    "..": "file",
    "....": "file",
    ". . .": "file",
    " ": "file",
    "": "file",
    "trailing. . ": "trailing",
    ".env": "env",
    "in\u202evoice\u2066fdp.exe": "invoicefdp.exe",
    "tab\tand\nnewline.txt": "tab and newline.txt",
    'a<b>:"|?*.txt': "ab.txt",
    "ends/": "file",
    "😀.txt": "😀.txt",
    "é.txt": "é.txt",
    "~": "~",
    "-rf": "-rf",
    "重" * 300 + ".pdf": "重" * 65 + ".pdf",
    "a" * 300: "a" * 200,
    "a" * 300 + "." + "b" * 300: "a" * 200,
    "a" * 190 + "." * 50 + ".txt": "a" * 190 + ".txt",
}


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_hostile_name_becomes_one_that_every_disk_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(safe.encode()) <= 201


def test_a_name_with_what_no_disk_takes_loses_it() -> None:
    assert safe_name("a\x00b\x7f\ud800.txt") == "ab.txt"


def test_all_of_them_can_be_unpacked_side_by_side(mei: User, tmp_path: Path) -> None:
    names = [*HOSTILE, "Same.txt", "same.txt", "SAME.TXT", "same.txt"]
    feed(*(file(name or " ", CONTENT) for name in names))
    written = write(mei)
    places = [name for name in written.namelist() if name.startswith("files/")]
    assert len({place.casefold() for place in written.namelist()}) == len(written.namelist())
    assert len(places) == len(names) and all(re.fullmatch(r"files/file-\d+/[^/\\]+", place) for place in places)
    for place in places:
        assert Path(written.extract(place, tmp_path)) == tmp_path / place
    assert sum(path.read_bytes() == CONTENT for path in tmp_path.rglob("*") if path.is_file()) == len(names)


def test_its_record_keeps_the_name_as_it_was(mei: User) -> None:
    feed(file("../../etc/重 \u202e.txt", CONTENT))
    [line] = table(write(mei), File)
    assert line["name"] == "../../etc/重 \u202e.txt"
    assert line["in_archive"] == f"files/file-{File.get().id}/重 .txt"
