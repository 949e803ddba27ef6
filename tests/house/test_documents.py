"""The papers say what is so."""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask

from privacy_center.settings import PREFIX, Settings
from tests.house import files

OPERATING = files.ROOT / "docs" / "operating.md"
PAPERS = files.having(".md", "docs", "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)")


def row(setting: Field[Any]) -> str:
    """A setting's row in the table of settings."""
    default = "" if setting.default in (MISSING, "", (), False, None) else f"`{setting.default}`"
    return f"| `{setting.name.upper()}` | {default} | {setting.metadata['sentence']} |"


def test_every_setting_stands_in_the_operators_paper_as_the_code_explains_it() -> None:
    rows = [row(each) for each in fields(Settings)]

    assert "\n".join(rows) in OPERATING.read_text(), "the table must be:\n" + "\n".join(rows)


def test_every_command_stands_in_the_operators_paper(app: Flask) -> None:
    said = OPERATING.read_text()
    for name, command in app.cli.commands.items():
        inner = [f"{name} {each}" for each in command.commands] if isinstance(command, click.Group) else [name]
        assert all(f"`flask {each}" in said for each in inner), name


@pytest.mark.parametrize("paper", PAPERS, ids=files.name)
def test_what_a_paper_links_to_is_there(paper: Path) -> None:
    for target in LINK.findall(paper.read_text()):
        assert (paper.parent / target).exists(), f"{files.name(paper)} links to {target}"


def test_the_settings_that_papers_name_exist() -> None:
    known = {PREFIX + each.name.upper() for each in fields(Settings)}
    for paper in PAPERS:
        named = set(re.findall(rf"\b{PREFIX}[A-Z_]+", paper.read_text()))
        assert named <= known, files.name(paper)


@pytest.mark.parametrize("paper", [path for path in PAPERS if "decisions" in path.parts], ids=files.name)
def test_a_decision_is_told_in_three_parts(paper: Path) -> None:
    heads = re.findall(r"^## (.+)$", paper.read_text(), re.MULTILINE)

    assert heads == ["Context", "Decision", "Consequences"]
