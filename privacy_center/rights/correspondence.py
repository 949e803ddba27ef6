"""The whole correspondence of a request, as a person keeps it: for reading, and for machines."""

from __future__ import annotations

from typing import Any

import orjson
from flask_babel import gettext

from privacy_center.core import clock
from privacy_center.datamap.policy import CONTROLLER
from privacy_center.rights import authorities, correcting, letters, shown, words
from privacy_center.rights.homes import Home
from privacy_center.rights.laws import LAWS
from privacy_center.rights.models import Request, Step


def whole(request: Request) -> dict[str, Any]:
    """Everything that the page of the request tells its person, in words."""
    regulators = authorities.of_home(Home.of(request.country, request.region))
    return {
        "written_at": _at(clock.now()),
        "by": {"name": CONTROLLER.name, "address": CONTROLLER.address, "email": CONTROLLER.contact},
        "reference": request.reference,
        "right": str(request.title),
        "state": str(request.state_words),
        "asked_for": [{"what": term, "said": said} for term, said in shown.wanted(request)] + _corrections(request),
        "lives_in": shown.home_words(request),
        "law": str(LAWS[request.law].title),
        "received": _at(request.received_at),
        "due": {"on": request.on(request.due_at).isoformat(), "law": str(LAWS[request.due_law].title), "because": str(shown.because(request))},
        "extension": _extension(request),
        "decision": _decision(request),
        "timeline": [{"at": _at(each.at), "what": str(each.title), "who": str(words.ACTORS[each.who])} for each in _steps(request)],
        "letters": [_letter(each) for each in letters.correspondence(request)],
        "authorities": [{"name": str(each.name), "address": each.href} for each in regulators],
    }


def as_json(request: Request) -> bytes:
    """The same as a file."""
    return orjson.dumps(whole(request), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _at(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None


def _steps(request: Request) -> Any:
    return Step.select().where(Step.request == request).order_by(Step.at, Step.id)


def _corrections(request: Request) -> list[dict[str, Any]]:
    """What was wished of fields."""
    return [{"what": str(each.title), "said": [each.wished]} for each in correcting.beside(request)]


def _extension(request: Request) -> dict[str, Any] | None:
    """Until when the answer was put off, and why."""
    if not request.extended_until or not request.extension_reason:
        return None
    until = request.on(request.extended_until).isoformat()
    return {"until": until, "told": _at(request.extended_at), "reason": str(words.EXTENSIONS[request.extension_reason]), "words": request.extension_words}


def _decision(request: Request) -> dict[str, Any] | None:
    """How it was decided, why, and how to object."""
    if not request.decision:
        return None
    reason = str(words.REASONS[request.decision_reason]) if request.decision_reason else None
    objecting = gettext("Write to us on the page of the request, complain, or turn to one of the authorities below.")
    said = {"decision": str(words.DECISIONS[request.decision]), "reason": reason, "words": request.decision_words, "answered": _at(request.answered_at)}
    return {**said, "objecting": objecting}


def _letter(letter: Any) -> dict[str, Any]:
    """One letter with the names of its files."""
    files = [{"name": each.name, "type": each.media_type, "bytes": each.size, "sha256": each.sha256} for each in letter.attachments]
    return {"at": _at(letter.written_at), "direction": str(words.DIRECTIONS[letter.direction]), "words": letter.words, "files": files}
