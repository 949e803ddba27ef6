"""The measurements run on a tiny set, and every goal gets its lines. Nothing is timed: the figures mean nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def smoke(*goals: str) -> list[str]:
    """What `python -m benchmarks --smoke` prints of these goals; in a process of its own, as it rebinds the database."""
    command = [sys.executable, "-m", "benchmarks", "--smoke", *goals]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


@pytest.mark.slow
def test_page_search_and_feed_are_measured_beside_their_floors_and_all_chinese_is_found() -> None:
    lines = smoke("history", "search", "feed")

    assert any("first page against its floor" in line for line in lines)
    assert any("messages in, against executemany" in line for line in lines)
    recall = [line for line in lines if "Chinese recall" in line]
    assert [line.endswith("yes") for line in recall] == [True] * 4


@pytest.mark.slow
def test_a_purge_is_measured_and_leaves_nothing() -> None:
    lines = smoke("deleting")

    assert any("deleting everything" in line and "against deleting one" in line for line in lines)
    assert [line.endswith("yes") for line in lines if "bytes left" in line] == [True]


@pytest.mark.slow
def test_copies_are_measured_against_reading_and_encoding_alone() -> None:
    lines = smoke("copies")

    assert any("against reading and encoding alone" in line for line in lines)
    assert any("another person's history page meanwhile" in line for line in lines)


@pytest.mark.journey
def test_a_first_visit_stays_within_its_bytes_and_requests() -> None:
    wanted = [line for line in smoke("visit") if "≤" in line]

    assert [line.endswith("yes") for line in wanted] == [True] * 3
