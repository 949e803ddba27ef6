"""Making a request: choosing the right, its questions, where one lives, and everything once more before it is sent.

All of it is open to people without an account. The forms look for themselves whether a page of ours sent them, so that what was typed
survives a session that has lapsed: it is kept, and shown again after signing in.
"""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.answers import sent_by_us
from privacy_center.core.access import csrf, open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.rights import drafting, offered
from privacy_center.rights.beside import beside_kinds, beside_purposes, held
from privacy_center.rights.drafts import Draft
from privacy_center.rights.fields import LONGEST, Question, plain
from privacy_center.rights.forms import AddressForm, HomeForm
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Request
from privacy_center.rights.questions import FORMS
from privacy_center.rights.views import bp
from privacy_center.rights.words import DELETION

OPEN = "People without an account have the same rights; they prove their e-mail address before anything happens."


@bp.get("/requests/new")
@open_to_all(OPEN)
def choose() -> Response:
    """Which right: what each does, and what is done at once."""
    return show("rights/choose.html", offered=offered.RIGHTS, groups=offered.GROUPS, about=request.args.get("about", "")[:20])


@bp.get("/requests/new/<right>")
@open_to_all(OPEN)
def question(right: str) -> Response:
    """The questions about one right, with what was typed before."""
    form = form_of(right)
    if drafting.waits_for_sign_in(right):
        return lapsed(right)
    draft = drafting.find(right)
    is_new = draft is None or draft.request is not None
    known = offered.beginning(right, request.args) if is_new else drafting.typed(draft)
    asked = form(formdata=known) if known else form(formdata=None)
    return question_page(asked, status=judged(asked))


def judged(form: Any) -> int:
    """Say what is wrong with a form that was sent a moment ago.

    Who sends one that is not well formed is led back to its page, rather than answered there: so the browser's back button never stands
    before a form that would have to be sent once more.
    """
    return 422 if "again" in request.args and not form.validate() else 200


def form_of(right: str) -> type[Question]:
    """The questions about a right; there is no page for what is none."""
    return FORMS.get(right) or abort(404)


def question_page(form: Question, status: int = 200) -> Response:
    """That page."""
    beside: dict[str, Any] = {"kinds": beside_kinds, "purposes": beside_purposes, "held": held}
    return show(f"rights/new/{form.right}.html", form=form, right=form.right, status=status, **beside, **asked_about(form.right))


def asked_about(right: str) -> dict[str, Any]:
    """What every page on the way to a request shows of it."""
    return {"offer": offered.RIGHTS[right], "title": offered.RIGHTS[right].title, **hidden()}


def hidden() -> dict[str, str]:
    """What each of these forms carries, so that what was typed is found again."""
    return {"draft_token": drafting.token_here(), "whose": drafting.whose_form()}


@bp.post("/requests/new/<right>")
@open_to_all(OPEN)
@limiter.limit("60 per minute")
def answer(right: str) -> AnyResponse:
    """Keep what was typed, and go on if it is well formed."""
    sent_by_us()
    form = form_of(right)()
    draft = drafting.save(right, typed_into(form))
    if drafting.has_lapsed():
        return lapsed(right)
    if not form.validate():
        return redirect(url_for("rights.question", right=right, again=1), 303)
    if right == DELETION and form.wants() is None and current_user.is_authenticated:
        return redirect(url_for("erasure.closure"), 303)  # everything is the account: there it is shown, and there are seven days to think
    return redirect(url_for("rights.check" if is_reachable(draft) else "rights.home", right=right), 303)


def typed_into(form: Any) -> dict[str, list[str]]:
    """What the browser sent for the fields of a form; boxes that were not ticked are none."""
    return {field.name: [plain(each)[: 2 * LONGEST] for each in request.form.getlist(field.name)] for field in form}


def is_reachable(draft: Draft) -> bool:
    """Whether we know where the person lives, or that they don't want to say, and how to reach them."""
    if not current_user.is_authenticated:
        return "place" in draft.answers and "address" in draft.answers
    return "place" in draft.answers or offered.home_of_account(current_user).country is not None


def lapsed(right: str) -> Response:
    """What was typed is kept for whoever typed it, and they must sign in to go on."""
    return show("rights/new/lapsed.html", status=401 if request.method == "POST" else 200, right=right, **asked_about(right))


@bp.get("/requests/new/<right>/home")
@open_to_all(OPEN)
def home(right: str) -> AnyResponse:
    """Where one lives, and how a stranger is reached."""
    form_of(right)
    draft = drafting.find(right)
    if draft is None or draft.request is not None:
        return redirect(url_for("rights.question", right=right), 303)
    known = drafting.typed(draft)
    if "place" not in known:
        lives = offered.home_of_account(current_user)
        known = MultiDict([*known.items(multi=True), ("place", lives.country or ""), ("region", f"{lives.country}-{lives.region}" if lives.region else "")])
    form = home_form()(formdata=known)
    if not current_user.is_authenticated and "address" not in known:
        form.address.data = ""
    return home_page(right, form, status=judged(form))


def home_form() -> type[HomeForm]:
    """The questions, for whoever is here."""
    return HomeForm if current_user.is_authenticated else AddressForm


def home_page(right: str, form: HomeForm, status: int = 200) -> Response:
    """That page."""
    return show("rights/new/home.html", form=form, right=right, status=status, **asked_about(right))


@bp.post("/requests/new/<right>/home")
@open_to_all(OPEN)
@limiter.limit("60 per minute")
def live(right: str) -> AnyResponse:
    """Keep it, and go on."""
    sent_by_us()
    form_of(right)
    form = home_form()()
    drafting.save(right, typed_into(form))
    if drafting.has_lapsed():
        return lapsed(right)
    if not form.validate():
        return redirect(url_for("rights.home", right=right, again=1), 303)
    return redirect(url_for("rights.check", right=right), 303)


def home_of(draft: Draft) -> Home:
    """Where the person says they live; where they have not said, what their account says."""
    if "place" in draft.answers:
        return HomeForm(formdata=drafting.typed(draft)).home
    return offered.home_of_account(current_user)


def made_by(draft: Draft) -> Request | None:
    """The request that came of a draft: whoever presses the button twice is led to the same."""
    found: Request | None = Request.get_or_none(Request.id == draft.request) if draft.request is not None else None
    return found


for each in (answer, live):
    csrf.exempt(each)
