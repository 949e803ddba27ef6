"""What the page of a request says: what was asked, what has happened, what happens next and who acts, by when and why then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from privacy_center.consent.wording import PURPOSES
from privacy_center.core import clock
from privacy_center.datamap import policy, registry
from privacy_center.datamap.words import Category
from privacy_center.erasure.kinds import table_of
from privacy_center.exports.models import Export
from privacy_center.rights import answering, letters, words
from privacy_center.rights.homes import REGIONS, Home, country_name
from privacy_center.rights.laws import LAWS
from privacy_center.rights.models import Attachment, Letter, Request, Step
from privacy_center.rights.questions import Restriction

TONES = {
    words.NEEDS_VERIFICATION: "wait",
    words.OPEN: "now",
    words.IN_PROGRESS: "now",
    words.WAITING_FOR_YOU: "wait",
    words.FULFILLED: "done",
    words.DENIED: "bad",
}
SAID_BY_A_LETTER = ("asked_for_more", "answered_us", "person_wrote", "we_wrote")  # their letter stands beside them
SOON = 7  # days


@dataclass(frozen=True)
class Event:
    """One line of the timeline: something that happened, or a letter with its files."""

    at: datetime
    what: Any = ""
    until: datetime | None = None
    letter: Letter | None = None
    files: list[Attachment] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        """Whether we wrote it."""
        return self.letter is not None and self.letter.direction == words.FROM_US


def tone(request: Request) -> str:
    """The sign that repeats the state."""
    return TONES.get(request.state, "")


def timeline(request: Request, *, with_letters: bool) -> list[Event]:
    """What has happened, the oldest first; the letters only for whom they concern."""
    written = letters.correspondence(request) if with_letters else []
    said = [Event(each.written_at, letter=each, files=each.attachments) for each in written]
    steps = Step.select().where(Step.request == request).order_by(Step.at, Step.id)
    happened = [Event(each.at, each.title, each.until) for each in steps if not (with_letters and each.what in SAID_BY_A_LETTER)]
    return sorted([*happened, *said], key=lambda each: each.at)


def next_step(request: Request) -> str:
    """What happens next, in a sentence; nothing when it is over."""
    if request.is_final:
        return ""
    if request.state == words.WAITING_FOR_YOU:
        return gettext("You answer our question. Then it is our turn again; the due date stays as it is.")
    if request.executed_at:
        return gettext("It is being carried out by itself, and this page says when it is done. You need do nothing.")
    if request.is_late:
        return gettext("Our answer is late. We go on working on it, and you can turn to the authority below at once.")
    if request.state == words.OPEN:
        return gettext("A privacy officer takes it up, and answers by the due date at the latest. You need do nothing.")
    return gettext("A privacy officer works on it, and answers by the due date at the latest. You need do nothing.")


def actor(request: Request) -> Any:
    """Who acts next, in a word."""
    return words.ACTORS[request.next_actor] if request.next_actor else ""


def days_left(request: Request) -> int:
    """How many days there are until the date that counts; less than nothing when it is over."""
    left = request.promised_on - request.on(clock.now())
    return int(left.days)


def due_class(request: Request) -> str:
    """How the due date is shown."""
    if request.is_final:
        return "due"
    return "due over" if request.is_late else "due soon" if days_left(request) <= SOON else "due"


def because(request: Request) -> Any:
    """Why the due date is that date."""
    return LAWS[request.due_law].clock(request.right).because


def longest(request: Request) -> date | None:
    """Until when it could be put off, once; None when it can't."""
    latest = answering.latest_extension(request)
    return request.on(latest) if latest else None


def home_words(request: Request) -> str:
    """Where the person lives, as they said it."""
    return words_for(Home.of(request.country, request.region))


def words_for(home: Home) -> str:
    """A home in words."""
    if home.country is None:
        return gettext("You did not say")
    region = REGIONS.get(home.country, {}).get(home.region or "")
    return f"{region}, {country_name(home.country)}" if region else country_name(home.country)


def wanted(request: Request) -> list[tuple[str, list[str]]]:
    """What exactly was asked for, in words; nothing where that is said in the letter."""
    asked: dict[str, Any] = request.wants or {}
    titles = {table_of(model): str(said.title) for model, said in registry.holdings()}
    found = [
        (gettext("What should be deleted"), _named(asked.get("kinds"), titles)),
        (gettext("What it should contain"), _named(asked.get("categories"), {each.value: str(policy.CATEGORIES[each].title) for each in Category})),
        (gettext("What should stop"), _named(asked.get("purposes"), {key: str(each.title) for key, each in PURPOSES.items()})),
        (gettext("Why"), _named([asked["why"]] if "why" in asked else None, {each.value: each.label for each in Restriction.why.kwargs["choices"]})),
    ]
    if request.right == words.DELETION and not asked.get("kinds") and request.user_id is not None:
        found.append((gettext("What should be deleted"), [gettext("Everything")]))
    return [(term, said) for term, said in found if said]


def _named(chosen: Iterable[str] | None, titles: dict[str, Any]) -> list[str]:
    """The words for what was chosen, of which an old request may name what there is no more."""
    return [str(titles.get(each, each)) for each in chosen or ()]


def copy_of(request: Request) -> Export | None:
    """The copy that was made for the request."""
    kind, _colon, number = (request.executed_by or "").partition(":")
    return Export.get_or_none((Export.id == int(number)) & (Export.made_for == "request")) if kind == "export" else None


def all_that(request: Request, *, reads: bool) -> dict[str, Any]:
    """Everything that the page shows of it."""
    return {
        "asked": request,
        "reads": reads,
        "tone": tone(request),
        "events": timeline(request, with_letters=reads),
        "next_step": next_step(request),
        "actor": actor(request),
        "days_left": days_left(request),
        "due_class": due_class(request),
        "because": because(request),
        "due_title": LAWS[request.due_law].title,
        "decisions": words.DECISIONS,
        "reasons": words.REASONS,
        "extensions": words.EXTENSIONS,
        "longest": longest(request),
        "home_words": home_words(request),
        "wanted": wanted(request) if reads else [],
    }
