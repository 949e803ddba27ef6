"""Which privacy notice is shown at this moment: named by what records of consent must name, without knowing the policy."""

from __future__ import annotations

from collections.abc import Callable

PLAIN_LANGUAGE = "plain-language"

_answers: list[Callable[[], str]] = []


def answered_by(tells: Callable[[], str]) -> Callable[[], str]:
    """Let *tells* name the notice that is shown; the room that publishes them says so when it is read."""
    _answers[:] = [tells]
    return tells


def notice_version() -> str:
    """The notice that is shown now: the day its edition took effect, or the plain-language edition while there is no official one."""
    return _answers[0]() if _answers else PLAIN_LANGUAGE
