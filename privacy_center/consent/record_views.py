"""One record: a page to read and print, and a file to keep and check. For its person, or for the browser that answered."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.consent import choice
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.views import bp
from privacy_center.core.access import ask_to_sign_in, open_to_all
from privacy_center.core.pages import show
from privacy_center.core.proof import as_file, digest_of

WHY_OPEN = "A browser without an account may read the record of its own answer about cookies; all others are their person's."


@bp.get("/choices/records/<record_id>")
@open_to_all(WHY_OPEN)
def record(record_id: str) -> AnyResponse:
    """A record in words, and whether it is as it was written."""
    if (found := mine(record_id)) is None:
        return _not_found()
    return show("consent/record.html", record=found, genuine=digest_of(found.body) == found.digest)


@bp.get("/choices/records/<record_id>.json")
@open_to_all(WHY_OPEN)
def record_json(record_id: str) -> AnyResponse:
    """A record for machines and for keeping, with the hash that can be checked."""
    if (found := mine(record_id)) is None:
        return _not_found()
    return as_file("record", found.body, found.digest, f"consent-record-{found.record_id}.json")


def mine(record_id: str) -> Any:
    """The record, if it is the person's, or is this browser's and nobody's else."""
    named = ConsentRecord.select().where(ConsentRecord.record_id == record_id[:36])
    if current_user.is_authenticated and (found := named.where(ConsentRecord.user == current_user.id).first()):
        return found
    here = choice.carried()
    return named.where(ConsentRecord.user.is_null()).first() if here and here.record == record_id else None


def _not_found() -> AnyResponse:
    """Nothing for whom is signed in; everybody else may do that first."""
    return abort(404) if current_user.is_authenticated else ask_to_sign_in()
