"""How a person likes this site: language and colours. Clicked, they hold for the visit; kept longer only with a yes to preferences."""

from __future__ import annotations

from flask import request, session
from werkzeug.wrappers import Response

from privacy_center.consent import choice
from privacy_center.consent.declared import LIKINGS, PREFERENCES

THEMES = ("light", "dark")
LANGUAGES = ("en", "zh_Hans")


def language() -> str | None:
    """The language that this browser's person chose and let us keep."""
    return _kept()[0]


def theme() -> str | None:
    """The colours that were chosen, in this visit or an earlier one; None for the system's own."""
    chosen = session.get("theme", _kept()[1])
    return chosen if chosen in THEMES else None


def choose_theme(wanted: str) -> None:
    """Take other colours from now on; anything that is no colour means the system's own."""
    session["theme"] = wanted if wanted in THEMES else ""


def keep(response: Response) -> None:
    """Let the browser carry what was chosen beyond the visit, where that is allowed and has changed."""
    kept = _kept()
    liked = (session.get("language") or kept[0] or "", theme() or "")
    if liked != (kept[0] or "", kept[1] or ""):
        response.set_cookie(LIKINGS, ".".join(liked), max_age=choice.seconds_left(), **choice.ATTRIBUTES)


def _kept() -> tuple[str | None, str | None]:
    """Language and colours as the cookie has them; nothing where it isn't allowed or isn't ours."""
    text = request.cookies.get(LIKINGS, "")
    if not text or not choice.allows(PREFERENCES):
        return None, None
    spoken, _dot, colours = text.partition(".")
    return spoken if spoken in LANGUAGES else None, colours if colours in THEMES else None
