"""Finding whom to complain to, and by when we must answer where a person lives; open, by plain links and one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request

from privacy_center.core import clock
from privacy_center.core.access import open_to_all
from privacy_center.core.pages import show
from privacy_center.rights import authorities, deadlines, homes, laws, words
from privacy_center.rights.deadlines import Deadline
from privacy_center.rights.homes import Home
from privacy_center.rights.views import bp


@dataclass(frozen=True)
class Owed:
    """Rights that are answered by the same date, and why then."""

    rights: list[Any]
    deadline: Deadline


@bp.get("/authorities")
@open_to_all("Whoever is unhappy with us must find the authority without going through us.")
def authorities_page() -> Response:
    """The authorities of a place, and what its law says about our answer; without a place, the way to choose one."""
    said = request.args.get("country", "")
    home = Home.of(said, request.args.get("region"))
    wrong = bool(said) and home.country is None
    return show(
        "rights/authorities.html",
        home=home,
        wrong=wrong,
        status=422 if wrong else 200,
        country_name=homes.country_name(home.country),
        countries=homes.countries(),
        regions=homes.REGIONS.get(home.country or "", {}),
        found=authorities.of_home(home),
        laws=laws.applying(home.country, home.region, words.ACCESS),
        owed=owed(home),
    )


def owed(home: Home) -> list[Owed]:
    """By when each right would be answered if it was asked for now, rights with the same answer together."""
    found: dict[tuple[str, Any], Owed] = {}
    for right, title in words.RIGHTS.items():
        deadline = deadlines.strictest(home, right, clock.now())
        found.setdefault((str(deadline.because), deadline.on), Owed([], deadline)).rights.append(title)
    return sorted(found.values(), key=lambda each: each.deadline.due)
