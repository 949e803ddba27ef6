"""The pages on which a person confirms that it is them."""

from __future__ import annotations

import math
from datetime import timedelta

from flask import redirect, request, url_for
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from privacy_center.accounts import codes, step_up
from privacy_center.accounts.answers import carrying
from privacy_center.accounts.arrivals import proved
from privacy_center.accounts.forms import CodeForm
from privacy_center.accounts.loading import here
from privacy_center.accounts.models import CONFIRMED_FOR
from privacy_center.accounts.providers import provider
from privacy_center.accounts.sign_in import begin, local
from privacy_center.accounts.views import bp
from privacy_center.core import clock
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show


@bp.get("/confirm")
def confirm() -> Response:
    """Why we ask again, and how it is done."""
    next_page = local(request.args.get("next"))
    if here().is_confirmed:
        return redirect(next_page, 303)
    return show("accounts/confirm.html", next_page=next_page, at_zai=provider().proves_when, lasts=CONFIRMED_FOR)


@bp.post("/confirm")
@limiter.limit("10 per minute")
def leave_to_confirm() -> Response:
    """Begin a confirmation: at Z.ai where it can prove a fresh sign-in, else by a code."""
    next_page = local(request.form.get("next"))
    if provider().proves_when:
        return redirect(begin(next_page, confirming=current_user), 303)
    return step_up.to_code(next_page)


@bp.get("/confirm/code")
def code() -> Response:
    """Where the code is typed."""
    return code_page(CodeForm(formdata=None), local(request.args.get("next")))


@bp.post("/confirm/code")
@limiter.limit("20 per minute")
def try_code() -> Response:
    """Try what was typed."""
    form, next_page, newest = CodeForm(), local(request.form.get("next")), codes.newest(here())
    if not form.validate_on_submit():
        return code_page(form, next_page, status=422)
    if newest and codes.fits(newest, form.code.data):
        proved(here().user)
        return carrying(step_up.confirm(here(), "code by mail"), next_page)
    newest = codes.newest(here())
    if newest and (left := codes.tries_left(newest)):
        form.code.errors = [ngettext("That is not the code. %(num)d try is left.", "That is not the code. %(num)d tries are left.", left)]
    return code_page(form, next_page, status=422)


@bp.post("/confirm/codes")
@limiter.limit("10 per minute")
def send_another() -> Response:
    """Send another code."""
    next_page = local(request.form.get("next"))
    try:
        codes.ask_for(here())
    except codes.TooMany as too_many:
        return code_page(CodeForm(formdata=None), next_page, status=429, pause=too_many.until - clock.now())
    return redirect(url_for("accounts.code", next=next_page), 303)


def code_page(form: CodeForm, next_page: str, *, status: int = 200, pause: timedelta | None = None) -> Response:
    """The page of the code, in whichever state the code is."""
    newest = codes.newest(here())
    state = codes.state_of(newest)
    lasts = codes.runs_out_at(newest) - clock.now() if newest else None
    return show("accounts/code.html", status=status, form=form, next_page=next_page, state=state, lasts=lasts, pause=pause, span=span)


def span(time: timedelta) -> str:
    """A short time in words, rounded up, so that nobody is told to come too early."""
    seconds = math.ceil(time.total_seconds())
    if seconds <= 90:
        return ngettext("%(num)d second", "%(num)d seconds", seconds)
    minutes = math.ceil(seconds / 60)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)
