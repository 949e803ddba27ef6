"""The page of a request, for its owner or whoever holds its secret link, and what the person can do there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, abort, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.confirm_views import span
from privacy_center.accounts.forms import CodeForm
from privacy_center.core import clock
from privacy_center.core.access import ask_to_sign_in, open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.core.uploads import takes_files
from privacy_center.rights import asking, at_once, authorities, correcting, letters, links, proofs, shown
from privacy_center.rights.forms import HomeForm, MessageForm
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Request
from privacy_center.rights.states import may_move
from privacy_center.rights.views import bp
from privacy_center.rights.words import CORRECTION, NEEDS_VERIFICATION, WITHDRAWN
from privacy_center.verification import proving

OPEN = "A request is read by its owner, or by its secret link; without either there is nothing."
REFERENCE = re.compile(r"RQ-[2-9A-Z]{4}-[2-9A-Z]{4}", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """A request, as whoever is here sees it: all of it, or only how far it is."""

    asked: Request
    reads: bool
    by: str

    @property
    def name(self) -> str:
        """What stands for it in addresses of this visit."""
        return links.name_of(self.asked)


def look(reference: str, *, reading: bool = False) -> Seen:
    """The request behind an address; somebody else's is not there. With *reading*, whoever may not read it is led to prove that they may."""
    seen = _owned(reference) if REFERENCE.fullmatch(reference) else _linked(reference)
    if reading and not seen.reads:
        abort(redirect(url_for("rights.page", reference=reference, _anchor="code"), 303))
    return seen


def _owned(reference: str) -> Seen:
    """The current person's request of that reference."""
    if not current_user.is_authenticated:
        abort(ask_to_sign_in())
    found = Request.owned_by(current_user).where(Request.reference == reference.upper()).first() or abort(404)
    return Seen(found, True, f"user:{current_user.id}")


def _linked(token: str) -> Seen:
    """The request that a secret link opens; one that was brought to an account opens for that account only."""
    found = Request.by_link(token) or abort(404)
    if found.user_id is None:
        return Seen(found, found.state != NEEDS_VERIFICATION and proofs.may_read(found), "visitor")
    if not current_user.is_authenticated:
        abort(ask_to_sign_in())
    return Seen(found, True, f"user:{found.user_id}") if found.user_id == current_user.id else abort(404)


@bp.get("/requests/<reference>")
@open_to_all(OPEN)
def page(reference: str) -> AnyResponse:
    """How far it is; and for whom it concerns, all of it."""
    seen = look(reference)
    return code_page(seen) if seen.asked.state == NEEDS_VERIFICATION else request_page(seen)


def request_page(seen: Seen, form: MessageForm | None = None, *, status: int = 200, **more: Any) -> Response:
    """That page."""
    asked = seen.asked
    return show(
        "rights/page.html",
        block="state",
        status=status,
        name=seen.name,
        form=form or MessageForm(formdata=None),
        regulators=authorities.of_home(Home.of(asked.country, asked.region)),
        result=at_once.result(asked) if seen.reads else None,
        copy=shown.copy_of(asked) if seen.reads else None,
        beside=correcting.beside(asked) if seen.reads and asked.right == CORRECTION else [],
        may_write=seen.reads and asking.may_write(asked),
        may_withdraw=seen.reads and may_move(asked, WITHDRAWN),
        may_adopt=seen.reads and asking.may_adopt(asked, current_user),
        **code_words(seen),
        **shown.all_that(asked, reads=seen.reads),
        **more,
    )


def code_words(seen: Seen) -> dict[str, Any]:
    """How it stands with the code that lets a stranger read."""
    if seen.reads or not seen.asked.email:
        return {"code_state": None}
    proof = proofs.under_way(seen.asked)
    state = proving.state_of(proof) if proof else proving.State.NONE
    newest = proving.newest(proof) if proof else None
    return {
        "code_state": state,
        "code_lasts": span(proving.runs_out_at(newest) - clock.now()) if newest else "",
        "address": proofs.shown_address(seen.asked),
    }


def code_page(seen: Seen, form: CodeForm | None = None, *, pause: timedelta | None = None, status: int = 200) -> Response:
    """Where a code is typed: by itself, while nothing is shown of the request yet, or on the request's own page."""
    more: dict[str, Any] = {"code_form": form or CodeForm(formdata=None), "pause": span(pause) if pause else ""}
    if seen.asked.state == NEEDS_VERIFICATION:
        return show("rights/code.html", status=status, name=seen.name, **code_words(seen), **more)
    return request_page(seen, status=status, **more)


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
    return redirect(url_for("rights.page", reference=seen.name, _anchor="code"), 303)


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
