"""Receipts, open to whoever holds their code: the page, the file, and finding one."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.core import outbox
from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.outbox import Standing
from privacy_center.core.pages import show, wants_piece
from privacy_center.core.proof import as_file
from privacy_center.erasure import expiring, residue
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.forms import code_of
from privacy_center.erasure.proof import Receipt
from privacy_center.erasure.receipts import title_of_table
from privacy_center.erasure.shown import shown
from privacy_center.erasure.views import bp


@bp.get("/receipts")
@open_to_all("Anybody who holds a receipt may check it, also after the account is gone.")
@limiter.limit("60/minute")
def receipts() -> AnyResponse:
    """Find a receipt by its code, however it was typed."""
    typed = request.args.get("code", "")
    if found := _receipt(typed) or _under_way(typed):
        return redirect(url_for("erasure.receipt", code=found.code), 303)
    return _finder(typed.strip(), wrong="code" in request.args, status=422)


def _receipt(typed: str) -> Any:
    """The receipt with that code, if there is one."""
    return Receipt.select().where(Receipt.code == code_of(typed)).first()


def _finder(typed: str, *, wrong: bool, status: int) -> Response:
    """The page that asks for a code, and says so when there is none such."""
    return show("erasure/receipts.html", typed=typed[:40], wrong=wrong, gone=_gone(), status=status if wrong else 200)


def _gone() -> list[tuple[Any, int]]:
    """What went by itself lately, everybody's together, in the words of the data map."""
    return [(title_of_table(kind) or kind, number) for kind, number in expiring.in_numbers()]


@bp.get("/receipts/<code>")
@open_to_all("A receipt is read by its code, which only its person was given.")
@limiter.limit("60/minute")
def receipt(code: str) -> Response:
    """A receipt, in words; a code that is none may be typed again."""
    if (found := _receipt(code)) and wants_piece():  # somebody waited for it
        return Response("", headers={"HX-Redirect": url_for("erasure.receipt", code=found.code)})
    if found:
        return show("erasure/receipt.html", receipt=shown(found), systems=_systems(_under_way(code)))
    if erasure := _under_way(code):
        said: Any = {"overwritten": residue.overwrites(), "systems": _systems(erasure)}
        return show("erasure/under_way.html", block="progress", erasure=erasure, **said)
    return _finder(code, wrong=True, status=404)


def _systems(erasure: Any) -> list[Standing]:
    """Where an erasure stands with each connected system; of a deletion its own page says so."""
    return outbox.by_system(outbox.standing(erasure.user_id, erasure.matter)) if erasure else []


def _under_way(typed: str) -> Any:
    """The erasure whose receipt will have that code: whoever closed an account has nothing else to follow it by."""
    return Erasure.select().where(Erasure.code == code_of(typed)).first()


@bp.get("/receipts/<code>.json")
@open_to_all("A receipt is read by its code, which only its person was given.")
@limiter.limit("60/minute")
def receipt_json(code: str) -> Response:
    """A receipt for machines and for keeping, with the hash that can be checked."""
    found = _receipt(code) or abort(404)
    return as_file("receipt", found.body, found.digest, f"{name_of(found)}.json")


def name_of(found: Receipt) -> str:
    """What the file of a receipt is called, without its ending."""
    return f"{'erasure' if found.code.startswith('ER') else 'deletion'}-receipt-{found.code}"
