"""The yearly numbers, open to everybody: a page, and the same as JSON and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from typing import Any

import orjson
from flask import Response, abort, request
from flask_babel import force_locale, gettext

from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.rights import statistics
from privacy_center.rights.statistics import Line, Year
from privacy_center.rights.views import bp

OPEN_BECAUSE = "How well we answer is for everybody to see; no number tells of one person."
NOTE = "Numbers from 1 to 4 are given as “fewer than 5”; “not shown” is a number that would give one of them away."
NUMBERS = [each.name for each in fields(Line) if each.name != "title"]


@bp.get("/statistics")
@open_to_all(OPEN_BECAUSE)
@limiter.limit("60/minute")
def statistics_page() -> Response:
    """The numbers of one year, the present one unless another is named."""
    return show("rights/statistics.html", year=_year(), years=statistics.years(), hidden=_hidden(), numbers=NUMBERS, titles=_titles())


@bp.get("/statistics.json")
@open_to_all(OPEN_BECAUSE)
@limiter.limit("60/minute")
def statistics_json() -> Response:
    """The numbers of every year, for machines."""
    with force_locale("en"):
        years = [_as_data(statistics.of_year(year)) for year in statistics.years()]
    whole = {"note": NOTE, "years": years}
    return _file(orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), "application/json", "statistics.json")


@bp.get("/statistics.csv")
@open_to_all(OPEN_BECAUSE)
@limiter.limit("60/minute")
def statistics_csv() -> Response:
    """The numbers of every year, one line each, for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["year", "by", "of", *NUMBERS])
    with force_locale("en"):
        for year in map(statistics.of_year, statistics.years()):
            for by, lines in (("all", [year.total]), ("kind", year.kinds), ("law", year.laws)):
                writer.writerows([year.year, by, str(line.title), *_numbers(line).values()] for line in lines)
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8", "statistics.csv")


def _year() -> Year:
    """The year that was asked for; there are none but those with numbers."""
    wanted, there = request.args.get("year"), statistics.years()
    if wanted is None:
        return statistics.of_year(there[0])
    return statistics.of_year(int(wanted)) if wanted in map(str, there) else abort(404)


def _as_data(year: Year) -> dict[str, Any]:
    """A year as JSON has it."""
    lines = {name: [{"title": str(line.title), **_numbers(line)} for line in getattr(year, name)] for name in ("kinds", "laws")}
    return {"year": year.year, **_numbers(year.total), **lines}


def _numbers(line: Line) -> dict[str, Any]:
    """The numbers of a line, each as a number or as why it is none."""
    return {name: getattr(line, name) if not isinstance(getattr(line, name), str) else str(getattr(line, name)) for name in NUMBERS}


def _hidden() -> dict[str, str]:
    """The words for numbers that are kept back."""
    return {statistics.Hidden.FEW: gettext("fewer than 5"), statistics.Hidden.BACK: gettext("not shown")}


def _titles() -> dict[str, str]:
    """The headings of the numbers."""
    return {
        "received": gettext("Received"),
        "granted": gettext("Granted"),
        "refused": gettext("Refused"),
        "withdrawn": gettext("Withdrawn or left"),
        "open": gettext("Still open"),
        "late": gettext("Late"),
        "median_days": gettext("Median days"),
    }


def _file(body: bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    answer = Response(body, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
