"""Who looked at or changed one's data, when and why; and what went by itself because its time was over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from privacy_center.core import audit, pages
from privacy_center.core.audit import AuditEntry
from privacy_center.core.pages import show
from privacy_center.datamap.acts import ACTIONS
from privacy_center.erasure.erased import Expiry
from privacy_center.erasure.receipts import title_of_table
from privacy_center.erasure.views import bp

LOG = "acts"
LOOKED = "data looked at"
PAGE, EXPIRIES = 50, 30
WHO = {"all": _l("Everybody"), "others": _l("Others than you"), "you": _l("You")}
# What an act was upon; what its own words say already is left out.
ABOUT = {
    "request": _l("a request of yours"),
    "attachment": _l("a file of a request"),
    "report": _l("a guardian’s report"),
    "evidence": _l("a file of a guardian’s report"),
    "user": _l("your account"),
}
# Reasons that the house itself gives; what a person of ours wrote stands as it was written.
REASONS: dict[str, Any] = {
    "first sign-in": _l("First sign-in"),
    "fresh sign-in at Z.ai": _l("By a fresh sign-in at Z.ai"),
    "code by mail": _l("By a code that was mailed"),
    "by its person": _l("By yourself"),
    "from another browser": _l("From another browser"),
    "somebody signed in anew in this browser": _l("Somebody signed in anew in this browser"),
    "closure": _l("You closed the account"),
    "request": _l("You asked for it in a request"),
    "guardian": _l("A guardian asked for it"),
    "restore": _l("Repeated after a backup was put back"),
    "choices": _l("On the page of choices"),
    "cookies": _l("On the page of cookies"),
    "banner": _l("When asked about cookies at the head of a page"),
    "unsubscribe": _l("By the link in a mail"),
    "report opened": _l("To work on a guardian’s report"),
    "compared with a report": _l("Compared with a guardian’s report"),
    "file opened": _l("To read a file of a report"),
    "to answer a request": _l("To answer a request of yours"),
    "perhaps meant by a request": _l("A request without a sign-in may be about your account"),
    "file of a request opened": _l("A file of a request of yours was opened"),
}


def explain(*words: Mapping[str, Any]) -> None:
    """Let reasons that a room writes as codes be read in these words; each room brings its own when it opens."""
    for each in words:
        for code, said in each.items():
            REASONS.setdefault(code, said)


@dataclass(frozen=True)
class Act:
    """One line of the log, in words."""

    at: datetime
    what: Any
    about: Any
    who: Any
    why: Any
    of_others: bool


@bp.get("/account/log")
def log() -> Response:
    """The acts upon one's data, newest first, page by page."""
    who = request.args.get("who", "all")
    who = who if who in WHO else "all"
    place = pages.place(LOG, request.args.get("after"), (int,))
    found = list(_acts(who, place[0] if place else None).limit(PAGE + 1))
    older = url_for("erasure.log", who=who, after=pages.cursor(LOG, found[PAGE - 1].id)) if len(found) > PAGE else None
    newest = url_for("erasure.log", who=who) if place else None
    acts = [_in_words(each) for each in found[:PAGE]]
    gone = [] if place else [(title_of_table(each.kind) or each.kind, each) for each in Expiry.owned_by(current_user).limit(EXPIRIES)]
    return show("erasure/log.html", acts=acts, who=who, offered=WHO, older=older, newest=newest, gone=gone)


def _acts(who: str, before: int | None) -> Any:
    """The entries that are asked for."""
    found, mine = audit.about(current_user.id), AuditEntry.actor == f"user:{current_user.id}"
    if who != "all":
        found = found.where(mine if who == "you" else ~mine)
    return found.where(AuditEntry.id < before) if before else found


def _in_words(entry: AuditEntry) -> Act:
    """One entry as its person reads it."""
    kind, _colon, number = entry.actor.partition(":")
    mine = entry.actor == f"user:{current_user.id}"
    names = {
        "user": gettext("You") if mine else gettext("Another account"),
        "staff": gettext("Our staff, number %(number)s", number=number),
        "feed": gettext("ZCode, which sends us records"),
        "system": gettext("This privacy centre, by itself"),
    }
    about = ABOUT.get(entry.subject.partition(":")[0], "") if entry.action == LOOKED else ""
    return Act(entry.at, ACTIONS.get(entry.action, entry.action), about, names.get(kind, entry.actor), REASONS.get(entry.reason, entry.reason), not mine)
