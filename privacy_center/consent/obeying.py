"""Every answer obeys the choice of cookies: what is allowed is set and counted, what is not is taken away."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask import Response as FlaskResponse

from privacy_center.consent import choice, counting, likings, signals
from privacy_center.consent.declared import ANALYTICS, BEACONS, COOKIES, NECESSARY, PREFERENCES

# Where cookies are asked about anyway, no banner asks as well; and none stands in the way of what a mail asked somebody to do.
WITHOUT_BANNER = ("consent.cookies", "consent.answer_cookies", "consent.unsubscribe")


def obey_choices(app: Flask) -> None:
    """Let every answer of *app* obey, and tell templates what they need."""

    @app.after_request
    def _obey(response: FlaskResponse) -> FlaskResponse:
        if request.endpoint != "static":
            obey(response)
        return response

    app.jinja_env.globals.update(cookies_asked=asks, cookies_allowed=anything_allowed, beacons_allowed=beacons_allowed, theme=likings.theme)


def obey(response: FlaskResponse) -> None:
    """Bring a new choice, take away what it doesn't allow, keep and count what it does."""
    choice.bring(response)
    for cookie in COOKIES:
        if cookie.category != NECESSARY and cookie.name in request.cookies and not choice.allows(cookie.category):
            response.delete_cookie(cookie.name, **choice.ATTRIBUTES)
    if choice.allows(PREFERENCES):
        likings.keep(response)
    if choice.allows(ANALYTICS) and counting.is_page(response):
        counting.count_page(response)


def asks() -> bool:
    """Whether the page asks about cookies: nobody has answered, and the browser has not said no by itself."""
    return not signals.objects() and choice.current() is None and request.endpoint not in WITHOUT_BANNER


def anything_allowed() -> bool:
    """Whether there is anything to withdraw."""
    found: Any = choice.current()
    return bool(found and found.allowed)


def beacons_allowed() -> bool:
    """Whether the page may carry the beacon."""
    return choice.allows(BEACONS)
