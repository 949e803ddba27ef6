"""The page on which the stand-in for Stripe is told what to do, and shows what it was asked and what it sent."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from privacy_center.sandbox.stripe import life
from privacy_center.sandbox.stripe.answering import memory, postman
from privacy_center.sandbox.stripe.memory import Missing
from privacy_center.sandbox.stripe.shapes import Object
from privacy_center.sandbox.stripe.ways import DELIVERIES, DELIVERY_NAMES, WAY_NAMES, WAYS

bp = Blueprint("stripe_pages", __name__, url_prefix="/stripe")
SHOWN = 30


@bp.get("")
def home() -> str:
    """Who pays for what, what was asked, what was sent."""
    kept = memory()
    events = kept.all("event")[:SHOWN]
    return render_template("stripe.html", stripe=kept, ways=WAYS, deliveries=DELIVERIES, events=events, sent=postman().sent, asked=list(kept.asked)[:SHOWN])


@bp.post("/way")
def behave() -> Response:
    """Answer, and send news, as told from now on."""
    way, delivery = request.form.get("way", memory().way), request.form.get("delivery", memory().delivery)
    if way not in WAY_NAMES or delivery not in DELIVERY_NAMES:
        abort(422, "No such behaviour.")
    memory().way, memory().delivery = way, delivery
    return _home()


@bp.post("/subscriptions/<number>/<act>")
def change(number: str, act: str) -> Response:
    """Let something happen to a subscription."""
    with memory().changing():
        found = _found("subscription", number)
        if act == "next-period":
            life.next_period(memory(), found)
        elif act == "end":
            life.end(memory(), found)
        else:
            abort(404)
    postman().carry()
    return _home()


@bp.post("/customers/<number>/deletion")
def delete(number: str) -> Response:
    """Delete a customer, as somebody might in Stripe's dashboard."""
    with memory().changing():
        life.delete(memory(), _found("customer", number))
    postman().carry()
    return _home()


@bp.post("/events/<number>/storm")
def storm(number: str) -> Response:
    """Send one event fifty times at once."""
    postman().storm([_found("event", number)])
    return _home()


@bp.post("/events/<number>/again")
def again(number: str) -> Response:
    """Send one event once more."""
    postman().deliver(_found("event", number), tries=9)
    return _home()


def _found(kind: str, number: str) -> Object:
    """What an address names; nothing there is 404."""
    try:
        return memory().get(kind, number)
    except Missing:
        abort(404)


def _home() -> Response:
    """Back to the page."""
    return redirect(url_for("stripe_pages.home"), 303)
