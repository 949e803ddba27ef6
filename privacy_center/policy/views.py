"""The policy, each edition of it, what changed between two, and announcements: open to everybody."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort
from flask_login import current_user

from privacy_center.core.access import open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.pages import show
from privacy_center.policy import answering, comparing, document
from privacy_center.policy.current import before, current, editions
from privacy_center.policy.models import Acknowledgement, Announcement, Edition
from privacy_center.policy.plain_language import SECTIONS, WRITTEN_FOR, beside

bp = Blueprint("policy", __name__)

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
WHY_OPEN = "The policy is for everybody, also before they have an account."


@bp.get("/policy")
@open_to_all(WHY_OPEN)
def index() -> Response:
    """The edition that counts, our own words beside it; our own words alone until an official text is published."""
    in_force = current()
    return page(in_force) if in_force else show("policy/plain.html", sections=SECTIONS, editions=editions())


@bp.get("/policy/<effective>")
@open_to_all(WHY_OPEN)
def edition(effective: str) -> Response:
    """One edition, in force, over or to come."""
    return page(_edition(effective))


def page(found: Edition) -> Response:
    """An edition with all that belongs to it."""
    in_force, text, all_editions = current(), document.read(found.text, found.form), editions()
    counts = in_force is not None and in_force.id == found.id
    mine = Acknowledgement.standing(current_user, found) if current_user.is_authenticated else None
    return show(
        "policy/page.html",
        edition=found,
        text=text,
        language=document.language_of(found.text),
        beside=beside(text.sections),
        fits=found.effective_on == WRITTEN_FOR,
        in_force=in_force,
        counts=counts,
        earlier=before(found),
        upcoming=next((each for each in reversed(all_editions) if each.is_upcoming), None) if counts else None,
        editions=all_editions,
        asks=counts or found.is_upcoming,
        choices=[(each, answering.words_of(each)) for each in answering.choices(found)],
        mine=mine,
    )


@bp.get("/policy/compare/<earlier>/<later>")
@open_to_all(WHY_OPEN)
@limiter.limit("60/minute")
def compare(earlier: str, later: str) -> Response:
    """What changed from one edition to another, word by word."""
    first, second = _edition(earlier), _edition(later)
    found = [each for each in comparing.compare((first.text, first.form), (second.text, second.form)) if each.says_something]
    changed = sum(each.state != comparing.UNCHANGED for each in found)
    language = document.language_of(second.text)
    return show("policy/compare.html", before=first, after=second, differences=found, changed=changed, language=language, editions=editions())


def _edition(effective: str) -> Edition:
    """The edition of that day; 404 when there is none."""
    found: Edition | None = Edition.select().where(Edition.effective_on == effective).first() if DAY.fullmatch(effective) else None
    return found or abort(404)


@bp.get("/announcements/<int:announcement>")
@open_to_all("Everybody should hear of it, also who has no account.")
def announcement(announcement: int) -> Response:
    """An announcement, also when its day is over."""
    found = Announcement.select().where(Announcement.id == announcement).first() if announcement < 2**63 else None
    if found is None:
        abort(404)
    text = document.read(found.text, found.form)
    return show("policy/announcement.html", announcement=found, text=text, language=document.language_of(found.text))
