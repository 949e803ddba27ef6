"""datapackage.json: every file of a copy with its bytes, its SHA-256, and what stands in its columns."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.exports.tables import defused
from privacy_center.history.models import File
from tests import makers
from tests.exports.everything import CONTENT, fill, table, write
from tests.exports.taking import feed, file, talk

ONE_OF_THE_TYPES = {
    "string": lambda cell: True,
    "any": json.loads,
    "integer": int,
    "boolean": ("true", "false").index,
    "datetime": datetime.fromisoformat,
}
NAME = re.compile(r"[-a-z0-9._/]+")


@pytest.fixture
def written(mei: User) -> zipfile.ZipFile:
    """A copy with something of everything."""
    feed(*talk("bread", "How long does it rise?"), file("配方 <1>.txt", CONTENT, conversation="bread"))
    fill(mei)
    return write(mei)


def resources(written: zipfile.ZipFile) -> list[dict[str, Any]]:
    """The files that the package describes."""
    found: list[dict[str, Any]] = json.loads(written.read("datapackage.json"))["resources"]
    return found


def test_every_file_but_itself_is_listed_with_its_bytes_and_its_sum(written: zipfile.ZipFile) -> None:
    listed = {each["path"]: (each["bytes"], each["hash"]) for each in resources(written)}
    held = {name: written.read(name) for name in written.namelist() if name != "datapackage.json"}
    assert listed == {name: (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") for name, content in held.items()}


def test_its_names_are_as_the_standard_wants_them(written: zipfile.ZipFile) -> None:
    package = json.loads(written.read("datapackage.json"))
    names = [each["name"] for each in package["resources"]]
    assert len(set(names)) == len(names) and all(NAME.fullmatch(name) for name in [package["name"], *names])
    assert package["$schema"].startswith("https://datapackage.org/profiles/2.0/")
    assert datetime.fromisoformat(package["created"]).tzinfo


def test_every_cell_is_of_the_type_that_its_column_says(written: zipfile.ZipFile) -> None:
    tables = [each for each in resources(written) if each.get("type") == "table"]
    assert {each["path"] for each in tables} == {name for name in written.namelist() if name.startswith("data/")}
    for each in tables:
        header, *lines = csv.reader(io.StringIO(written.read(each["path"]).decode()))
        assert header == [field["name"] for field in each["schema"]["fields"]]
        assert lines
        for line in lines:
            for field, cell in zip(each["schema"]["fields"], line, strict=True):
                assert cell == "" or ONE_OF_THE_TYPES[field["type"]](cell) is not None, (each["path"], field["name"])


def test_a_code_is_explained_beside_its_column(written: zipfile.ZipFile) -> None:
    [schema] = [each["schema"] for each in resources(written) if each["path"] == "data/conversation.csv"]
    [source] = [field for field in schema["fields"] if field["name"] == "source"]
    assert "cli: Terminal" in source["description"]


@pytest.mark.parametrize("cell", ["=1+1", "+HYPERLINK(1)", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=cmd|' /C calc'!A0", '="a";"b"'])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "-0.5", "+49", "-12", "'=1", "1-2", 7, -7, None, "{}"])
def test_what_no_spreadsheet_would_run_stays_as_it_is(cell: Any) -> None:
    assert defused(cell) == cell


def test_a_cell_stays_in_its_cell_whatever_it_says(mei: User) -> None:
    evil = '=1"\r\n,x;y\t"z\u2028'
    feed(makers.line("conversation", id="it", title=evil), file(evil, b"x"))
    written = write(mei)
    assert [line["name"] for line in table(written, File)] == [f"'{evil}"]
    assert len(written.read("data/conversation.csv").decode().splitlines()[0].split(",")) == 13
