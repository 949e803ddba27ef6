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
from privacy_center.core.pages import show
from privacy_center.rights import asking, authorities, correcting, following, links, proofs, shown
from privacy_center.rights.forms import MessageForm
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
        abort(redirect(url_for("rights.page", reference=reference, _anchor="prove"), 303))
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
        result=following.result(asked) if seen.reads else None,
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
