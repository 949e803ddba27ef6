"""The desk's numbers: a picture, the table beside it, and the table as a file."""

from __future__ import annotations

from werkzeug.wrappers import Response

from privacy_center.core.pages import show
from privacy_center.desk import numbers as counting
from privacy_center.desk.tables import as_csv
from privacy_center.desk.views import bp
from privacy_center.rights.words import RIGHTS


@bp.get("/numbers")
def numbers() -> Response:
    """Received, answered, median days, late; by month and by right."""
    counted = counting.numbers()
    return show("desk/numbers.html", numbers=counted, picture=counting.picture(counted.months), rights=RIGHTS)


@bp.get("/numbers.csv")
def numbers_as_table() -> Response:
    """The months as a table for a spreadsheet."""
    rows = [[f"{each.begins:%Y-%m}", each.received, each.answered, each.median_days, each.late] for each in counting.numbers().months]
    return as_csv("numbers.csv", ["month", "received", "answered", "median_days", "answered_late"], rows)
