"""The page of what one pays, until when, and how to stop; the way to one's page at Stripe; renewal off and on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, get_flashed_messages, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core import clock
from privacy_center.core.language import language
from privacy_center.core.pages import show, wants_piece
from privacy_center.subscription import money, orders_shown, renewal, shown, told
from privacy_center.subscription.asking import StripeTrouble
from privacy_center.subscription.models import TROUBLES, RenewalDecision, StripeCustomer, Subscription
from privacy_center.subscription.portal import open_portal
from privacy_center.subscription.synchronising import OLD, can_ask_about, want

bp = Blueprint("subscription", __name__)

AT_ONCE = timedelta(0)
DECIDED, OVER, NO_PORTAL = "renewal decided", "subscription over", "no portal"


@bp.get("/subscription")
def index() -> Response:
    """What is known of what one pays, and since when; what is old is asked for anew while the page is read."""
    state = shown.state_of(current_user)
    if not wants_piece() and _is_old(state, AT_ONCE if request.args.get("from") == "stripe" else OLD) and want(current_user):
        state = shown.state_of(current_user)
    return show(
        "subscription/index.html",
        block="payments",
        state=state,
        live=told.tell(current_user, state.live, state.decisions),
        over=told.tell(current_user, state.over),
        after=request.args.get("after"),
        page=orders_shown.page_of(current_user, request.args.get("after")),
        of_orders=orders_shown,
        money=money.in_words,
        troubles=TROUBLES,
        customers={each.external_id: each.id for each in state.customers},
        **_flashed(),
    )


def _is_old(state: shown.Shown, age: timedelta) -> bool:
    """Whether Stripe was last asked so long ago, and is not being asked."""
    return state.connected and not state.under_way and (state.tried_at is None or clock.now() - state.tried_at > age)


def _flashed() -> dict[str, Any]:
    """What the act before this page left to be said."""
    said: dict[str, Any] = {"decided": None, "ended": False, "no_portal": None}
    for left in get_flashed_messages(with_categories=True, category_filter=[DECIDED, OVER, NO_PORTAL]):
        category, words = left[0], left[1]
        if category == DECIDED:
            said["decided"] = RenewalDecision.select().where((RenewalDecision.user == current_user.id) & (RenewalDecision.id == _number(words))).first()
        elif category == OVER:
            said["ended"] = True
        else:
            said["no_portal"] = TROUBLES.get(words, TROUBLES["down"])
    return said


@bp.post("/subscription/refresh")
def refresh() -> AnyResponse:
    """Ask Stripe again."""
    want(current_user)
    return redirect(url_for("subscription.index"), 303)


@bp.post("/subscription/portal")
def portal() -> AnyResponse:
    """Lead to the person's own page at Stripe; where it can't be opened, say so."""
    customer = None
    if number := request.form.get("customer"):
        customer = StripeCustomer.living(current_user).where(StripeCustomer.id == _number(number)).first() or abort(404)
    try:
        address = open_portal(current_user, url_for("subscription.index", **{"from": "stripe"}, _external=True), language(), customer=customer)
    except StripeTrouble as trouble:
        flash(trouble.word, NO_PORTAL)
        return redirect(url_for("subscription.index"), 303)
    return redirect(address, 303)


@bp.get("/subscription/renewal")
def decide() -> Response:
    """What turning renewal off, or on, would mean."""
    subscription = _mine(request.args.get("subscription", ""))
    if subscription.is_over:
        abort(410)
    [subject] = told.tell(current_user, [subscription])
    return show("subscription/renewal.html", told=subject, stop=subscription.renews, money=money.in_words)


@bp.post("/subscription/renewal")
def decided() -> AnyResponse:
    """Turn renewal off or on, and say what has become of it."""
    subscription = _mine(request.form.get("subscription", ""))
    wanted = request.form.get("renewal")
    if wanted not in ("on", "off"):
        abort(422)
    try:
        flash(str(renewal.set_renewal(current_user, subscription, wanted == "on").id), DECIDED)
    except renewal.NotPossible:
        flash("", OVER)
    return redirect(url_for("subscription.index"), 303)


def _mine(number: str) -> Subscription:
    """The current person's subscription, and nobody else's; none where Stripe can't be asked."""
    found: Subscription | None = Subscription.owned_by(current_user).where(Subscription.id == _number(number)).first()
    if found is None or not can_ask_about(current_user):
        abort(404)
    return found


def _number(text: str) -> int:
    """A number of a row; what is none is no row's."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
