"""Before a request is sent: everything once more, with the law, the date and what will happen; files; and sending it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import Response, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.answers import sent_by_us
from privacy_center.accounts.confirm_views import span
from privacy_center.accounts.step_up import CONFIRM, is_confirmed
from privacy_center.core import clock, uploads
from privacy_center.core.access import csrf, open_to_all
from privacy_center.core.db import database
from privacy_center.core.language import language
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.erasure import person
from privacy_center.rights import asking, at_once, authorities, deadlines, drafting, links, proofs
from privacy_center.rights.drafts import Draft, DraftFile
from privacy_center.rights.fields import Question
from privacy_center.rights.forms import UploadForm
from privacy_center.rights.models import Request
from privacy_center.rights.new_views import OPEN, asked_about, form_of, home_of, is_reachable, lapsed, made_by
from privacy_center.rights.shown import words_for
from privacy_center.rights.views import bp
from privacy_center.rights.words import COMPLAINT, DELETION
from privacy_center.verification import proving
from privacy_center.verification.addresses import address_of

CHECK = "rights.check"


class SentBefore(Exception):
    """Somebody, most likely the same person pressing twice, has sent this draft already."""


@bp.get("/requests/new/<right>/check")
@open_to_all(OPEN)
def check(right: str) -> AnyResponse:
    """The page that shows everything once more."""
    form_of(right)
    if drafting.waits_for_sign_in(right):
        return lapsed(right)
    draft = drafting.find(right)
    return astray(right, draft) or check_page(right, draft)  # type: ignore[arg-type]


def astray(right: str, draft: Draft | None) -> AnyResponse | None:
    """Where somebody belongs who is not as far as this page; None for who is."""
    if draft is None:
        return redirect(url_for("rights.question", right=right), 303)
    if sent := made_by(draft):
        return redirect(url_for("rights.page", reference=links.name_of(sent)), 303)
    if not form_of(right)(formdata=drafting.typed(draft)).validate():
        return redirect(url_for("rights.question", right=right), 303)
    return None if is_reachable(draft) else redirect(url_for("rights.home", right=right), 303)


def check_page(right: str, draft: Draft, form: UploadForm | None = None, *, pause: timedelta | None = None, status: int = 200) -> Response:
    """That page."""
    asked, home = form_of(right)(formdata=drafting.typed(draft)), home_of(draft)
    machine = current_user.is_authenticated and by_machine(asked)
    deadline = deadlines.strictest(home, right, clock.now())
    kinds = (asked.wants() or {}).get("kinds") if current_user.is_authenticated else None
    return show(
        "rights/new/check.html",
        status=status,
        right=right,
        asked=asked,
        home_words=words_for(home),
        address=address(draft),
        deadline=deadline,
        regulators=authorities.of_home(home),
        files=drafting.files_of(draft),
        most=uploads.MOST,
        form=form or UploadForm(formdata=None),
        machine=machine,
        preview=person.preview(current_user, kinds) if kinds else [],
        confirmed=is_confirmed(),
        pause=span(pause) if pause else "",
        **asked_about(right),
    )


def by_machine(asked: Question) -> bool:
    """Whether it will be carried out at once, because nobody has to think about it."""
    wanted = asked.wants()
    stops = asked.right in at_once.STOPS
    return at_once.can(asked.right) and (not stops or bool(wanted))


def address(draft: Draft) -> str:
    """How a stranger is reached."""
    if current_user.is_authenticated:
        return ""
    return address_of(drafting.typed(draft).get("address", "")) or ""


@bp.post("/requests/new/<right>/check")
@open_to_all(OPEN)
@limiter.limit("60 per hour")
def send(right: str) -> AnyResponse:
    """Send it: once, however often the button is pressed."""
    sent_by_us()
    form_of(right)
    draft = drafting.find(right)
    if drafting.has_lapsed() or drafting.waits_for_sign_in(right):
        return lapsed(right)
    if elsewhere := astray(right, draft):
        return elsewhere
    assert draft is not None
    asked = form_of(right)(formdata=drafting.typed(draft))
    if right == DELETION and current_user.is_authenticated and not is_confirmed():
        return redirect(url_for(CONFIRM, next=url_for(CHECK, right=right)), 303)
    try:
        made = make(draft, asked)
    except proving.TooMany as too_many:
        return check_page(right, draft, pause=too_many.until - clock.now(), status=429)
    except SentBefore:
        return redirect(url_for(CHECK, right=right), 303)  # which leads to what was sent
    return redirect(url_for("rights.page", reference=links.name_of(made)), 303)


def make(draft: Draft, asked: Question) -> Request:
    """The request, its letter, its files, and of a stranger's the code by mail, in one transaction; raises SentBefore or TooMany."""
    user = current_user._get_current_object() if current_user.is_authenticated else None
    with database.atomic():
        made = asking.ask(
            asked.right,
            home=home_of(draft),
            language=language(),
            user=user,
            email=address(draft) or None,
            words=asked.letter(),
            wants=asked.wants(),
            files=as_attachments(drafting.files_of(draft)),
            follows=followed(asked),
        )
        if not drafting.use_up(draft, made.id):
            raise SentBefore
        if user is None:
            proofs.ask(made)
        elif asked.right == DELETION:
            at_once.begin(made, by=f"user:{user.id}", confirmed=True)
    return made


def as_attachments(files: Iterable[DraftFile]) -> list[dict[str, Any]]:
    """The files of a draft, as letters take them: they stay where they lie."""
    return [{name: getattr(each, name) for name in ("name", "media_type", "size", "sha256", "storage_key")} for each in files]


def followed(asked: Question) -> Request | None:
    """The person's own request that a complaint is about."""
    if asked.right != COMPLAINT or not current_user.is_authenticated:
        return None
    about = str(asked["about"].data or "").upper()
    found: Request | None = Request.owned_by(current_user).where(Request.reference == about).first()
    return found


csrf.exempt(send)
