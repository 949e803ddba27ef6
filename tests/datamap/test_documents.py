"""The records of processing (GDPR Art. 30), in three formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from flask import Flask

from privacy_center.datamap import registry
from tests.know.rows import HOLDINGS

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-map.md"


def printed(app: Flask, *options: str) -> str:
    """What `flask datamap` prints."""
    done = app.test_cli_runner().invoke(args=["datamap", *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_document_in_the_repository_is_what_the_command_prints(app: Flask) -> None:
    assert printed(app) == DOCUMENT.read_text(), "write it anew: flask datamap > docs/data-map.md"


@pytest.mark.parametrize("model", HOLDINGS, ids=lambda model: model.__name__)
def test_markdown_names_every_field_of_every_holding(app: Flask, model: type) -> None:
    section = printed(app).split(f"(`{model._meta.table_name}`)")[1].split("\n## ")[0]  # type: ignore[attr-defined]

    for field in model._meta.sorted_fields:  # type: ignore[attr-defined]
        assert f"| {field.name} |" in section


def test_json_is_whole(app: Flask) -> None:
    whole = json.loads(printed(app, "--format", "json"))

    assert [record["table"] for record in whole["records"]] == [model._meta.table_name for model, _said in registry.holdings()]
    assert all(record["purposes"] and record["grounds"] and record["sources"] and record["retention"] for record in whole["records"])
    assert whole["controller"]["contact"] and whole["places"] and all(each["because"] for each in whole["not_personal"])


def test_csv_has_a_line_for_every_field(app: Flask) -> None:
    lines = list(csv.DictReader(io.StringIO(printed(app, "--format", "csv"))))

    expected = {(model._meta.table_name, field.name) for model, _said in registry.holdings() for field in model._meta.sorted_fields}
    assert {(line["table"], line["field"]) for line in lines} == expected
    assert all(value or name == "recipients" for line in lines for name, value in line.items())


def test_an_unknown_format_is_refused(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["datamap", "--format", "xml"]).exit_code == 2
