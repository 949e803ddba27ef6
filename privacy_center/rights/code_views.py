"""Codes that open a request made without signing in: sent, sent again, typed."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.forms import CodeForm
from privacy_center.core import clock
from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.rights import proofs
from privacy_center.rights.page_views import OPEN, code_page, look
from privacy_center.rights.views import bp
from privacy_center.verification import proving


@bp.post("/requests/<reference>/code")
@open_to_all(OPEN)
@limiter.limit("60 per minute")
def try_code(reference: str) -> AnyResponse:
    """Try the code that was typed; the right one opens the request to this browser."""
    seen, form = look(reference), CodeForm()
    if seen.reads:
        return redirect(url_for("rights.page", reference=seen.name), 303)
    if not form.validate_on_submit():
        return code_page(seen, form, status=422)
    result = proofs.check(seen.asked, form.code.data)
    if result is proving.Result.RIGHT:
        return redirect(url_for("rights.page", reference=seen.name), 303)
    if result is proving.Result.WRONG and (sentence := proofs.wrong_code(seen.asked)):
        form.code.errors = [sentence]
    return code_page(seen, form, status=422)


@bp.post("/requests/<reference>/codes")
@open_to_all(OPEN)
@limiter.limit("60 per hour")
def send_code(reference: str) -> AnyResponse:
    """Send a code, or another one."""
    seen = look(reference)
    if not seen.reads and seen.asked.email:
        try:
            proofs.send_again(seen.asked)
        except proving.TooMany as too_many:
            return code_page(seen, pause=too_many.until - clock.now(), status=429)
    return redirect(url_for("rights.page", reference=seen.name, _anchor="prove"), 303)
