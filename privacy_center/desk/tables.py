"""Tables for spreadsheets, in which nothing can be taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from flask import Response

from privacy_center.exports.tables import FORMULAS

UTF_8 = "\ufeff"  # by this mark at the beginning spreadsheets know it


def cell(value: Any) -> str:
    """A value as a spreadsheet shows it and never computes it: an apostrophe stands before what could be a formula."""
    text = "" if value is None else str(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"'{text}" if text.startswith(FORMULAS) and not is_number else text


def as_csv(name: str, head: list[str], rows: Iterable[list[Any]]) -> Response:
    """A CSV file to save, called *name*."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([cell(each) for each in row] for row in rows)
    answer = Response(UTF_8 + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
