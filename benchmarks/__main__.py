"""`python -m benchmarks [--sizes 1k,10k,100k,200k] [--quick] [goal …]`: measures, prints a table, draws a picture."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import copies, deleting, feed, first_visit, history_page, machine, record, search
from benchmarks.data import ROOT, Data, ready
from benchmarks.effort import BRIEF, THOROUGH, TINY, Effort
from benchmarks.figures import Figure
from benchmarks.table import as_text

GOALS: dict[str, Callable[[Sequence[Data], Effort], list[Figure]]] = {
    "history": history_page.measure,
    "search": search.measure,
    "deleting": deleting.measure,
    "copies": copies.measure,
    "feed": feed.measure,
    "visit": first_visit.measure,
}
SIZES, QUICK_SIZES = "1k,10k,100k,200k", "1k,10k"
SMOKE_SIZE = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; exits 1 when something that is wanted was not met."""
    asked = _parser().parse_args(arguments)
    goals = asked.goal or list(GOALS)
    if asked.smoke:
        return _show_that_it_runs(goals)
    name, effort, sizes = ("quick", BRIEF, QUICK_SIZES) if asked.quick else ("full", THOROUGH, SIZES)
    about = machine.description()
    found = _measured(goals, [ready(size) for size in sorted(_size(text) for text in (asked.sizes or sizes).split(","))], effort)
    print(about)
    table = record.keep(name, found, about)
    print(f"Written: {table.relative_to(ROOT)}, with .json and .svg beside it")
    if asked.publish:
        record.publish(table)
    return 1 if any(figure.met is False for figure in found) else 0


def _measured(goals: Sequence[str], datasets: Sequence[Data], effort: Effort) -> list[Figure]:
    """The figures of these goals, printed as a table."""
    found: list[Figure] = []
    for name in goals:
        print(f"Measuring: {name} …", flush=True)
        found += GOALS[name](datasets, effort)
    print(f"\n{as_text(found)}")
    return found


def _show_that_it_runs(goals: Sequence[str]) -> int:
    """Measure next to nothing, keep nothing."""
    with TemporaryDirectory() as folder:
        _measured(goals, [ready(SMOKE_SIZE, others=2, kept_in=Path(folder))], TINY)
    return 0


def _parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures the site against its floors; see docs/performance.md.")
    parser.add_argument("goal", nargs="*", choices=[*GOALS, []], help=f"what to measure: {', '.join(GOALS)} (default: all)")
    parser.add_argument("--sizes", help=f"conversations of the heavy user (default: {SIZES}; quick: {QUICK_SIZES})")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller data, for every day")
    parser.add_argument("--smoke", action="store_true", help="next to nothing, to see that the measurements run; the figures mean nothing")
    parser.add_argument("--publish", action="store_true", help="put the table into docs/performance.md as well")
    return parser


def _size(text: str) -> int:
    """200k, 1m or a plain number."""
    factors = {"k": 1_000, "m": 1_000_000}
    return int(text.rstrip("kmKM")) * factors.get(text[-1].lower(), 1)


if __name__ == "__main__":
    raise SystemExit(main())
