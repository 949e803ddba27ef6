"""The door for Stripe's news."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, abort, current_app, request
from peewee import PeeweeException
from werkzeug.exceptions import RequestEntityTooLarge

from privacy_center.core.access import csrf, open_to_all
from privacy_center.subscription import asking, events

log = logging.getLogger(__name__)
bp = Blueprint("stripe", __name__)

LARGEST = 1024 * 1024


@bp.post("/webhooks/stripe")
@open_to_all("Signed by Stripe.")
def webhook() -> Response:
    """Keep an event and answer at once. Stripe sends it again for days unless the answer says that it is kept."""
    settings = current_app.config["SETTINGS"]
    if not settings.stripe_webhook_secret or not asking.is_used():
        abort(404)
    request.max_content_length = LARGEST
    try:
        body = request.get_data(cache=False)
        events.check(body, request.headers.get("Stripe-Signature"), settings.stripe_webhook_secret)
        news = events.read(body)
    except RequestEntityTooLarge:
        return answer(413, "That is more than an event.")
    except events.NotFromStripe:
        return answer(400, "The signature does not fit.")
    except events.Unreadable:
        return answer(400, "That is no event.")
    return _keep(news) if news else answer(200, "We don't listen to that.")


def _keep(news: events.News) -> Response:
    """Keep an event; where that is impossible now, say so, that it comes again."""
    try:
        new = events.keep(news)
    except (PeeweeException, OSError) as error:
        log.error("an event of Stripe's could not be kept: %s", type(error).__name__)
        unkept = answer(503, "It could not be kept.")
        unkept.headers["Retry-After"] = "60"
        return unkept
    return answer(200, "Kept." if new else "Known.")


def answer(status: int, sentence: str) -> Response:
    """A short answer, for whoever looks into Stripe's list of deliveries."""
    return Response(f"{sentence}\n", status, mimetype="text/plain")


csrf.exempt(webhook)
