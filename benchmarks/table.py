"""The figures as a table that people read, in the terminal and in the documentation."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.figures import Figure, Spread

TITLES = {1: "History page", 2: "Search", 3: "Deletion", 4: "Copies", 5: "Feed", 7: "First visit"}
HEADS = ("Goal", "What", "Figure", "Lowest to highest", "Wanted", "Met")
VERDICTS = {True: "yes", False: "**no**", None: ""}


def as_markdown(figures: Sequence[Figure]) -> str:
    """The table of one goal in Markdown."""
    rows = [_cells(figure)[1:] for figure in figures]
    lines = [HEADS[1:], ("---", "--:", "--:", "--:", "---"), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def as_text(figures: Sequence[Figure]) -> str:
    """The table for a terminal, its columns lined up."""
    rows = [HEADS, *(tuple(cell.replace("**", "") for cell in _cells(figure)) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = []
    for row in rows:
        left, right = row[:2], row[2:5]
        cells = [cell.ljust(width) for cell, width in zip(left, widths[:2], strict=True)]
        cells += [cell.rjust(width) for cell, width in zip(right, widths[2:5], strict=True)]
        lines.append("  ".join([*cells, row[5]]).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def _cells(figure: Figure) -> tuple[str, ...]:
    """One row: the goal's name, what, figure, spread, wanted, met."""
    wanted = f"{figure.sign} {number(figure.wanted)}{_unit(figure.unit)}" if figure.wanted is not None else ""
    what = f"{figure.what} ({figure.note})" if figure.note else figure.what
    goal = f"{figure.goal} {TITLES[figure.goal]}"
    return goal, what, f"{number(figure.found.value)}{_unit(figure.unit)}", _range(figure.found), wanted, VERDICTS[figure.met]


def number(value: float) -> str:
    """A number with three figures, thousands set apart."""
    if value == int(value) and abs(value) < 10**15:
        return f"{int(value):,}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"


def _unit(unit: str) -> str:
    """The unit as it follows a number: × stands close, words apart."""
    return unit if unit in ("", "×", "%") else f" {unit}"


def _range(spread: Spread) -> str:
    """From the lowest round to the highest; nothing for what was counted."""
    return "" if spread.low == spread.high else f"{number(spread.low)} – {number(spread.high)}"
