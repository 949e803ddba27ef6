"""What was measured is kept, drawn, and put into the documentation."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from benchmarks import record
from benchmarks.figures import Spread, at_least, at_most, told

QUICK = at_most(1, "first page", Spread(1.2, 1.1, 1.4), "×", 1.5)
SLOW = at_least(5, "records in", Spread(0.4, 0.3, 0.5), "×", 0.5)


def test_a_figure_says_whether_it_keeps_what_is_wanted_of_it() -> None:
    assert QUICK.met
    assert SLOW.met is False
    assert told(1, "the page", Spread.exact(9), "bytes").met is None


def test_the_table_holds_the_last_figures_of_every_goal(tmp_path: Path) -> None:
    record.keep("full", [QUICK, SLOW], "2 cores", tmp_path)

    table = record.keep("full", [at_most(1, "first page", Spread(1.7, 1.6, 1.8), "×", 1.5)], "4 cores", tmp_path).read_text()

    assert "| first page | 1.70× | 1.60 – 1.80 | ≤ 1.50× | **no** |" in table
    assert "| records in | 0.400× | 0.300 – 0.500 | ≥ 0.500× | **no** |" in table
    assert "2 cores" in table
    assert "4 cores" in table


def test_the_picture_is_drawn_and_says_in_words_what_was_not_kept(tmp_path: Path) -> None:
    record.keep("full", [QUICK, SLOW], "2 cores", tmp_path)

    drawn = ElementTree.parse(tmp_path / "full.svg")

    title = drawn.findtext("{http://www.w3.org/2000/svg}title")
    assert title == "1 of 2 figures keep what is wanted of them. Not kept: records in."


def test_publishing_changes_the_table_of_the_page_and_nothing_else(tmp_path: Path) -> None:
    page, table = tmp_path / "page.md", tmp_path / "full.md"
    page.write_text(f"Before.\n{record.BEGINS}old\n{record.ENDS}After.\n")
    table.write_text("new\n")

    record.publish(table, page)

    assert page.read_text() == f"Before.\n{record.BEGINS}\nnew\n\n{record.ENDS}After.\n"
