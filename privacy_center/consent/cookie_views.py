"""The page of cookies: each of them, what was answered, and the answer itself."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, get_flashed_messages, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.answers import sent_by_us
from privacy_center.consent import choice, counting, declared, likings, signals
from privacy_center.consent.recording import record_cookies
from privacy_center.consent.views import bp
from privacy_center.core.access import csrf, is_local, open_to_all
from privacy_center.core.language import html_lang
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show

ACCEPT, REJECT, SAVE = "accept", "reject", "save"
LONGEST_NEXT = 2000


@bp.get("/cookies")
@open_to_all("Whoever may be asked about cookies must be able to read about them and to answer.")
def cookies() -> Response:
    """Which cookies there are, and what one may say about them."""
    return page(said=get_flashed_messages(category_filter=["cookies"]))


@bp.post("/cookies")
@open_to_all("Cookies are set with or without an account, so the answer is taken from anybody.")
@limiter.limit("60/minute")
def answer_cookies() -> AnyResponse:
    """Take an answer; it holds from this answer on. What was counted for a category that is now refused is deleted."""
    sent_by_us()
    wanted = request.form.get("choice", "")
    if wanted not in (ACCEPT, REJECT, SAVE):
        return page(status=422, trouble=_("Say which cookies you allow"))
    before, allowed = choice.current(), _allowed(wanted)
    user = current_user if current_user.is_authenticated else None
    shown_in_banner = "next" in request.form
    record = record_cookies(user, allowed, method="banner" if shown_in_banner else "cookies", language=html_lang())
    choice.decide(choice.Choice(allowed, record.said_at, record.record_id))
    counting.forget(set(declared.OPTIONAL) - allowed, user)
    seen = request.form.get("seen")
    overtaken = before is not None and seen is not None and seen != before.record
    flash(_("You had answered in another tab meanwhile; this newer answer counts.") if overtaken else _("It holds from now on."), "cookies")
    return redirect(_next(), 303)


# Browsers that say from where a form comes need no token, so that none has to be set as a cookie before anybody has answered.
csrf.exempt(answer_cookies)


def _allowed(wanted: str) -> frozenset[str]:
    """The categories that an answer allows; whatever is not said yes to is refused."""
    if wanted == SAVE:
        return frozenset(key for key in declared.OPTIONAL if request.form.get(key) == "yes")
    return frozenset(declared.OPTIONAL) if wanted == ACCEPT else frozenset()


def _next() -> str:
    """The page to go on to: the one on which the banner stood, or the page of cookies."""
    wanted = request.form.get("next", "")
    return wanted if is_local(wanted) and len(wanted) <= LONGEST_NEXT else url_for("consent.cookies")


@bp.post("/cookies/colours")
@open_to_all("Light or dark is for everybody to choose.")
def colours() -> AnyResponse:
    """Take other colours: for this visit, and for longer where preferences are allowed."""
    likings.choose_theme(request.form.get("theme", ""))
    return redirect(url_for("consent.cookies", _anchor="colours"), 303)


def page(*, status: int = 200, said: Any = None, trouble: str = "") -> Response:
    """The page, with what became of an answer just given."""
    return show(
        "consent/cookies.html",
        status=status,
        said=said or [],
        trouble=trouble,
        declared=declared,
        choice=choice.current(),
        carried=set(request.cookies),
        gpc=signals.gpc(),
        dnt=signals.dnt(),
        chosen_theme=likings.theme() or "",
    )
