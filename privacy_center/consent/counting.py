"""Page statistics of our own: one row for a page, only where its person agreed, without address, contents or exact place."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from flask_login import current_user
from peewee import PeeweeException
from werkzeug.wrappers import Response

from privacy_center.accounts import browsers
from privacy_center.consent import choice
from privacy_center.consent.declared import ANALYTICS, BEACONS, VISITS
from privacy_center.consent.models import PageVisit
from privacy_center.core import tokens

log = logging.getLogger(__name__)

KINDS = {ANALYTICS: "page", BEACONS: "beacon"}
WHAT_DIFFERS = re.compile(r"<[^>]+>")
A_NUMBER_OF_OURS = re.compile(r"[\w-]{43}", re.ASCII)
LONGEST_SITE = 200


def count_page(response: Response) -> None:
    """Count this page, and let the browser carry a number by which it is told from others."""
    number = carried_number() or tokens.new_token()
    if request.cookies.get(VISITS) != number:
        response.set_cookie(VISITS, number, max_age=choice.seconds_left(), **choice.ATTRIBUTES)
    _add("page", request.endpoint or "", number)


def count_beacon(endpoint: str) -> None:
    """Count that a page was shown; the number goes along only where counting visits is allowed as well."""
    _add("beacon", endpoint, carried_number() if choice.allows(ANALYTICS) else None)


def is_page(response: Response) -> bool:
    """Whether the answer is a whole page that somebody asked for and got."""
    if getattr(current_user, "is_closing", False):  # of whom nothing is noted any more
        return False
    return request.method == "GET" and response.status_code == 200 and response.mimetype == "text/html" and "HX-Request" not in request.headers


def forget(categories: set[str], user: Any) -> int:
    """Delete what was counted for these categories, of the person and of this browser; returns how many rows."""
    kinds, number = [KINDS[each] for each in categories if each in KINDS], carried_number()
    of_browser = PageVisit.visitor == tokens.at_rest(number) if number else None
    whose = of_browser if user is None else PageVisit.user == user.id
    if user is not None and of_browser is not None:
        whose = whose | of_browser
    if not kinds or whose is None:
        return 0
    return int(PageVisit.delete().where(PageVisit.kind.in_(kinds) & whose).execute())


def carried_number() -> str | None:
    """The number that this browser carries, if it may be one of ours."""
    number = request.cookies.get(VISITS, "")
    return number if A_NUMBER_OF_OURS.fullmatch(number) else None


def place_of(endpoint: str) -> str:
    """The kind of page behind an endpoint: its address with all that differs from person to person left out."""
    rule = next(current_app.url_map.iter_rules(endpoint), None)
    return WHAT_DIFFERS.sub("…", rule.rule) if rule else ""


def _add(kind: str, endpoint: str, number: str | None) -> None:
    """Add a row; a page is shown also when it could not be counted."""
    try:
        PageVisit.create(
            user=current_user.id if current_user.is_authenticated else None,
            visitor=tokens.at_rest(number) if number else None,
            kind=kind,
            page=place_of(endpoint),
            came_from=_site_before() if kind == "page" else None,
            browser=browsers.name_of(request.user_agent.string),
        )
    except PeeweeException as error:
        log.warning("a page was not counted: %s", type(error).__name__)


def _site_before() -> str | None:
    """The name of the other site that the person came from, if any; not the page there."""
    site = urlsplit(request.referrer or "").hostname
    return site[:LONGEST_SITE] if site and site != urlsplit(request.host_url).hostname else None
