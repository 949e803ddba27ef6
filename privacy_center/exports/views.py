"""Copies: asking for one, watching it grow, taking it home, deleting it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.step_up import is_confirmed, needs_confirmation
from privacy_center.core import pages
from privacy_center.core.language import language
from privacy_center.core.pages import show
from privacy_center.datamap.words import Category
from privacy_center.exports import about, asking, delivery, shown
from privacy_center.exports.forms import ExportForm
from privacy_center.exports.models import Export

bp = Blueprint("exports", __name__)

PAGE = 20
LIST = "exports"
NUMBER = "<int(max=9223372036854775807):export_id>"


@bp.get("/exports")
def index() -> Response:
    """The newest copy, asking for another, and earlier ones."""
    return _index(ExportForm(formdata=None, category=[each.value for each in Category], files=True))


def _index(form: ExportForm, status: int = 200) -> Response:
    """That page, with the form as it was filled in."""
    place = pages.place(LIST, request.args.get("after"), (int,))
    copies = Export.owned_by(current_user)
    found = list((copies.where(Export.id < place[0]) if place else copies).limit(PAGE + 1))
    older = pages.cursor(LIST, found[PAGE - 1].id) if len(found) > PAGE else None
    offers, (files, size_of_files) = shown.offers(current_user), shown.files_of(current_user)
    size = shown.about_how_large(current_user, sum(each.count for each in offers), size_of_files)
    return show(
        "exports/index.html",
        copies=found[:PAGE],
        current=next((each for each in found[:PAGE] if each.is_unfinished or each.is_there), None) if place is None else None,
        older=older,
        first=place is None,
        form=form,
        offers=offers,
        files=files,
        size_of_files=size_of_files,
        size=size,
        contents_of=_contents,
        status=status,
    )


def _contents(export: Export) -> str:
    """What a copy holds, in words."""
    return about.in_words(asking.choice_of(export))


@bp.post("/exports")
def ask() -> AnyResponse:
    """Begin a copy, or lead to the one that is being made."""
    form = ExportForm()
    if not form.validate():
        return _index(form, status=422)
    export = asking.ask(current_user, form.choice, language())
    return redirect(url_for("exports.page", export_id=export.id), 303)


@bp.get(f"/exports/{NUMBER}")
def page(export_id: int) -> Response:
    """One copy: waiting, growing, ready, or why it is not there."""
    return _page(_mine(export_id))


def _page(export: Export, status: int = 200) -> Response:
    """The page of a copy in the state it is in."""
    before, changes = shown.changes(export, current_user)
    state = export.shown_state
    said = {
        "export": export,
        "state": state,
        "title": shown.TITLES[state],
        "contents": _contents(export),
        "before": before,
        "changes": changes,
        "days": shown.days(export),
    }
    return show("exports/page.html", block="state", status=status, **said)


def _mine(export_id: int) -> Export:
    """The current person's copy, and nobody else's."""
    found: Export | None = Export.owned_by(current_user).where(Export.id == export_id).first()
    return found or abort(404)


@bp.get(f"/exports/{NUMBER}/archive")
def archive(export_id: int) -> AnyResponse:
    """The archive itself; who has to confirm first comes back to a page rather than to a file."""
    export = _mine(export_id)
    return _hand_out(export) if is_confirmed() else redirect(url_for("exports.download", export_id=export_id), 303)


@bp.get(f"/exports/{NUMBER}/download")
def download(export_id: int) -> AnyResponse:
    """Where the download begins by itself, and the page stays; somebody else's is not there, confirmed or not."""
    return _begin(_mine(export_id))


@needs_confirmation
def _begin(export: Export) -> AnyResponse:
    """That page, unless there is nothing to download."""
    if not export.is_there:
        return redirect(url_for("exports.page", export_id=export.id), 303)
    return show("exports/download.html", export=export)


def _hand_out(export: Export) -> AnyResponse:
    """The archive, whole or in part; when it is not there any more, its page says why."""
    if not export.is_there:
        return redirect(url_for("exports.page", export_id=export.id), 303)
    return delivery.hand_out(export, asking.note_download) or redirect(url_for("exports.page", export_id=export.id), 303)


@bp.post(f"/exports/{NUMBER}/cancellation")
def cancel(export_id: int) -> AnyResponse:
    """Stop making it."""
    asking.cancel(_mine(export_id))
    return redirect(url_for("exports.page", export_id=export_id), 303)


@bp.post(f"/exports/{NUMBER}/deletion")
def delete(export_id: int) -> AnyResponse:
    """Remove it before its time."""
    asking.delete(_mine(export_id))
    return redirect(url_for("exports.page", export_id=export_id), 303)
