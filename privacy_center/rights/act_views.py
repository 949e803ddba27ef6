"""What a person does on the page of a request: write, withdraw, say where they live now, bring it to their account."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.core.uploads import takes_files
from privacy_center.rights import asking, letters
from privacy_center.rights.forms import HomeForm, MessageForm
from privacy_center.rights.page_views import OPEN, Seen, look, request_page
from privacy_center.rights.states import may_move
from privacy_center.rights.views import bp
from privacy_center.rights.words import WITHDRAWN


@bp.post("/requests/<reference>/messages")
@open_to_all(OPEN)
@takes_files
@limiter.limit("30 per hour")
def write(reference: str) -> AnyResponse:
    """Write to us, or answer what we asked."""
    seen = look(reference, reading=True)
    form = MessageForm()
    if not form.validate_on_submit():
        return request_page(seen, form, status=422)
    if not asking.write(seen.asked, form.words.data, by=seen.by, files=letters.seal(form.taken)):
        return request_page(look(reference), form, status=409, changed=True)
    return redirect(url_for("rights.page", reference=seen.name, _anchor="thread"), 303)


@bp.get("/requests/<reference>/withdrawal")
@open_to_all(OPEN)
def withdrawal(reference: str) -> AnyResponse:
    """What withdrawing means."""
    seen = look(reference, reading=True)
    if not may_move(seen.asked, WITHDRAWN):
        return redirect(url_for("rights.page", reference=seen.name), 303)
    return show("rights/withdraw.html", asked=seen.asked, name=seen.name)


@bp.post("/requests/<reference>/withdrawal")
@open_to_all(OPEN)
def withdraw(reference: str) -> AnyResponse:
    """Withdraw it."""
    seen = look(reference, reading=True)
    if not asking.withdraw(seen.asked, by=seen.by):
        return request_page(look(reference), status=409, changed=True)
    return redirect(url_for("rights.page", reference=seen.name), 303)


@bp.get("/requests/<reference>/home")
@open_to_all(OPEN)
def lives(reference: str) -> AnyResponse:
    """Where the person lives, to be changed."""
    seen = look(reference, reading=True)
    return home_page(seen, HomeForm(formdata=None, place=seen.asked.country, region=f"{seen.asked.country}-{seen.asked.region}"))


def home_page(seen: Seen, form: HomeForm, status: int = 200) -> Response:
    """That page."""
    return show("rights/home.html", asked=seen.asked, name=seen.name, form=form, status=status)


@bp.post("/requests/<reference>/home")
@open_to_all(OPEN)
@limiter.limit("30 per hour")
def move_home(reference: str) -> AnyResponse:
    """Note that they live elsewhere."""
    seen, form = look(reference, reading=True), HomeForm()
    if not form.validate():
        return home_page(seen, form, status=422)
    if not asking.move_home(seen.asked, form.home, by=seen.by):
        return request_page(look(reference), status=409, changed=True)
    return redirect(url_for("rights.page", reference=seen.name), 303)


@bp.post("/requests/<reference>/account")
@open_to_all(OPEN)
def adopt(reference: str) -> AnyResponse:
    """Bring it to the account of whoever is signed in, if it has the same address."""
    seen = look(reference, reading=True)
    if current_user.is_authenticated:
        asking.adopt(seen.asked, current_user._get_current_object())
    return redirect(url_for("rights.page", reference=seen.name), 303)
