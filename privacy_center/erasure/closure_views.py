"""Closing the account, step by step: what it means, proof and confirmation, seven days to change one's mind, or at once."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts import cookie
from privacy_center.accounts.ending import begin_new_visit
from privacy_center.accounts.loading import here
from privacy_center.accounts.step_up import needs_confirmation
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.datamap import registry
from privacy_center.erasure import closure as closing
from privacy_center.erasure import person
from privacy_center.erasure.erased import Closure, Erasure
from privacy_center.erasure.forms import ClosureForm
from privacy_center.erasure.views import bp
from privacy_center.subscription.closing import paid_elsewhere

NOW = "now"


@bp.get("/account/closure")
def closure() -> Response:
    """What closing means, in numbers; or, when it has begun, what can still be done."""
    if under_way := Closure.open_for(current_user):
        return _closing_page(under_way)
    lines = person.preview(current_user)
    copies = sum(model.living_copies(current_user) for model in registry.copies())
    return show("erasure/closure.html", lines=lines, copies=copies, elsewhere=paid_elsewhere(current_user))


def _closing_page(under_way: Closure, *, stands: str = "", status: int = 200) -> Response:
    """The page of an account that is closing."""
    return show("erasure/closing.html", closure=under_way, stands=stands, status=status)


@bp.get("/account/closure/confirmation")
@needs_confirmation
def closure_confirmation() -> Response:
    """Where it is confirmed: when, and the address typed."""
    return _confirmation(ClosureForm(formdata=None, when=request.args.get("when", "later")))


def _confirmation(form: ClosureForm, *, stands: str = "", status: int = 200) -> Response:
    """The page that confirms; *stands* says why the subscription could not be cancelled."""
    under_way = Closure.open_for(current_user)
    return show("erasure/closure_confirm.html", form=form, typed=closing.asked_to_type(current_user), closure=under_way, stands=stands, status=status)


@bp.post("/account/closure")
@needs_confirmation
@limiter.limit("20 per hour")
def closure_begin() -> AnyResponse:
    """Close the account in seven days, or at once."""
    form = ClosureForm()
    form.expected = closing.asked_to_type(current_user)
    if not form.validate():
        return _confirmation(form, status=422)
    try:
        if form.when.data == NOW:
            return _gone(closing.close_now(current_user))
        closing.begin(current_user, here())
    except closing.SubscriptionStands as why:
        return _confirmation(form, stands=str(why), status=409)
    return redirect(url_for("erasure.closure"), 303)


def _gone(erasure: Erasure) -> AnyResponse:
    """Leave nothing of the account in this browser, and lead to the page where the receipt will be."""
    begin_new_visit()
    answer = redirect(url_for("erasure.receipt", code=erasure.code), 303)
    cookie.take_away(answer)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.post("/account/closure/cancellation")
def closure_cancel() -> AnyResponse:
    """Keep the account."""
    if closing.keep(current_user):
        flash(_("Your account stays"), "kept")
        return redirect(url_for("accounts.page"), 303)
    return redirect(url_for("erasure.closure"), 303)
