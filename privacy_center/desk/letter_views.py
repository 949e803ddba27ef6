"""Writing to the person of a case: a letter, a question, an extension. Each page offers drafts in their language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from privacy_center.core.pages import show
from privacy_center.core.uploads import takes_files
from privacy_center.desk import cases, drafts
from privacy_center.desk.drafts import EXTEND, LETTER, MORE
from privacy_center.desk.forms import EnclosingForm, ExtensionForm
from privacy_center.desk.guards import here, not_here
from privacy_center.desk.views import bp
from privacy_center.rights import answering, letters
from privacy_center.rights.models import Request

Send = Callable[[Request, Any], bool]


@bp.get("/cases/<case>/letter")
def letter(case: str) -> Response:
    """Where a letter is written."""
    return letter_page(cases.find(case, here()), LETTER, EnclosingForm(formdata=None))


@bp.post("/cases/<case>/letter")
@takes_files
def send_letter(case: str) -> Response:
    """Send a letter."""
    return sent(case, LETTER, EnclosingForm(), lambda found, form: answering.write_letter(found, by=here().id, seen=form.revision, **written(form)))


@bp.get("/cases/<case>/question")
def question(case: str) -> Response:
    """Where the person is asked for something."""
    return letter_page(cases.find(case, here()), MORE, EnclosingForm(formdata=None))


@bp.post("/cases/<case>/question")
@takes_files
def send_question(case: str) -> Response:
    """Ask the person for something."""
    return sent(case, MORE, EnclosingForm(), lambda found, form: answering.ask_for_more(found, by=here().id, seen=form.revision, **written(form)))


@bp.get("/cases/<case>/extension")
def extension(case: str) -> Response:
    """Where the answer is put off."""
    return letter_page(cases.find(case, here()), EXTEND, ExtensionForm(formdata=None))


@bp.post("/cases/<case>/extension")
def extend(case: str) -> Response:
    """Put the answer off."""
    return sent(case, EXTEND, ExtensionForm(), put_off)


def written(form: EnclosingForm) -> dict[str, Any]:
    """What the letter says, and the files that come with it, sealed."""
    return {"words": form.words.data, "files": letters.seal(form.taken)}


def put_off(found: Request, form: ExtensionForm) -> bool:
    """Extend, or say in the form why that can't be."""
    try:
        return answering.extend(found, by=here().id, until=form.until.data, reason=form.reason.data, words=form.words.data, seen=form.revision)
    except answering.NotAllowed as error:
        if str(error) == "date":
            form.until.errors = [gettext("The new date must be later than the first, and not later than the law allows")]
        else:
            form.until.errors = [gettext("The answer can’t be put off any more")]
        return False


def sent(reference: str, act: str, form: Any, send: Send) -> Response:
    """Send what was written and go back to the case; or the form again, with what is wrong and what was typed."""
    found = cases.find(reference, here())
    prepare(found, act, form)
    if not form.validate_on_submit():
        return letter_page(found, act, form, status=422)
    if send(found, form):
        return redirect(url_for("desk.case", case=found.reference), 303)
    if not form.errors:
        changed(form)
    return letter_page(cases.find(reference, here()), act, form, status=422)


def changed(form: Any) -> None:
    """Say that the request is not any more what the officer saw; with what was typed kept, and the new revision in the form."""
    form.words.errors = [gettext("The request has changed since you opened this page. Read it again; what you wrote is still here")]
    form.seen.data = None


def prepare(found: Request, act: str, form: Any) -> None:
    """Offer what depends on the request."""
    if act == EXTEND:
        form.offer(answering.reasons_to_extend(found))


def letter_page(found: Request, act: str, form: Any, *, status: int = 200) -> Response:
    """The page on which a letter is written, beside what it answers."""
    prepare(found, act, form)
    latest = answering.latest_extension(found) if act == EXTEND else None
    return act_page("desk/letter.html", found, act, form, status=status, latest=latest)


def act_page(template: str, found: Request, act: str, form: Any, *, status: int, **more: Any) -> Response:
    """The page of an act, with a draft if one was chosen; it isn't there for a request that can't be acted on so."""
    opened = cases.opened(found, here())
    if status == 200 and not may(opened, act):
        not_here()
    if chosen := request.args.get("draft", ""):
        form.words.data = drafts.written(found, act, chosen)
    form.seen.data = found.revision
    return show(template, status=status, case=opened, act=act, form=form, drafts=drafts.drafts(act), chosen=chosen, **more)


def may(opened: cases.Case, act: str) -> bool:
    """Whether the request, as it is, can be acted on so."""
    return {LETTER: opened.may_write, MORE: opened.may_ask, EXTEND: opened.may_extend}.get(act, opened.may_decide)
