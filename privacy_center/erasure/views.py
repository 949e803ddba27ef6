"""Deleting conversations, step by step; past deletions; auto-delete."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from peewee import chunked
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core import clock, pages
from privacy_center.core.pages import show
from privacy_center.datamap import registry
from privacy_center.erasure import asking, meant, passing_on, residue, shown, wishes
from privacy_center.erasure.forms import AutoDeleteForm, BeforeForm, ticked
from privacy_center.erasure.models import AutoDelete, Deletion
from privacy_center.history import filters, search, sought
from privacy_center.history.filters import Filters
from privacy_center.history.models import Conversation
from privacy_center.history.veils import Veil

bp = Blueprint("erasure", __name__)

SCOPES = ("ticked", "matching", "before", "everything")
PAGE = 50
LOOKED_UP_AT_ONCE = 5_000
LIST = "deletions"


@bp.get("/history/deletions")
def deletions() -> Response:
    """Past deletions, and the ways to begin one."""
    return _past(BeforeForm(formdata=None))


def _past(form: BeforeForm, status: int = 200) -> Response:
    """One page of past deletions, newest first, with the form that begins one."""
    confirmed = Deletion.owned_by(current_user).where(Deletion.hidden_at.is_null(False))
    place = pages.place(LIST, request.args.get("after"), (int,))
    found = list((confirmed.where(Deletion.id < place[0]) if place else confirmed).limit(PAGE + 1))
    older = pages.cursor(LIST, found[PAGE - 1].id) if len(found) > PAGE else None
    return show("erasure/deletions.html", deletions=found[:PAGE], older=older, first=place is None, form=form, status=status)


@bp.post("/history/deletions")
def ask() -> AnyResponse:
    """Note what the person means to delete, and go to the page that asks them to confirm it."""
    scope, before, asked = request.form.get("scope", "ticked"), BeforeForm(), filters.read(request.form)
    if scope == "before" and not before.validate():
        return _past(before, status=422)
    if scope == "matching" and asked.problems:  # a filter that was left out would delete what it should have kept
        return redirect(asked.address(), 303)
    deletion = _asked(scope, before, asked) if scope in SCOPES else None
    if deletion is None:
        return show("erasure/nothing.html", scope=scope if scope in SCOPES else "unknown", back=asked.address(), status=422)
    return redirect(url_for("erasure.deletion", deletion_id=deletion.id), 303)


def _asked(scope: str, before: BeforeForm, asked: Filters) -> Deletion | None:
    """The deletion that is meant; None when that is nothing."""
    if scope == "matching" and asked.words:
        return asking.ask(current_user, scope, listed=search.every(current_user.id, asked, sought.read(asked.words)))
    if scope == "matching" and asked.narrowed:
        return asking.ask(current_user, scope, rule=meant.rule_of(asked))
    if scope == "before":
        return asking.ask(current_user, scope, rule=meant.Rule(before=before.moment))
    if scope != "ticked":  # all that match when nothing is asked for is everything
        return asking.ask(current_user, "everything", rule=meant.Rule())
    ids = _theirs(ticked(request.form, request.form.getlist("conversation")))
    return asking.ask(current_user, "one" if len(ids) == 1 else "ticked", listed=ids) if ids else None


def _theirs(numbers: set[int]) -> list[int]:
    """Those of the numbers that are of conversations of theirs; somebody else's are as if they weren't there."""
    mine, found = Conversation.owned_by(current_user), []
    for some in chunked(sorted(numbers), LOOKED_UP_AT_ONCE):  # a form may hold more than a statement takes
        found += [each.id for each in mine.where(Conversation.id.in_(some))]
    return found


@bp.get("/history/deletions/<int(max=9223372036854775807):deletion_id>")
def deletion(deletion_id: int) -> Response:
    """One deletion: to be confirmed, under way, or done."""
    return _page(_mine(deletion_id))


def _mine(deletion_id: int) -> Deletion:
    """The current person's deletion, and nobody else's."""
    return Deletion.owned_by(current_user).where(Deletion.id == deletion_id).first() or abort(404)


def _page(found: Deletion, *, changed: bool = False, status: int = 200) -> Response:
    """The page of a deletion in the state it is in."""
    if found.state == "asked" and not found.total:
        return show("erasure/nothing.html", scope="taken", back=url_for("history.index"), status=status)
    if found.state == "asked":
        veil = Veil.select().where(Veil.held_for(current_user) & (Veil.id == found.veil)).first() or abort(410)
        first, last = meant.ends_of(current_user, veil)
        said = {"first": first, "last": last, "copies": _copies(), "overwritten": residue.overwrites()}
        return show("erasure/confirm.html", deletion=found, changed=changed, status=status, **said)
    receipt = shown.shown(found.receipt) if found.receipt else None
    systems = passing_on.systems_told(found)
    awaited = any(each.is_awaited for each in systems)
    said = {"receipt": receipt, "systems": systems, "awaited": awaited, "overwritten": residue.overwrites()}
    return show("erasure/deletion.html", block="progress", deletion=found, **said)


def _copies() -> int:
    """How many archives that were built go along, as they may hold what is deleted."""
    return sum(model.living_copies(current_user) for model in registry.copies())


@bp.post("/history/deletions/<int(max=9223372036854775807):deletion_id>/confirmation")
def confirm(deletion_id: int) -> AnyResponse:
    """Hide it all now and let the purge begin; if the numbers have changed, say so and ask again."""
    found = _mine(deletion_id)
    if not asking.confirm(found, request.form.get("seen", "")):
        return _page(found, changed=True, status=409)
    answer = redirect(url_for("erasure.deletion", deletion_id=deletion_id), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'  # or Back shows what is gone: Chromium keeps whole pages, no-store or not
    return answer


@bp.get("/history/auto-delete")
def auto_delete() -> Response:
    """Whether old conversations go by themselves, and what would go now."""
    wish = _wish()
    return _auto_delete_page(wish, AutoDeleteForm(formdata=None, months=str(wish.months if wish else 0)))


def _wish() -> Any:
    """The person's wish, if there is one."""
    return AutoDelete.select().where(AutoDelete.held_for(current_user)).first()


def _auto_delete_page(wish: AutoDelete | None, form: AutoDeleteForm, status: int = 200) -> Response:
    """The page of the wish, with what each choice would delete now."""
    preview, past = wishes.preview(current_user), wishes.past(current_user)
    return show("erasure/auto_delete.html", wish=wish, form=form, preview=preview, cutoffs=wishes.cutoffs(), past=past, now=clock.now(), status=status)


@bp.post("/history/auto-delete")
def set_auto_delete() -> AnyResponse:
    """Keep the wish, or end it; the first deletion is announced a week before."""
    form = AutoDeleteForm()
    if not form.validate():
        return _auto_delete_page(_wish(), form, status=422)
    wishes.set_wish(current_user, int(form.months.data))
    flash(_("Auto-delete is on") if int(form.months.data) else _("Auto-delete is off"), "auto-delete")
    return redirect(url_for("erasure.auto_delete"), 303)
