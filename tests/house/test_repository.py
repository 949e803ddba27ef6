"""What is kept in git names nothing of anybody's machine, and where packages come from is everybody's own choice."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.house import files

# Written backwards, so that this file doesn't name them.
REGISTRIES = [name[::-1] for name in ("gro.ipyp", "gro.detsohnohtyp", "gro.sjmpn", "moc.sjmpn", "gro.naibed")]
MACHINES = [name[::-1] for name in ("/krow/", "derahs/..", "/toor/", "ipyp/tpo/", "yrarbil.")]
TEXT = {".py", ".html", ".txt", ".md", ".toml", ".json", ".css", ".js", ".cfg", ".svg", ".po", ".pot", ""}


def texts() -> list[Path]:
    """Every file that people write."""
    return [path for path in files.tracked() if path.suffix in TEXT]


@pytest.mark.parametrize("name", REGISTRIES + MACHINES, ids=lambda name: name[::-1])
def test_no_file_names_a_registry_or_a_folder_of_somebodys_machine(name: str) -> None:
    assert [files.name(path) for path in texts() if name in path.read_text()] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_a_lock_has_names_versions_and_hashes_only(lock: str) -> None:
    for line in (files.ROOT / lock).read_text().splitlines():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [^\\/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_the_lock_of_npm_has_hashes_and_no_addresses() -> None:
    text = (files.ROOT / "package-lock.json").read_text()

    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)


def test_the_locks_hold_what_is_asked_for() -> None:
    asked = tomllib.loads((files.ROOT / "pyproject.toml").read_text())["project"]
    locked = (files.ROOT / "requirements-test.txt").read_text()
    for wanted in (*asked["dependencies"], *asked["optional-dependencies"]["test"]):
        name = re.split(r"[\s\[~=<>]", wanted)[0].lower()
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), f"{name} is not locked; run scripts/lock.py"


def test_what_runs_is_what_is_tested() -> None:
    runs = set((files.ROOT / "requirements.txt").read_text().splitlines())
    tested = set((files.ROOT / "requirements-test.txt").read_text().splitlines())

    assert {line for line in runs if "==" in line} <= {line for line in tested if "==" in line}


def test_no_file_of_others_is_kept() -> None:
    assert [files.name(path) for path in files.tracked() if {"vendor", "node_modules", ".venv", "instance"} & set(path.parts[len(files.ROOT.parts) :])] == []
