"""Keeps what was found: each goal's last figures, the table and the picture, and the page of the documentation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.picture import draw
from benchmarks.table import TITLES, as_markdown

HERE = Path(__file__).parent
RESULTS = HERE / "results"
PAGE = HERE.parent / "docs" / "performance.md"
BEGINS, ENDS = "<!-- what follows is written by `make bench` -->\n", "<!-- what was written by `make bench` ends here -->\n"


def keep(name: str, figures: Sequence[Figure], machine: str, folder: Path = RESULTS) -> Path:
    """Put the figures in the place of their goals' earlier ones, and write the table and the picture anew; returns the table."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.json"
    runs: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    for goal, of_goal in groupby(figures, key=lambda figure: figure.goal):
        runs[str(goal)] = {"measured": when, "machine": machine, "figures": [figure.as_json() for figure in of_goal]}
    file.write_text(json.dumps(dict(sorted(runs.items())), indent=1, ensure_ascii=False) + "\n")
    (folder / f"{name}.svg").write_text(draw(_all_figures(runs), _caption(runs)))
    table = folder / f"{name}.md"
    table.write_text(_table(runs))
    return table


def publish(table: Path, page: Path = PAGE) -> None:
    """Put the table into the page of the documentation, where the last one stood."""
    before, _begins, rest = page.read_text().partition(BEGINS)
    _last, _ends, after = rest.partition(ENDS)
    page.write_text(f"{before}{BEGINS}\n{table.read_text()}\n{ENDS}{after}")


def _table(runs: dict[str, Any]) -> str:
    """For each goal its figures, and on what they were measured."""
    parts = []
    for goal, run in sorted(runs.items()):
        figures = [Figure.from_json(each) for each in run["figures"]]
        parts.append(f"### {goal} · {TITLES[int(goal)]}\n\n{as_markdown(figures)}\n{run['measured']}: {run['machine']}.\n")
    return "\n".join(parts)


def _all_figures(runs: dict[str, Any]) -> list[Figure]:
    """The figures of all goals, in their order."""
    return [Figure.from_json(each) for _goal, run in sorted(runs.items()) for each in run["figures"]]


def _caption(runs: dict[str, Any]) -> str:
    """When the oldest and the newest figures were measured."""
    days = sorted({run["measured"] for run in runs.values()})
    return f"Measured {' to '.join(dict.fromkeys([days[0], days[-1]]))}. One bar a figure, as long as the share of its limit."
